import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGromacs } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/index.js';
import type { CampaignPlace, CampaignSystem } from './campaign-system.js';
import { exampleFolder, fromExample } from './example-plan.js';
import { latentcv } from '../latentcv.js';

/** All that is known at first: 2 ns without a bias at 300 K, in C7eq alone. */
async function unbiased({ folder, seed, quick }: CampaignPlace): Promise<string> {
  const gromacs = await findGromacs();
  const tpr = join(folder, 'unbiased-system', 'topol.tpr');
  const run = { temperature: 300, nanoseconds: quick ? 0.2 : 2, seed, framesEvery: 250, keepTrans: true };
  if (!existsSync(tpr))
    await prepareAlanine({ gromacs: gromacs.executable, folder: join(folder, 'unbiased-system'), ...run });
  const torsions = readFileSync(join(exampleFolder(example), 'torsions.dat'), 'utf8');
  writeFileSync(join(folder, 'unbiased.dat'), `${torsions}PRINT ARG=phi,psi FILE=COLVAR STRIDE=250\n`);
  latentcv(['run', '--tpr', tpr, '--plumed', 'unbiased.dat', '--folder', 'unbiased'], folder);
  return 'unbiased';
}

const example = 'campaign-alanine';

/** Alanine dipeptide in vacuum, of which one of two states is known. */
export const alanine: CampaignSystem = {
  name: 'alanine',
  unit: 'kJ/mol',
  time: 'ns',
  seeds: 3,
  async prepare(place) {
    fromExample(example, place.folder, {
      seed: place.seed,
      frames: [await unbiased(place)],
      ...(place.quick && {
        explore: { length: '1ns' },
        pilots: { length: '50ps' },
        production: { length: '500ps' },
        budget: { rounds: 2 },
      }),
    });
  },
  // Invernizzi & Parrinello, J. Phys. Chem. Lett. 11, 2731 (2020), doi:10.1021/acs.jpclett.0c00497: OPES on φ and ψ
  wanted: () => [{ reference: 9.97, referenceError: 0.23 }],
};
