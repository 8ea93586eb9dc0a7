import { invalidArgument, expectObject, expectText } from '../support/index.js';
import { loadAddon } from './addon.js';
import type { AddonModel, AtomsEvaluation, Evaluation } from './addon-types.js';
import { rethrow } from './rethrow.js';

/** How a model file is evaluated. */
export interface LoadOptions {
  /** `auto` takes the native evaluator where it knows every operator, else ONNX Runtime. Default `auto`. */
  evaluator?: 'auto' | 'native' | 'onnxruntime';
  /** What the native evaluator computes in; ONNX Runtime keeps to the file's own type. Default `double`. */
  precision?: 'double' | 'float';
  /** `cuda` needs an ONNX Runtime for GPUs; `auto` measures and takes the fastest. Default `cpu`. */
  device?: 'auto' | 'cpu' | 'cuda';
  /** Threads of ONNX Runtime. Default 1. */
  threads?: number;
}

/** An encoder in the C++ core, the same code that the PLUMED plugin runs. */
export class NativeModel {
  constructor(
    private readonly model: AddonModel,
    /** The file it was read from. */
    readonly path: string,
  ) {}

  /** Number of inputs d. */
  get inputs(): number {
    return this.model.inputs;
  }

  /** Number of collective variables k. */
  get outputs(): number {
    return this.model.outputs;
  }

  /** Labels of the inputs; empty where the file gives none. */
  get inputNames(): string[] {
    return this.model.inputNames;
  }

  /** Names of the collective variables: the file's, else `node-0`, `node-1`, …. */
  get outputNames(): string[] {
    return this.model.outputNames;
  }

  /** Number of atoms that evaluateAtoms takes; 0 where the file carries no descriptors. */
  get atoms(): number {
    return this.model.atoms;
  }

  /** Whether the file holds an ensemble, so that evaluations tell how far its members disagree. */
  get hasUncertainty(): boolean {
    return this.model.hasUncertainty;
  }

  /** What evaluates the model. */
  get evaluator(): 'native' | 'onnxruntime' {
    return this.model.evaluator;
  }

  /** Why that, in a sentence. */
  get reason(): string {
    return this.model.reason;
  }

  /**
   * Collective variables `[n, k]` at x, `[n, d]` row-major.
   * @throws LatentcvError `bad-argument` where x holds no whole number of frames.
   */
  evaluate(x: Float64Array): Float64Array {
    return rethrow(() => this.model.evaluate(x, false).cv);
  }

  /** The same with the Jacobian, `[n, k, d]`. */
  evaluateWithJacobian(x: Float64Array): Evaluation {
    return rethrow(() => this.model.evaluate(x, true));
  }

  /**
   * Collective variables and derivatives at positions `[n, atoms, 3]`, in the order of the model's atoms list,
   * in nm. `boxes` holds one box per frame, `[n, 3, 3]` with the box vectors as rows in nm; without it nothing
   * is periodic.
   * @throws LatentcvError `bad-argument` where the model has no descriptors or a length is wrong.
   */
  evaluateAtoms(positions: Float64Array, boxes: Float64Array = new Float64Array(0)): AtomsEvaluation {
    return rethrow(() => this.model.evaluateAtoms(positions, boxes));
  }
}

/**
 * Reads an ONNX encoder with the native core: checks the file and recomputes its check vectors.
 * @throws LatentcvError `file-not-found`, `bad-model` (damaged, unsafe, not to be evaluated, check vectors that
 * do not reproduce), `missing-tool` (addon or ONNX Runtime), `bad-argument`.
 */
export function loadNativeModel(path: string, options: LoadOptions = {}): NativeModel {
  expectText(path, 'path');
  expectObject(options, 'options');
  const { NativeModel: Addon } = loadAddon();
  const { evaluator = 'auto', precision = 'double', device = 'cpu', threads = 1 } = options;
  if (!Number.isInteger(threads) || threads < 1)
    throw invalidArgument('a positive number of threads', 'threads', threads);
  return rethrow(() => new NativeModel(new Addon(path, evaluator, precision, device, threads), path));
}
