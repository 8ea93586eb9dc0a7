/** An atom of a PDB file as PLUMED reads it; texts as the columns hold them, numbers NaN where there are none. */
export interface PdbAtom {
  serial: number;
  name: string;
  residue: string;
  chain: string;
  residueNumber: number;
  /** Å */
  position: [number, number, number];
  /** What stands as its occupancy. */
  weight: number;
  /** What stands as its temperature factor, by which RMSD weighs deviations. */
  deviationWeight: number;
}

/** Atoms of a PDB file's first structure, in its order. */
export function readPdbAtoms(text: string): PdbAtom[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => line.startsWith('END'));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => /^(ATOM {2}|HETATM)/.test(line))
    .map((line) => ({
      serial: numberIn(line, 7, 11),
      name: line.slice(12, 16),
      residue: line.slice(17, 21),
      chain: line.slice(21, 22),
      residueNumber: Number(line.slice(22, 26)),
      position: [numberIn(line, 31, 38), numberIn(line, 39, 46), numberIn(line, 47, 54)],
      weight: numberIn(line, 55, 60),
      deviationWeight: numberIn(line, 61, 66),
    }));
}

/** The number in columns that count from 1, as the format's description does. */
function numberIn(line: string, first: number, last: number): number {
  const text = line.slice(first - 1, last).trim();
  return text === '' ? NaN : Number(text);
}
