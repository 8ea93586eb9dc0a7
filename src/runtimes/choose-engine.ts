import { LatentcvError } from '../support/index.js';
import { input } from '../graph/index.js';
import type { Precision } from '../onnx/index.js';
import type { Engine } from './engine.js';
import { createOnnxRuntimeEngine } from './onnxruntime.js';
import { createTfjsEngine } from './tfjs.js';

export const engineChoices = ['auto', 'onnxruntime', 'tfjs'] as const;
export const devices = ['cpu', 'cuda'] as const;

export interface EngineRequest {
  engine: (typeof engineChoices)[number];
  device: (typeof devices)[number];
  precision: Precision;
  threads: number;
}

/** An engine, and why it was taken. */
export interface ChosenEngine {
  engine: Engine;
  reason: string;
}

/** @throws LatentcvError `missing-tool` where what is asked for is not on this machine. */
export async function chooseEngine(request: EngineRequest): Promise<ChosenEngine> {
  const { engine, device } = request;
  if (engine === 'tfjs') return tfjs(request, 'asked for');
  if (device === 'cpu') {
    const reason = engine === 'auto' ? 'the fastest on a CPU' : 'asked for';
    return { engine: createOnnxRuntimeEngine(request), reason };
  }
  try {
    return { engine: await onnxRuntimeOnCuda(request), reason: 'it has its CUDA provider here' };
  } catch (error) {
    const found = engine === 'auto' ? await tfjs(request, '').catch(() => undefined) : undefined;
    if (found) return { ...found, reason: 'ONNX Runtime has no CUDA provider here' };
    throw error;
  }
}

async function tfjs({ precision, device }: EngineRequest, reason: string): Promise<ChosenEngine> {
  if (precision === 'double') {
    throw new LatentcvError(
      'bad-argument',
      'expected single precision for tfjs, which has no other, but received double',
      'take --engine onnxruntime for double precision',
    );
  }
  return { engine: await createTfjsEngine({ device }), reason };
}

/** Tries the provider on a graph of one op: without it, or without a driver, ONNX Runtime refuses here and not later. */
async function onnxRuntimeOnCuda(request: EngineRequest): Promise<Engine> {
  const engine = createOnnxRuntimeEngine(request);
  try {
    const program = await engine.compile({ outputs: { y: input('x', [1]) } });
    await program.run({ x: { shape: [1], data: [1] } });
    await program.release();
    return engine;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError(
      'missing-tool',
      `CUDA was asked for but ONNX Runtime cannot use it here: ${reason}`,
      'on a machine with an NVIDIA GPU: ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node, or install @tensorflow/tfjs-node-gpu; else leave --device out',
    );
  }
}
