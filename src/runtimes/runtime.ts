import type { Feeds, NdArray, Tensor } from '../graph/index.js';
import type { Precision, StepGraph } from '../onnx/index.js';

/** Something that runs graphs. Results agree between runtimes to the round-off of their precision. */
export interface Runtime {
  /** `onnxruntime`, … */
  readonly name: string;
  readonly precision: Precision;
  /** Prepares expressions to be computed many times, for any length of their named axes. */
  compile(graph: CompiledGraph): Promise<Program>;
  /** Prepares an iteration whose state stays in the runtime between calls. */
  compileSteps(step: StepGraph): Promise<Stepper>;
}

export interface CompiledGraph {
  /** All inputs that the outputs use, where left out. */
  inputs?: readonly Tensor[];
  outputs: Readonly<Record<string, Tensor>>;
}

export interface Program {
  /**
   * Values of the outputs, rounded to the runtime's precision.
   * @throws LatentcvError `bad-data` where an input is missing or of another shape.
   */
  run(feeds: Feeds): Promise<Record<string, NdArray>>;
  /** Frees what the runtime holds; the program cannot run after it. */
  release(): Promise<void>;
}

export interface Stepper {
  /** Sets inputs that stay the same over steps. All must be set before the first call of `runSteps`. */
  setCaptured(feeds: Feeds): void;
  /** Sets states (all before the first step; any later). */
  setState(feeds: Feeds): void;
  /** The states after the last step. */
  state(): Record<string, NdArray>;
  /**
   * Runs K steps, K being the first length of the per-step feeds `[K, …]`, and returns the step's outputs
   * as `[K, …]`. Blocks the event loop while it computes, whatever runtime.
   */
  runSteps(perStep: Feeds): Promise<Record<string, NdArray>>;
  release(): Promise<void>;
}
