import { LatentcvError, commandOutput } from '../../support/index.js';
import { plumedSays, type PlumedInstall } from '../plumed/index.js';

/** The compiler that PLUMED was built with, by its own word: the first word of `CXX=` in its configuration. */
async function plumedsOwn({ executable, env }: PlumedInstall): Promise<string | undefined> {
  const configuration = await plumedSays(executable, ['info', '--configuration'], env);
  return /^CXX=\s*(\S+)/m.exec(configuration ?? '')?.[1];
}

/**
 * The C++ compiler for the plugin: `CXX` where set, else the one PLUMED was built with, else c++, g++ or clang++.
 * @throws LatentcvError `missing-tool` where none runs
 */
export async function findCompiler(plumed: PlumedInstall): Promise<string> {
  const asked = process.env.CXX;
  const candidates = asked ? [asked] : [await plumedsOwn(plumed), 'c++', 'g++', 'clang++'];
  for (const candidate of candidates) {
    if (candidate !== undefined && (await commandOutput(candidate, ['--version'])) !== undefined)
      return candidate;
  }
  throw new LatentcvError(
    'missing-tool',
    asked
      ? `expected a C++ compiler at CXX=${asked} but it does not run`
      : 'expected a C++17 compiler but found none',
    'install g++ or clang++, or set CXX',
  );
}
