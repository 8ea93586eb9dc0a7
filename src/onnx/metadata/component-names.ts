import { LatentcvError } from '../../support/index.js';

/** What PLUMED adds up over the components of all actions. */
const summed = new Set(['bias', 'work']);

/**
 * Names of a model's outputs become components of an action in PLUMED: distinct, of letters, digits, `_` and `-`, and
 * none that PLUMED takes for an energy. The same rule is in native/core/model/metadata.cpp.
 * @throws LatentcvError `bad-model` with the name that will not do.
 */
export function expectComponentNames(names: readonly string[]): void {
  names.forEach((name, i) => {
    const problem = problemOf(name) ?? (names.indexOf(name) < i ? 'different names' : undefined);
    if (problem === undefined) return;
    throw new LatentcvError(
      'bad-model',
      `expected ${problem} in latentcv.outputs but received ${JSON.stringify(name)}`,
      'an output becomes a component of an action in PLUMED: call it something like slow-1',
    );
  });
}

function problemOf(name: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(name)) return 'names of letters, digits, _ and -';
  return summed.has(name) ? 'no name that PLUMED adds up over all actions' : undefined;
}
