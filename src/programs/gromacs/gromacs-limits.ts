import { LatentcvError } from '../../support/index.js';
import type { GromacsInstall } from './find-gromacs.js';
import { energyStatement, type PlumedInput, placeOf } from '../../plumed/index.js';

/** The year in its version: of `2025.2-Debian_2025.2_1` 2025; 0 where there is none. */
const yearOf = ({ version }: GromacsInstall): number => Number(/^(\d{4})\b/.exec(version)?.[1] ?? 0);

/**
 * GROMACS 2024, patched, hands its energy to PLUMED at every nstcalcenergy-th step alone; the interface that 2025 and
 * 2026 bring hands none: ENERGY is 0, without a word (plumed2 #1205, #1445), but in PLUMED 2.9, which stops.
 * @throws LatentcvError `plumed-input` for an input with ENERGY
 */
export function expectEnergyTold(gromacs: GromacsInstall, input: PlumedInput): void {
  const statement = energyStatement(input);
  const year = yearOf(gromacs);
  if (!statement || year < 2024 || year > 2026) return;
  const when = year === 2024 ? 'but at every nstcalcenergy-th step' : 'at every step';
  throw new LatentcvError(
    'plumed-input',
    `${placeOf(statement)}: expected a GROMACS that tells PLUMED its energy but ${gromacs.version} leaves ENERGY 0 ${when} (plumed2 #1205, #1445)`,
    'take GROMACS 2023 patched by PLUMED, or LAMMPS; ‘trustEnergy’ runs it where this GROMACS has a patch with the fix of plumed2 #1444 to #1446',
  );
}

/**
 * The interface that GROMACS brings from 2025 on does not know of exchanges: PLUMED's bias stays out of them, and
 * `-hrex` is not there (the manual's limitations; plumed2 #1439, #1445).
 * @throws LatentcvError `bad-argument` for options of mdrun that ask for it
 */
export function expectNoExchange(gromacs: GromacsInstall, extra: readonly string[]): void {
  const asked = extra.find((word) => word === '-replex' || word === '-hrex');
  if (asked === undefined || yearOf(gromacs) < 2025) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a GROMACS that exchanges replicas with PLUMED but received ${asked} for ${gromacs.version}, whose PLUMED interface does not (plumed2 #1439, #1445)`,
    'take GROMACS 2024 or earlier patched by PLUMED, or replicas without exchange',
  );
}
