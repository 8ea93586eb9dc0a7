// Tests that may be skipped stand in test/may-be-skipped.json; a run in which any other is fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Reads the list: how the reason begins, how the test file's name begins, and without which program alone. */
export function readList() {
  return JSON.parse(readFileSync(join(root, 'test', 'may-be-skipped.json'), 'utf8'));
}

/** `LATENTCV_TESTS_WITHOUT=gromacs,lammps`: what a machine is known not to have. */
const without = (env) => (env.LATENTCV_TESTS_WITHOUT ?? '').split(',').filter((word) => word !== '');

/**
 * What is wrong with the skipped tests of a run, a line each; `files` is a map from `plugin/forces` to `{ skips }`, each
 * with the name of a test and the reason it gave.
 */
export function skipProblems(files, list = readList(), env = process.env) {
  const lacking = without(env);
  return [...files].flatMap(([file, { skips = [] }]) =>
    skips.flatMap(({ name, reason }) => {
      const entry = list.find((each) => reason.startsWith(each.reason) && file.startsWith(each.tests));
      if (entry && (entry.unless === undefined || lacking.includes(entry.unless))) return [];
      const hint = entry
        ? ` (LATENTCV_TESTS_WITHOUT=${entry.unless} says that this machine has none)`
        : '; test/may-be-skipped.json lists what may be';
      return [`${file}: "${name}" was skipped: ${reason === '' ? 'no reason' : reason}${hint}`];
    }),
  );
}
