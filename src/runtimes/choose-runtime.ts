import { LatentcvError, expectObject } from '../support/index.js';
import { input } from '../graph/index.js';
import type { Precision } from '../onnx/index.js';
import type { Runtime } from './runtime.js';
import { createOnnxRuntime } from './onnxruntime.js';
import { createTfjsRuntime } from './tfjs.js';

export const runtimeChoices = ['auto', 'onnxruntime', 'tfjs'] as const;
export const devices = ['cpu', 'cuda'] as const;

export interface RuntimeRequest {
  engine: (typeof runtimeChoices)[number];
  device: (typeof devices)[number];
  precision: Precision;
  threads: number;
}

/** A runtime, and why it was taken. */
export interface ChosenRuntime {
  runtime: Runtime;
  reason: string;
}

/**
 * @throws LatentcvError `missing-tool` where what is asked for is not on this machine.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function chooseRuntime(request: RuntimeRequest): Promise<ChosenRuntime> {
  expectObject(request, 'request');
  const { engine: asked, device } = request;
  if (asked === 'tfjs') return tfjs(request, 'asked for');
  if (device === 'cpu') {
    const reason = asked === 'auto' ? 'the fastest on a CPU' : 'asked for';
    return { runtime: createOnnxRuntime(request), reason };
  }
  try {
    return { runtime: await onnxRuntimeOnCuda(request), reason: 'it has its CUDA provider here' };
  } catch (error) {
    const found = asked === 'auto' ? await tfjs(request, '').catch(() => undefined) : undefined;
    if (found) return { ...found, reason: 'ONNX Runtime has no CUDA provider here' };
    throw error;
  }
}

async function tfjs({ precision, device }: RuntimeRequest, reason: string): Promise<ChosenRuntime> {
  if (precision === 'double') {
    throw new LatentcvError(
      'bad-argument',
      'expected single precision for tfjs, which has no other, but received double',
      'take ‘engine: onnxruntime’ for double precision',
    );
  }
  return { runtime: await createTfjsRuntime({ device }), reason };
}

/** Tries the provider on a graph of one op: without it, or without a driver, ONNX Runtime refuses here and not later. */
async function onnxRuntimeOnCuda(request: RuntimeRequest): Promise<Runtime> {
  const runtime = createOnnxRuntime(request);
  try {
    const program = await runtime.compile({ outputs: { y: input('x', [1]) } });
    await program.run({ x: { shape: [1], data: [1] } });
    await program.release();
    return runtime;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError(
      'missing-tool',
      `CUDA was asked for but ONNX Runtime cannot use it here: ${reason}`,
      'on a machine with an NVIDIA GPU, its driver, CUDA 13 and cuDNN 9: latentcv setup cuda; or install @tensorflow/tfjs-node-gpu; else leave ‘device’ out',
    );
  }
}
