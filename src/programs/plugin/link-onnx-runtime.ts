import { existsSync } from 'node:fs';
import { rename, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { packagedOnnxRuntime } from '../../native/index.js';
import { cacheFolder } from '../../support/index.js';

/**
 * Puts a link to the package's ONNX Runtime beside the plugin, where it looks for one that is no longer where it was when the
 * plugin was compiled: the package has been moved. In a folder that is shared, and only read, nothing is done.
 */
export async function linkOnnxRuntime(plugin: string): Promise<void> {
  const library = packagedOnnxRuntime();
  const link = join(dirname(plugin), 'libonnxruntime.so.1');
  if (library === '' || relative(cacheFolder(), link).startsWith('..')) return;
  // not so of a link that leads nowhere
  if (existsSync(link)) return;
  try {
    const beside = `${link}.${process.pid}`;
    await symlink(library, beside);
    await rename(beside, link);
  } catch {
    // LATENTCV_ONNXRUNTIME names one then, as the plugin says where it needs one and finds none
  }
}
