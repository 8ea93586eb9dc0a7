/** Masses in amu of the elements that biomolecules, solvents and simple fluids are made of (IUPAC 2021). */
const masses: Record<string, number> = {
  H: 1.008,
  He: 4.003,
  Li: 6.94,
  B: 10.81,
  C: 12.011,
  N: 14.007,
  O: 15.999,
  F: 18.998,
  Ne: 20.18,
  Na: 22.99,
  Mg: 24.305,
  Al: 26.982,
  Si: 28.085,
  P: 30.974,
  S: 32.06,
  Cl: 35.45,
  Ar: 39.95,
  K: 39.098,
  Ca: 40.078,
  Mn: 54.938,
  Fe: 55.845,
  Co: 58.933,
  Ni: 58.693,
  Cu: 63.546,
  Zn: 65.38,
  Se: 78.971,
  Br: 79.904,
  Kr: 83.798,
  Rb: 85.468,
  Pd: 106.42,
  Ag: 107.868,
  I: 126.904,
  Xe: 131.293,
  Cs: 132.905,
  Pt: 195.084,
  Au: 196.967,
};

const heavyHydrogen = { least: 0.5, most: 4.2 };

const symbolOf = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** Residues that are one ion: their atom's name is an element of two letters. */
const isIon = (name: string, residue: string): boolean =>
  residue !== '' && name.replace(/[-+\d]/g, '') === residue.replace(/[-+\d]/g, '');

function byMass(mass: number): string {
  // hydrogens may have been made heavy
  if (mass > heavyHydrogen.least && mass < heavyHydrogen.most) return 'H';
  const [element, nearest] = Object.entries(masses).reduce((best, item) =>
    Math.abs(item[1] - mass) < Math.abs(best[1] - mass) ? item : best,
  );
  return Math.abs(nearest - mass) < 0.5 ? element : '';
}

function byName(name: string, residue: string): string {
  const letters = name.replace(/^[^A-Za-z]+/, '').replace(/[^A-Za-z].*$/, '');
  if (isIon(name, residue) && symbolOf(letters) in masses) return symbolOf(letters);
  if (/^(CL|BR)/.test(letters)) return symbolOf(letters.slice(0, 2));
  if (/^[A-Z][a-z]$/.test(letters) && letters in masses) return letters;
  const first = letters.charAt(0).toUpperCase();
  return 'HBCNOFPSKI'.includes(first) ? first : '';
}

/** Mass of an element, amu; 0 where it is not known. */
export function massOf(element: string): number {
  return masses[element] ?? 0;
}

/**
 * An atom's element: the file's type where that is one and more than the repeated name, else by the mass that the file
 * tells (0 where it does not), else by name (`CA` is carbon, except where a residue `CA` holds it alone); empty where nothing tells.
 */
export function elementOf(atom: { name: string; type: string; residue: string; mass: number }): string {
  const { name, type, residue, mass } = atom;
  if (type !== name && symbolOf(type) === type && type in masses) return type;
  if (mass > 0) return byMass(mass);
  return byName(name, residue);
}
