import { test } from 'node:test';
import { findGromacs, findPlumed } from '../../src/programs/index.js';
import { packageRoot } from '../../src/support/folders.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { typeTutorial } from './typed.js';

const gromacs = await findGromacs().catch(() => undefined);
const plumed = await findPlumed();
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test('a host and its guest: from two poses to what is missing for ΔG°', { skip }, (t) =>
  typeTutorial(t, 'host-guest', temporaryFolder('tutorials'), {
    gmx: gromacs!.executable,
    env: { ...plumed.env, PLUMED_KERNEL: plumed.kernel, CHECKOUT: packageRoot() },
  }),
);
