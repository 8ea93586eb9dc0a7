import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { LatentcvError, cacheFolder, onPath, packageRoot } from '../../support/index.js';
import { runProgram } from '../run-program.js';

/** How far a compilation is. */
export interface BuildProgress {
  /** From 0 to 1. */
  done: number;
  /** The source file that is compiled: `model.cpp`, or `part 2` of joined ones. */
  file: string;
}

export interface CmakeBuild {
  /** Folder to build in. */
  work: string;
  target: string;
  definitions: Record<string, string>;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Builds one target of our CMakeLists.txt.
 * @throws LatentcvError `missing-tool`, `tool-failed` with the compiler's words, `interrupted`
 */
export async function cmakeBuild({
  work,
  target,
  definitions,
  onProgress,
  signal,
}: CmakeBuild): Promise<void> {
  const cmake = await onPath('cmake');
  if (cmake === undefined)
    throw new LatentcvError('missing-tool', 'expected cmake on PATH but found none', 'install cmake');
  const words = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  const step = async (args: string[], name: string, onText?: (text: string) => void): Promise<void> => {
    const logPath = join(work, `${name}.log`);
    const run = runProgram({ command: cmake, args, cwd: work, env: withNode(), logPath, signal, onText });
    await run.catch(async (error: unknown) => {
      const failed = error instanceof LatentcvError && error.code === 'tool-failed';
      throw failed ? await compileError(logPath) : error;
    });
  };
  await step(['-S', packageRoot(), '-B', work, ...words], 'configure');
  const jobs = ['--parallel', String(availableParallelism())];
  await step(['--build', work, '--target', target, ...jobs], 'compile', (text) => {
    const progress = progressIn(text);
    if (progress) onProgress?.(progress);
  });
}

/** CMakeLists.txt asks Node for flags and files: this one where `PATH` has none, as where Node came with a Python package. */
const withNode = (): Record<string, string> => ({
  PATH: [process.env.PATH, dirname(process.execPath)].filter(Boolean).join(delimiter),
});

/** The last step that make (`[ 12%] Building CXX object …/model.cpp.o`) or ninja (`[3/40] …`) tells. */
export function progressIn(text: string): BuildProgress | undefined {
  const steps = text.matchAll(
    /^\[\s*(\d+)(?:%|\/(\d+))\] Building CXX object (?:.*\/)?([^/\s]+)\.o(?:bj)?\s*$/gm,
  );
  const last = [...steps].at(-1);
  if (!last) return undefined;
  const [, count, of = '100', file] = last;
  // CMake joins small files to few large ones, and numbers those
  const joined = /^unity_(\d+)_/.exec(file)?.[1];
  return {
    done: Number(count) / Number(of),
    file: joined === undefined ? file : `part ${Number(joined) + 1}`,
  };
}

/** The compiler's own words, kept where they can be read; and what an undefined reference of PLUMED's means. */
async function compileError(logPath: string): Promise<LatentcvError> {
  const text = await readFile(logPath, 'utf8');
  const kept = join(cacheFolder(), 'plugin', 'build.log');
  await writeFile(kept, text);
  const undefinedReference = /undefined reference to `([^']*PLMD::[^']*)'/.exec(text)?.[1];
  if (undefinedReference) return differentlyCompiled(undefinedReference, kept);
  const first = /^.*(?:error|Error):? .*$/m.exec(text)?.[0].trim() ?? 'see the log';
  return new LatentcvError(
    'tool-failed',
    `the plugin does not compile: ${first}`,
    `all the compiler said is in ${kept}`,
  );
}

/** Of a kernel whose symbols are not those that the plugin's compiler makes. */
export function differentlyCompiled(symbol: string, log?: string): LatentcvError {
  return new LatentcvError(
    'tool-failed',
    `this PLUMED's kernel was compiled differently from the plugin: it has no ${symbol}`,
    'set CXX to the compiler PLUMED was built with, or CXXFLAGS=-D_GLIBCXX_USE_CXX11_ABI=0 for an older C++ ABI' +
      (log === undefined ? '' : `; all the compiler said is in ${log}`),
  );
}
