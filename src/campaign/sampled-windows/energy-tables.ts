import { LatentcvError } from '../../support/index.js';

/** Energies of a run by time. */
export interface EnergyTable {
  path: string;
  /** ps */
  time: Float64Array;
  /** kJ/mol, without the bias of PLUMED. */
  potential: Float64Array;
  /** How that was told, where it does not stand there as such. */
  by?: string;
  /** nm³, where it is told. */
  volume?: Float64Array;
}

/**
 * An XVG file of `gmx energy` with the term Potential, which GROMACS leaves PLUMED's bias out of, and Volume where there is one.
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
    ...(volume !== undefined && { volume: column(volume) }),
  };
}

function numbersIn(lines: readonly string[]): number[][] {
  return lines.flatMap((line) => {
    const words = line.trim().split(/\s+/).map(Number);
    return line.trim() !== '' && words.every(Number.isFinite) ? [words] : [];
  });
}

/** What a file of energies lacks. */
export function noEnergies(path: string, wanted: string, found: string, hint?: string): LatentcvError {
  return new LatentcvError('bad-data', `expected ${wanted} in ${path} but found ${found}`, hint);
}
