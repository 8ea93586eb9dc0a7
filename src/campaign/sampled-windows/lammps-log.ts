import { thermoTables } from '../../programs/index.js';
import { LatentcvError } from '../../support/index.js';
import { noEnergies, type EnergyTable } from './energy-tables.js';

/** What LAMMPS' units are in kJ/mol, ps and nm³, and its time step where a script says none. */
const unitStyles: Readonly<
  Record<string, { energy: number; time: number; volume: number; timestep: number; perAtom?: true }>
> = {
  real: { energy: 4.184, time: 1e-3, volume: 1e-3, timestep: 1 },
  metal: { energy: 96.4853321233, time: 1, volume: 1e-3, timestep: 0.001 },
  // thermo tells energies per atom there
  lj: { energy: 1, time: 1, volume: 1, timestep: 0.005, perAtom: true },
};

/** The potential energy of a row without the bias, and how that is told where PotEng is not. */
interface Unbiased {
  potential: (at: (column: string) => number) => number;
  by?: string;
}

/**
 * The thermo tables of a log of LAMMPS, with Step, the potential energy, and Volume where it is there. `fix plumed` adds a bias to PotEng
 * unless `fix_modify … energy no` says otherwise, and that of the step before: it is taken off where thermo prints it beside.
 * @throws LatentcvError `bad-data` where the energies are not there, or only with the bias
 */
export function parseLammpsLog(text: string, path: string): EnergyTable {
  const style = lastWord(text, 'units') ?? 'lj';
  const units = unitStyles[style];
  if (!units) throw noEnergies(path, 'units real, metal or lj', style);
  const timestep = Number(lastWord(text, 'timestep') ?? units.timestep);
  const norm = /^\s*thermo_modify\s.*\bnorm\s+(yes|no)/m.exec(text)?.[1];
  const perAtom = norm === undefined ? units.perAtom === true : norm === 'yes';
  const found = new Map<number, { potential: number; volume?: number }>();
  let by: string | undefined;
  let problem: LatentcvError | undefined;
  for (const table of thermoTables(text)) {
    const told = unbiased(table.heads, text, path);
    if (told instanceof LatentcvError) {
      problem = told; // the tables of another part of the run may tell it
      continue;
    }
    by = told.by;
    const atoms = perAtom ? table.atoms : 1;
    if (atoms === undefined)
      throw noEnergies(
        path,
        'how many atoms energies per atom are of, in the line ‘Loop time’',
        'no such line',
      );
    for (const row of table.rows) {
      const at = (column: string): number => row[table.heads.indexOf(column)];
      const time = (table.heads.includes('Time') ? at('Time') : at('Step') * timestep) * units.time;
      const volume = table.heads.includes('Volume') ? at('Volume') * units.volume : undefined;
      const potential = told.potential(at) * atoms * units.energy;
      found.set(time, { potential, ...(volume !== undefined && { volume }) });
    }
  }
  const times = [...found.keys()].sort((a, b) => a - b);
  if (times.length === 0 || Number.isNaN(times[0]))
    throw problem ?? noEnergies(path, 'thermo output with Step and PotEng, or E_pair and E_mol,', 'none');
  const rows = times.map((time) => found.get(time)!);
  return {
    path,
    time: Float64Array.from(times),
    potential: Float64Array.from(rows, ({ potential }) => potential),
    ...(by !== undefined && { by }),
    ...(rows.every(({ volume }) => volume !== undefined) && {
      volume: Float64Array.from(rows, ({ volume }) => volume!),
    }),
  };
}

/** What a command of one word was last given, as LAMMPS echoed it; variables are echoed once more, with their values. */
function lastWord(text: string, command: string): string | undefined {
  return [...text.matchAll(new RegExp(`^[ \\t]*${command}[ \\t]+([\\w.+-]+)`, 'gm'))].at(-1)?.[1];
}

/** The fix plumed of a script whose bias LAMMPS adds to the potential energy; undefined where none does. */
export function fixInEnergy(text: string): string | undefined {
  const fix = /^[ \t]*fix[ \t]+(\S+)[ \t]+\S+[ \t]+plumed\b/m.exec(text)?.[1];
  return fix === undefined || energyOfFixes(text).get(fix) === false ? undefined : fix;
}

/** By fix, whether its energy counts, where that is said. */
function energyOfFixes(text: string): Map<string, boolean> {
  const said = text.matchAll(/^[ \t]*fix_modify[ \t]+(\S+)[ \t].*?\benergy[ \t]+(yes|no)\b/gm);
  return new Map([...said].map(([, fix, word]) => [fix, word === 'yes'] as const));
}

/** From which columns of a table the potential energy without the bias comes; what is wrong where from none. */
function unbiased(heads: readonly string[], text: string, path: string): Unbiased | LatentcvError {
  const fix = fixInEnergy(text);
  if (heads.includes('PotEng') && fix === undefined) return { potential: (at) => at('PotEng') };
  if (heads.includes('PotEng') && heads.includes(`f_${fix}`))
    return {
      potential: (at) => at('PotEng') - at(`f_${fix}`),
      by: `PotEng less f_${fix}, the bias that LAMMPS adds to it`,
    };
  const [other] = [...energyOfFixes(text)].find(([id, counts]) => counts && id !== fix) ?? [];
  if (heads.includes('E_pair') && heads.includes('E_mol') && other === undefined)
    return { potential: (at) => at('E_pair') + at('E_mol'), by: 'E_pair and E_mol' };
  if (heads.includes('PotEng'))
    return noEnergies(
      path,
      'the potential energy without the bias',
      `PotEng, to which fix ${fix} adds the bias of the step before`,
      `‘fix_modify ${fix} energy no’ keeps it out; a thermo_style with f_${fix}, or with epair and emol, tells it as well`,
    );
  const wanted =
    other === undefined ? 'PotEng, or E_pair and E_mol,' : `PotEng, which holds the energy of fix ${other},`;
  return noEnergies(path, `${wanted} in the thermo output`, heads.join(' '), 'thermo_style custom step pe');
}
