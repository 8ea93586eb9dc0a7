import { plumedSays } from './ask-plumed.js';
import type { PlumedRuntime } from './plumed-places.js';

/** Compilers that do not optimise unless they are told to; others, such as Intel's, do. */
const plainCompilers = /(^|\/)([\w.-]+-)?(g\+\+|c\+\+|clang\+\+)(-[\d.]+)?$/;

/** By what it was compiled with (`CXX=g++`, `CXXFLAGS=-O2 -fPIC`, …), whether a PLUMED was compiled without optimisation, where that is sure. */
export function isUnoptimised(configuration: string): boolean {
  const [compiler, flags] = ['CXX', 'CXXFLAGS'].map((name) =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(configuration)?.[1].trim(),
  );
  if (compiler === undefined || flags === undefined) return false;
  const [command, ...words] = compiler.split(/\s+/);
  const levels = [...words, ...flags.split(/\s+/)].filter((word) => /^-O/.test(word));
  return plainCompilers.test(command) && (levels.at(-1) ?? '-O0') === '-O0';
}

/** That the kernel of a PLUMED was compiled without optimisation, as a sentence's end; undefined where it was not, or does not tell. */
export async function optimisationProblem({ executable, env }: PlumedRuntime): Promise<string | undefined> {
  const told = await plumedSays(executable, ['info', '--configuration'], env);
  if (told === undefined || !isUnoptimised(told)) return undefined;
  return 'compiled without optimisation, with which biased runs took 3.7 times as long';
}
