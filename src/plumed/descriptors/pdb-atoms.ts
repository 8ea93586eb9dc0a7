/** An atom of a PDB file as MOLINFO reads it; texts as the columns hold them. */
export interface PdbAtom {
  serial: number;
  name: string;
  residue: string;
  chain: string;
  residueNumber: number;
}

/** Atoms of a PDB file's first structure, in its order. */
export function readPdbAtoms(text: string): PdbAtom[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => line.startsWith('END'));
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => /^(ATOM {2}|HETATM)/.test(line))
    .map((line) => ({
      serial: Number(line.slice(6, 11)),
      name: line.slice(12, 16),
      residue: line.slice(17, 21),
      chain: line.slice(21, 22),
      residueNumber: Number(line.slice(22, 26)),
    }));
}
