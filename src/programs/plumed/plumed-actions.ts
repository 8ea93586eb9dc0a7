import { basename } from 'node:path';
import { moduleOf, type PlumedInput, placeOf, type Statement } from '../../plumed/index.js';
import { LatentcvError } from '../../support/index.js';
import { askPlumed, plumedSays } from './ask-plumed.js';
import type { PlumedRuntime } from './plumed-places.js';

/** Whether this PLUMED was compiled with a module; undefined where it cannot be asked. */
export async function hasModule(
  { executable, env }: PlumedRuntime,
  name: string,
): Promise<boolean | undefined> {
  // off, or not there, is an exit code of 1
  if ((await plumedSays(executable, ['config', 'module', name], env))?.trim() === `${name} on`) return true;
  return (await plumedSays(executable, ['info', '--version'], env)) === undefined ? undefined : false;
}

/** Whether PLUMED says that it has no such action; where it cannot be asked it does not say so. */
async function isUnknown({ executable, env }: PlumedRuntime, action: string): Promise<boolean> {
  const answer = await askPlumed(executable, ['manual', '--action', action], env);
  return (
    answer !== undefined && answer.end !== 0 && answer.stderr.includes('specified action is not registered')
  );
}

const ourPlugin = /^libLatentcvPlumed/;

/** Statements whose action would be one of PLUMED's: a plugin of somebody else may bring any. */
function ofPlumed({ all }: PlumedInput): readonly Statement[] {
  const loaded = all.filter(({ action }) => action === 'LOAD');
  const files = loaded.map(({ keywords }) => basename(keywords.get('FILE') ?? ''));
  if (files.some((file) => !ourPlugin.test(file))) return [];
  return all.filter(({ action }) => action !== 'LOAD' && !(action === 'ONNX_MODEL' && files.length > 0));
}

/**
 * Asks PLUMED itself whether it has the actions of an input, since modules are left out of many builds (OPES_METAD is in
 * one that PLUMED does not compile by default).
 * @throws LatentcvError `missing-tool` with the first that it lacks; `plumed-input` where no module has it
 */
export async function expectActions(plumed: PlumedRuntime, input: PlumedInput): Promise<void> {
  const statements = ofPlumed(input);
  const actions = [...new Set(statements.map(({ action }) => action))];
  const unknown = await Promise.all(actions.map((action) => isUnknown(plumed, action)));
  const lacking = statements.find(({ action }) => unknown[actions.indexOf(action)]);
  if (lacking) throw lacks(plumed, lacking);
}

function lacks({ kernel, version }: PlumedRuntime, statement: Statement): LatentcvError {
  const { action } = statement;
  const [place, which] = [placeOf(statement), version === undefined ? '' : ` ${version.join('.')}`];
  const problem = `${place}: expected a PLUMED with ${action} but the${which} at ${kernel} does not know it`;
  if (action === 'ONNX_MODEL')
    return new LatentcvError(
      'plumed-input',
      problem,
      'LOAD FILE=… of the plugin must stand before it: latentcv plugin prints its path',
    );
  const module = moduleOf(action, version);
  if (module === undefined) return new LatentcvError('plumed-input', problem, 'is it misspelled?');
  return new LatentcvError(
    'missing-tool',
    `${problem}: it was compiled without the module ${module}`,
    `compile PLUMED with ./configure --enable-modules=+${module}, or set PLUMED_KERNEL to one that has it`,
  );
}
