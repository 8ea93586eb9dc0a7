import type { PdbAtom } from './pdb-atoms.js';

/** Atoms by name, each in the residue so many behind the one that is named. */
type Pattern = readonly (readonly [name: string, offset: number])[];

const here = (...names: string[]): Pattern => names.map((name) => [name, 0] as const);
const last = (name: string): Pattern => [[name, -1]];
const next = (name: string): Pattern => [[name, 1]];

/** As `MolDataClass::specialSymbol` of PLUMED 2.9 to 2.11 has them. */
const torsions: Readonly<Record<string, Pattern>> = {
  phi: [...last('C'), ...here('N', 'CA', 'C')],
  psi: [...here('N', 'CA', 'C'), ...next('N')],
  omega: [...last('CA'), ...last('C'), ...here('N', 'CA')],
  alpha: [...last("O3'"), ...here('P', "O5'", "C5'")],
  beta: here('P', "O5'", "C5'", "C4'"),
  gamma: here("O5'", "C5'", "C4'", "C3'"),
  delta: here("C5'", "C4'", "C3'", "O3'"),
  epsilon: [...here("C4'", "C3'", "O3'"), ...next('P')],
  zeta: [...here("C3'", "O3'"), ...next('P'), ...next("O5'")],
};

/** Atoms from which χ1 to χ5 of a residue run, four in a row each. */
const chains: Readonly<Record<string, string>> = {
  ARG: 'N CA CB CG CD NE CZ NH1',
  ASN: 'N CA CB CG OD1',
  ASP: 'N CA CB CG OD1',
  CYS: 'N CA CB SG',
  GLN: 'N CA CB CG CD OE1',
  GLU: 'N CA CB CG CD OE1',
  HIS: 'N CA CB CG ND1',
  ILE: 'N CA CB CG1 CD',
  LEU: 'N CA CB CG CD1',
  LYS: 'N CA CB CG CD CE NZ',
  MET: 'N CA CB CG SD CE',
  PHE: 'N CA CB CG CD1',
  PRO: 'N CA CB CG CD',
  SER: 'N CA CB OG',
  THR: 'N CA CB OG1',
  TRP: 'N CA CB CG CD1',
  TYR: 'N CA CB CG CD1',
  VAL: 'N CA CB CG1',
};

/** Words of MOLINFO that mean more atoms than one or four, by rules that are not repeated here. */
const groups = ['back', 'sidechain', 'sugar', 'base', 'lcs', 'chi', 'v0', 'v1', 'v2', 'v3', 'v4'];

function patternOf(name: string, residue: string): Pattern | undefined {
  if (Object.hasOwn(torsions, name)) return torsions[name];
  const side = /^chi([1-5])$/.exec(name);
  if (!side) return groups.includes(name) ? undefined : here(name);
  const from = Number(side[1]) - 1;
  const row = (chains[residue] ?? '').split(' ').slice(from, from + 4);
  return row.length === 4 ? here(...row) : undefined;
}

/**
 * Serials of what a word of MOLINFO means: `phi-2`, `psi-A3`, `chi1-A_3`, `CA-5` (a residue's number, with its chain
 * before it). Without a chain it is the first that has such a residue. Undefined where it means none, or more than a
 * torsion or an atom.
 */
export function symbolSerials(symbol: string, atoms: readonly PdbAtom[]): number[] | undefined {
  const parts = /^([^-]+)-(?:(.*)_|([^\d_]*))(\d+)$/.exec(symbol);
  if (!parts) return undefined;
  const [, name, withLine, plain] = parts;
  const chain = withLine ?? plain;
  const number = Number(parts[4]);
  const inChain = chain === '' ? atoms : atoms.filter((atom) => atom.chain === chain);
  const residue = inChain.find((atom) => atom.residueNumber === number);
  const pattern = residue && patternOf(name, residue.residue.trim());
  const found = pattern?.map(([wanted, offset]) =>
    inChain.find((atom) => atom.name.trim() === wanted && atom.residueNumber === number + offset),
  );
  return found?.every((atom) => atom !== undefined) ? found.map((atom) => atom.serial) : undefined;
}
