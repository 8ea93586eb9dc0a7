import { createOnnxRuntimeEngine, createTfjsEngine, type Engine } from '../../src/runtimes/index.js';

export const ownEngines = ['onnxruntime', 'onnxruntime-streamed', 'tfjs-node'] as const;
export type OwnEngine = (typeof ownEngines)[number];

/** TensorFlow takes its number of threads from the environment. */
export function createEngine(name: OwnEngine, threads: number): Promise<Engine> {
  return name === 'tfjs-node'
    ? createTfjsEngine({ package: '@tensorflow/tfjs-node' })
    : Promise.resolve(createOnnxRuntimeEngine({ threads }));
}
