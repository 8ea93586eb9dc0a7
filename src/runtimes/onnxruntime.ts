import type ort from 'onnxruntime-node';
import { LatentcvError, expectObject } from '../support/index.js';
import { writeLoop, writeOnnx, type Precision, type StepGraph } from '../onnx/index.js';
import { inputsOf, type TensorOf } from '../graph/index.js';
import type { CompiledGraph, Runtime, Program, Stepper } from './runtime.js';
import { loadOnnxRuntime } from './onnxruntime-library.js';
import { fromOrt, runSession, toOrt } from './ort-values.js';
import { OrtStepper } from './ort-stepper.js';

export interface OnnxRuntimeOptions {
  /** Threads for one op. One is faster for small networks; two or more help layers of hundreds of units. */
  threads?: number;
  /** float32 (default) for training and files, float64 where results must not depend on round-off. */
  precision?: Precision;
  /** `cuda` needs ONNX Runtime's CUDA provider and an NVIDIA driver; compiling fails without them. */
  device?: Device;
}

export type Device = 'cpu' | 'cuda';

/**
 * ONNX Runtime, which is taken where nothing else is asked for.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function createOnnxRuntime(options: OnnxRuntimeOptions = {}): Runtime {
  expectObject(options, 'options');
  const { threads = 1, precision = 'float', device = 'cpu' } = options;
  return {
    name: 'onnxruntime',
    precision,
    compile: (graph) => compile(graph, precision, threads, device),
    compileSteps: (step) => compileSteps(step, precision, threads, device),
  };
}

async function compile(
  graph: CompiledGraph,
  precision: Precision,
  threads: number,
  device: Device,
): Promise<Program> {
  const inputs = (graph.inputs ?? inputsOf(Object.values(graph.outputs))) as readonly TensorOf<'input'>[];
  const session = await createSession(writeOnnx({ ...graph, inputs, precision }), {
    threads,
    device,
    precision,
  });
  return {
    async run(feeds) {
      return fromOrt(await runSession(session, toOrt(inputs, feeds, precision)));
    },
    release: () => session.release(),
  };
}

async function compileSteps(
  step: StepGraph,
  precision: Precision,
  threads: number,
  device: Device,
): Promise<Stepper> {
  const session = await createSession(writeLoop(step, precision), { threads, device, precision });
  return new OrtStepper(session, step, precision);
}

/**
 * A session on ONNX bytes with the options that training measured best. In double, nodes are not fused: ONNX Runtime
 * fuses x·sigmoid(x) and others into nodes of its own that it computes in float32 alone, and then refuses the model.
 * @throws LatentcvError `missing-tool` where ONNX Runtime does not load, `bad-model` where it refuses the model.
 */
export async function createSession(
  bytes: Uint8Array,
  { threads = 1, device = 'cpu', precision = 'float' }: OnnxRuntimeOptions = {},
): Promise<ort.InferenceSession> {
  const { InferenceSession } = loadOnnxRuntime();
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: device === 'cuda' ? ['cuda', 'cpu'] : ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: precision === 'double' ? 'basic' : 'all',
      // Errors are thrown; ONNX Runtime need not print them as well.
      logSeverityLevel: 4,
      // Threads that spin between ops take the cores from whatever else runs on the machine.
      extra: { session: { intra_op: { allow_spinning: threads > 1 ? '0' : '1' } } },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('bad-model', `ONNX Runtime refuses the model: ${reason}`);
  }
}

/**
 * Version of the ONNX Runtime that onnxruntime-node brought.
 * @throws LatentcvError `missing-tool` where its library does not load.
 */
export function onnxRuntimeVersion(): string {
  return loadOnnxRuntime().env.versions.node ?? 'unknown';
}
