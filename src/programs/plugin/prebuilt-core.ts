import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOutput, packageRoot } from '../../support/index.js';
import { coreSourcesKey, flags } from './plugin-sources.js';

const folder = (): string => join(packageRoot(), 'prebuilds', `${process.platform}-${process.arch}`);

/** A model of the regression tests, whose check vectors are recomputed when it is read. */
const triedModel = ['plumed-plugin', 'regtest', 'rt-atoms-orthorhombic', 'model.onnx'];

/** Whether a program that this compiler links with the core reads a model and catches what the core throws. */
async function fits(core: string, compiler: string, work: string): Promise<boolean> {
  const native = join(packageRoot(), 'native');
  const program = join(work, 'try_core');
  const source = join(native, 'prebuilt', 'try_core.cpp');
  const headers = join(native, 'core', 'include');
  const words = ['-std=c++17', '-I', headers, source, core, '-ldl', '-pthread', '-o', program];
  if ((await commandOutput(compiler, words)) === undefined) return false;
  return (await commandOutput(program, [join(packageRoot(), ...triedModel)])) !== undefined;
}

/**
 * The core that the package holds as a static library, where it is of these sources and a program that the compiler
 * links with it runs; undefined where the core is to be compiled, as it is where the user names flags.
 */
export async function prebuiltCore(compiler: string, work: string): Promise<string | undefined> {
  const core = join(folder(), 'liblatentcv_core.a');
  if (!existsSync(core) || flags().some((words) => words !== '')) return undefined;
  if (readFileSync(`${core}.key`, 'utf8') !== coreSourcesKey()) return undefined;
  return (await fits(core, compiler, work)) ? core : undefined;
}
