import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGromacs, findPlumed } from '../../src/programs/index.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { readReadme } from './page.js';
import { typePage, typeTutorial } from './typed.js';

const gromacs = await findGromacs().catch(() => undefined);
const plumed = await findPlumed();
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test('alanine dipeptide, from a molecule to a report, and what goes on from there', { skip }, async (t) => {
  const root = temporaryFolder('tutorials');
  const env = { ...plumed.env, PLUMED_KERNEL: plumed.kernel };
  const programs = { gmx: gromacs!.executable, env };
  // those behind it take files of the first, from a folder beside theirs
  for (const name of ['alanine', 'plumed-input', 'umbrella']) await typeTutorial(t, name, root, programs);
  const cwd = join(root, 'README');
  mkdirSync(cwd);
  const has = { 'hot/md.xtc': 'traj.xtc', 'minimise.gro': 'conf.gro', 'run.tpr': 'topol.tpr' };
  for (const [from, to] of Object.entries(has)) copyFileSync(join(root, 'alanine', from), join(cwd, to));
  await typePage(t, { name: 'README', page: readReadme(), cwd }, programs);
});
