import { join } from 'node:path';
import { onnxRuntimePackage } from '../runtimes/index.js';

/** Where onnxruntime-node has its libraries, the one place where ONNX Runtime looks for its providers. */
export function onnxRuntimeFolder(): string {
  return join(onnxRuntimePackage(), 'bin', 'napi-v6', process.platform, process.arch);
}

/** The libraries of ONNX Runtime's CUDA provider. */
export const cudaLibraries = ['libonnxruntime_providers_cuda.so', 'libonnxruntime_providers_shared.so'];

/** Where ONNX Runtime looks for its CUDA provider. */
export const cudaProvider = (): string => join(onnxRuntimeFolder(), cudaLibraries[0]);
