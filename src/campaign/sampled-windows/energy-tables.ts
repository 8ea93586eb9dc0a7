import { LatentcvError } from '../../support/index.js';

/** Energies of a run by time. */
export interface EnergyTable {
  path: string;
  /** ps */
  time: Float64Array;
  /** kJ/mol; with the bias of PLUMED where `biased`. */
  potential: Float64Array;
  biased: boolean;
  /** nm³, where it is told. */
  volume?: Float64Array;
}

/**
 * An XVG file of `gmx energy` with the term Potential, and Volume where there is one.
 * @throws LatentcvError `bad-data`
 */
export function parseXvg(text: string, path: string): EnergyTable {
  const legends = [...text.matchAll(/^@ s(\d+) legend "([^"]*)"/gm)].map(([, i, name]) => ({
    place: Number(i) + 1,
    name,
  }));
  const place = (name: string): number | undefined => legends.find((legend) => legend.name === name)?.place;
  const rows = numbersIn(text.split('\n').filter((line) => !/^\s*[#@&]/.test(line)));
  const potential = place('Potential') ?? (rows[0]?.length === 2 ? 1 : undefined);
  if (potential === undefined || rows.length === 0)
    throw noEnergies(path, 'the term Potential', legends.map(({ name }) => name).join(', ') || 'none');
  const volume = place('Volume');
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]);
  return {
    path,
    time: column(0),
    potential: column(potential),
    biased: false, // GROMACS leaves PLUMED's bias out of it
    ...(volume !== undefined && { volume: column(volume) }),
  };
}

/** What LAMMPS' units are in kJ/mol, ps and nm³. */
const lammpsUnits: Readonly<Record<string, { energy: number; time: number; volume: number }>> = {
  real: { energy: 4.184, time: 1e-3, volume: 1e-3 },
  metal: { energy: 96.4853321233, time: 1, volume: 1e-3 },
  lj: { energy: 1, time: 1, volume: 1 },
};

/**
 * The thermo tables of a log of LAMMPS, with Step or Time, PotEng, and Volume where it is there. `fix plumed` adds its bias to
 * PotEng unless `fix_modify … energy no` says otherwise.
 * @throws LatentcvError `bad-data`
 */
export function parseLammpsLog(text: string, path: string): EnergyTable {
  const style = /^\s*units\s+(\w+)/m.exec(text)?.[1] ?? 'lj';
  const units = lammpsUnits[style];
  if (!units) throw noEnergies(path, 'units real, metal or lj', style);
  const timestep = Number(/^\s*timestep\s+([-\d.eE+]+)/m.exec(text)?.[1] ?? NaN);
  const found = new Map<number, { potential: number; volume?: number }>();
  let heads: string[] | undefined;
  for (const line of text.split('\n')) {
    const words = line.trim().split(/\s+/);
    if (words.includes('Step') && words.includes('PotEng')) heads = words;
    else if (/^Loop time/.test(line)) heads = undefined;
    else if (heads && words.length === heads.length && words.every((word) => Number.isFinite(Number(word)))) {
      const at = (name: string): number => Number(words[heads!.indexOf(name)]);
      const time = (heads.includes('Time') ? at('Time') : at('Step') * timestep) * units.time;
      const volume = heads.includes('Volume') ? at('Volume') * units.volume : undefined;
      found.set(time, { potential: at('PotEng') * units.energy, ...(volume !== undefined && { volume }) });
    }
  }
  const times = [...found.keys()].sort((a, b) => a - b);
  if (times.length === 0 || Number.isNaN(times[0]))
    throw noEnergies(path, 'thermo output with Step and PotEng, and a timestep', 'none');
  const rows = times.map((time) => found.get(time)!);
  return {
    path,
    time: Float64Array.from(times),
    potential: Float64Array.from(rows, ({ potential }) => potential),
    biased: /^\s*fix\s+\S+\s+\S+\s+plumed/m.test(text) && !/^\s*fix_modify\s+\S+\s+.*energy\s+no/m.test(text),
    ...(rows.every(({ volume }) => volume !== undefined) && {
      volume: Float64Array.from(rows, ({ volume }) => volume!),
    }),
  };
}

function numbersIn(lines: readonly string[]): number[][] {
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/).map(Number);
    return line.trim() !== '' && words.every(Number.isFinite) ? [words] : [];
  });
}

function noEnergies(path: string, wanted: string, found: string): LatentcvError {
  return new LatentcvError('bad-data', `expected ${wanted} in ${path} but found ${found}`);
}
