import { test } from 'node:test';
import { findGromacs, findPlumed } from '../../src/programs/index.js';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { typeTutorial } from './typed.js';

const gromacs = await findGromacs().catch(() => undefined);
const plumed = await findPlumed();
const skip = gromacs?.plumed ? false : 'no GROMACS with -plumed on this machine';

test('two nucleobases: from a structure to the modes in which they bind', { skip }, (t) =>
  typeTutorial(t, 'nucleobases', temporaryFolder('tutorials'), {
    gmx: gromacs!.executable,
    env: { ...plumed.env, PLUMED_KERNEL: plumed.kernel },
  }),
);
