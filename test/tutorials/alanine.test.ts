import { test } from 'node:test';
import { findGromacs, findPlumed } from '../../src/programs/index.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { typeTutorial } from './typed.js';

const gromacs = await findGromacs().catch(() => undefined);
const plumed = await findPlumed();
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test('alanine dipeptide, from a molecule to a report, and what goes on from there', { skip }, async (t) => {
  const root = temporaryFolder('tutorials');
  const env = { ...plumed.env, PLUMED_KERNEL: plumed.kernel };
  const programs = { gmx: gromacs!.executable, env };
  // those behind it take files of the first, from a folder beside theirs
  for (const name of ['alanine', 'plumed-input', 'umbrella']) await typeTutorial(t, name, root, programs);
});
