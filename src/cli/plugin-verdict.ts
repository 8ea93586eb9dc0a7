import { readForeignModel } from '../onnx/foreign/index.js';
import { readModelBytes, withExternalData, type ModelFile } from '../onnx/index.js';
import { loadNativeModel } from '../native/index.js';
import { LatentcvError } from '../support/index.js';
import { withFlagsOf } from './with-flags.js';

/** What ONNX_MODEL says of a file, asked of the very code that the plugin runs. */
export interface PluginVerdict {
  /** Undefined where nobody can be asked: the addon is not built, or ONNX Runtime is not there. */
  usable: boolean | undefined;
  evaluator?: 'native' | 'onnxruntime';
  /** Why that evaluator, or why none. */
  reason: string;
  /** Whether weights beside the file were asked for. */
  externalData?: boolean;
  /** Of a file made elsewhere: why `latentcv differentiate` cannot take it, or undefined where it can. */
  differentiateProblem?: string;
}

export async function pluginVerdict(
  path: string,
  file: ModelFile,
  { externalData = false } = {},
): Promise<PluginVerdict> {
  const problem = file.hasMetadata ? undefined : await problemOfDifferentiate(path, externalData);
  return {
    ...ask(path),
    ...(externalData && { externalData }),
    ...(problem !== undefined && { differentiateProblem: problem }),
  };
}

function ask(path: string): PluginVerdict {
  try {
    const { evaluator, reason } = loadNativeModel(path);
    return { usable: true, evaluator, reason };
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    const reason = withoutRemedy(
      error.message.startsWith(`${path}: `) ? error.message.slice(path.length + 2) : error.message,
    );
    return { usable: error.code === 'missing-tool' ? undefined : false, reason };
  }
}

/** What `differentiate` does for a file is said by who has tried to read it as that does. */
const withoutRemedy = (sentence: string): string => sentence.replace(/; `latentcv differentiate.*$/s, '');

async function problemOfDifferentiate(path: string, externalData: boolean): Promise<string | undefined> {
  try {
    const bytes = await readModelBytes(path);
    readForeignModel(externalData ? await withExternalData(path, bytes) : bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    const words = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
    const { differentiateSettings } = await import('./commands/differentiate/index.js');
    return withFlagsOf(words, differentiateSettings);
  }
}
