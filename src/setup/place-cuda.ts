import { existsSync, realpathSync } from 'node:fs';
import { access, constants, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError } from '../support/index.js';
import { cudaLibraries, onnxRuntimeFolder } from './onnx-runtime-folder.js';

/** Each library in the folder and its place beside ONNX Runtime. */
function places(folder: string, beside: string): [string, string][] {
  return cudaLibraries.map((name) => [join(folder, name), join(beside, name)]);
}

/** Whether ONNX Runtime finds the CUDA provider of this folder. */
export function isCudaPlaced(folder: string, beside = onnxRuntimeFolder()): boolean {
  return places(folder, beside).every(
    ([from, to]) => existsSync(to) && existsSync(from) && realpathSync(to) === realpathSync(from),
  );
}

/**
 * Links the CUDA provider of a folder to where ONNX Runtime looks for it.
 * @throws LatentcvError `file-access` where this user may not write there
 */
export async function placeCuda(folder: string, beside = onnxRuntimeFolder()): Promise<void> {
  await access(beside, constants.W_OK).catch(() => {
    throw new LatentcvError(
      'file-access',
      `expected to link ${folder} into ${beside} but cannot write there`,
      'whoever installed latentcv can: latentcv setup cuda',
    );
  });
  for (const [from, to] of places(folder, beside)) {
    await rm(to, { force: true });
    await symlink(from, to);
  }
}
