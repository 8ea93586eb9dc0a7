import { createOnnxRuntime, createTfjsRuntime, type Runtime } from '../../src/runtimes/index.js';

export const ownEngines = ['onnxruntime', 'onnxruntime-streamed', 'tfjs-node'] as const;
export type OwnEngine = (typeof ownEngines)[number];

/** TensorFlow takes its number of threads from the environment. */
export function createEngine(name: OwnEngine, threads: number): Promise<Runtime> {
  return name === 'tfjs-node'
    ? createTfjsRuntime({ package: '@tensorflow/tfjs-node' })
    : Promise.resolve(createOnnxRuntime({ threads }));
}
