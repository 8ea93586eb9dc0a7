import { join } from 'node:path';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import type { ContestantCommand } from '../contestants/contestant-process.js';
import { ownEngines, type OwnEngine } from './own-engines.js';

export const engines = ['onnxruntime', 'tfjs-node', 'pytorch', 'pytorch-compiled', 'mlcolvar'] as const;
/** Ours with frames that stay on disk, too. */
export type EngineName = (typeof engines)[number] | OwnEngine;

/** How a contestant of this engine is started. */
export function commandOf(engine: EngineName, folder: string, threads: number): ContestantCommand {
  const args = [engine, folder, String(threads)];
  if ((ownEngines as readonly string[]).includes(engine)) {
    const program = join(packageRoot(), 'dist', 'bench', 'train', 'contestant.js');
    return { name: engine, command: process.execPath, args: [program, ...args], env: environment(threads) };
  }
  const program = join(packageRoot(), 'bench', 'train', 'contestant.py');
  const python = process.env.LATENTCV_TORCH_PYTHON ?? join(cacheFolder(), 'python-torch', 'bin', 'python');
  return { name: engine, command: python, args: [program, ...args], env: environment(threads) };
}

/** TensorFlow and the compiled PyTorch take their number of threads from here. */
function environment(threads: number): Record<string, string> {
  const names = ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'];
  return {
    ...Object.fromEntries(names.map((name) => [name, String(threads)])),
    TF_CPP_MIN_LOG_LEVEL: '2',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: join(packageRoot(), 'bench', 'contestants'),
    TORCHINDUCTOR_CACHE_DIR: join(cacheFolder(), 'python-torch', 'inductor'),
  };
}
