/** An element's mass in amu (IUPAC 2021), and the radius in Å by which VMD, and chemfiles after it, find bonds. */
type ElementData = readonly [mass: number, radius: number];

/** The elements that biomolecules, solvents, ions, surfaces and simple fluids are made of. */
const elements: Readonly<Record<string, ElementData>> = {
  H: [1.008, 1.0],
  He: [4.003, 1.4],
  Li: [6.94, 2.2],
  B: [10.81, 1.8],
  C: [12.011, 1.5],
  N: [14.007, 1.4],
  O: [15.999, 1.3],
  F: [18.998, 1.2],
  Ne: [20.18, 1.54],
  Na: [22.99, 2.4],
  Mg: [24.305, 2.2],
  Al: [26.982, 2.1],
  Si: [28.085, 2.1],
  P: [30.974, 1.95],
  S: [32.06, 1.9],
  Cl: [35.45, 1.8],
  Ar: [39.95, 1.88],
  K: [39.098, 2.8],
  Ca: [40.078, 2.4],
  Ti: [47.867, 2.15],
  Cr: [51.996, 2.05],
  Mn: [54.938, 2.05],
  Fe: [55.845, 2.05],
  Co: [58.933, 2.0],
  Ni: [58.693, 2.0],
  Cu: [63.546, 2.0],
  Zn: [65.38, 2.1],
  Se: [78.971, 1.9],
  Br: [79.904, 1.9],
  Kr: [83.798, 2.02],
  Rb: [85.468, 2.9],
  Sr: [87.62, 2.55],
  Pd: [106.42, 2.05],
  Ag: [107.868, 2.1],
  Cd: [112.414, 2.2],
  I: [126.904, 2.1],
  Xe: [131.293, 2.16],
  Cs: [132.905, 3.0],
  Ba: [137.327, 2.7],
  Pt: [195.084, 2.05],
  Au: [196.967, 2.1],
  Hg: [200.592, 2.05],
  Pb: [207.2, 2.3],
};

/**
 * Masses in amu (IUPAC 2016) of the other elements from H to Pu, which crystals are made of. In molecules most of these symbols are names
 * of other atoms (`Ho`, `Nd`, `V`): they count where a file tells no residues.
 */
// prettier-ignore
const otherMasses: Readonly<Record<string, number>> = {
  Be: 9.012, Sc: 44.956, V: 50.941, Ga: 69.723, Ge: 72.63, As: 74.922, Y: 88.906, Zr: 91.224, Nb: 92.906, Mo: 95.95, Tc: 97.907,
  Ru: 101.07, Rh: 102.906, In: 114.818, Sn: 118.71, Sb: 121.76, Te: 127.6, La: 138.905, Ce: 140.116, Pr: 140.908, Nd: 144.242,
  Pm: 144.913, Sm: 150.36, Eu: 151.964, Gd: 157.25, Tb: 158.925, Dy: 162.5, Ho: 164.93, Er: 167.259, Tm: 168.934, Yb: 173.054,
  Lu: 174.967, Hf: 178.49, Ta: 180.948, W: 183.84, Re: 186.207, Os: 190.23, Ir: 192.217, Tl: 204.38, Bi: 208.98, Po: 208.982,
  At: 209.987, Rn: 222.018, Fr: 223.02, Ra: 226.025, Ac: 227.028, Th: 232.038, Pa: 231.036, U: 238.029, Np: 237.048, Pu: 244.064,
};

/** Those whose ions stand alone in solution. */
const ionic = new Set(
  'Li Na Mg Al K Ca Mn Fe Co Ni Cu Zn Rb Sr Pd Ag Cd Cs Ba Pt Hg Pb F Cl Br I'.split(' '),
);

/** Atoms of amino acids that models of one atom per residue keep, whatever else they may be called. */
const inChains = new Set(['CA', 'CB', 'CD', 'CO', 'CS', 'HG', 'NI', 'C', 'N', 'O', 'S', 'P']);

/** Names of metals and others that are nothing else within a molecule. */
const plainSymbols = new Set(['FE', 'ZN', 'MG', 'MN', 'CU', 'SE', 'SI', 'LI', 'AL', 'AG', 'AU', 'PT']);

/** Names that CHARMM, GROMOS and the PDB give to ions. */
// prettier-ignore
const ionNames: Readonly<Record<string, string>> = {
  SOD: 'Na', POT: 'K', CLA: 'Cl', CAL: 'Ca', CES: 'Cs', LIT: 'Li', RUB: 'Rb', BAR: 'Ba', CAD: 'Cd', IOD: 'I', MGA: 'Mg',
  QNA: 'Na', QCL: 'Cl', FLA: 'F', BRO: 'Br', STR: 'Sr',
};

/** Interaction sites without an element: of waters, lone pairs, Drude particles and GROMACS' constructions. */
const virtualNames = /^(M|MW\d?|OM|[LE]P[A-Z]?\d*|DUM?\d*|VS\d*|MCH3\w?|MNH3\w?|D[A-Z]+[\d'*]*[A-Z]?\d*)$/;

/** Hydrogens may have been made heavy, by taking from their neighbours. */
const hydrogenMass = { least: 0.5, most: 4.2 };

const symbolOf = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
const plain = (word: string): string => word.toUpperCase().replace(/[-+\d]/g, '');

/** What tells an atom's element. */
export interface AtomWording {
  name: string;
  /** Repeats the name in a file that tells no types. */
  type: string;
  residue: string;
  /** amu; NaN where the file does not say. */
  mass: number;
  /** Whether it is the only atom of its residue. */
  alone: boolean;
}

const isElement = (word: string): boolean => Object.hasOwn(elements, word);

/** Whether a word is the symbol of another element, in a file without residues that tells no mass, or that of the element. */
const isOther = (word: string, { residue, mass }: AtomWording): boolean =>
  residue === '' &&
  Object.hasOwn(otherMasses, word) &&
  (!(mass > 0) || Math.abs(mass - otherMasses[word]) < 0.5);

function byMass(mass: number): string {
  if (mass > hydrogenMass.least && mass < hydrogenMass.most) return 'H';
  const [element, [nearest]] = Object.entries(elements).reduce((best, item) =>
    Math.abs(item[1][0] - mass) < Math.abs(best[1][0] - mass) ? item : best,
  );
  return Math.abs(nearest - mass) < 0.5 ? element : '';
}

/** The ion that an atom alone in its residue is; empty where it is none. */
function ionOf(name: string, residue: string): string {
  const word = plain(name);
  const ionByName = ionNames[word] ?? ionNames[plain(residue)];
  if (ionByName !== undefined) return ionByName;
  // `CA` is an ion of calcium where the residue is called so, or where it stands in one for ions
  const symbol = symbolOf(word);
  const named = word === plain(residue) || plain(residue).startsWith('ION') || /[-+]$/.test(name);
  return isElement(symbol) && (named || (ionic.has(symbol) && !inChains.has(word))) ? symbol : '';
}

function byName({ name, residue, alone }: AtomWording): string {
  if (alone && residue !== '') {
    const ion = ionOf(name, residue);
    if (ion !== '') return ion;
  }
  // the site of a polarisable water beside its oxygen
  if (name === 'OM' && /^SWM/i.test(residue)) return '';
  const letters = name.replace(/^[^A-Za-z]+/, '').replace(/[^A-Za-z].*$/, '');
  if (plainSymbols.has(letters.toUpperCase())) return symbolOf(letters);
  if (/^D\d*$/.test(name)) return 'H';
  if (/^(CL|BR)/.test(letters)) return symbolOf(letters.slice(0, 2));
  if (/^[A-Z][a-z]$/.test(letters) && isElement(letters)) return letters;
  const first = letters.charAt(0).toUpperCase();
  return 'HBCNOFPSKI'.includes(first) ? first : '';
}

/** Mass of an element, amu; 0 where it is not known. */
export function massOf(element: string): number {
  return elements[element]?.[0] ?? otherMasses[element] ?? 0;
}

/** Radius for finding bonds, nm; that of carbon where the element is not known. */
export function bondRadiusOf(element: string): number {
  return (elements[element] ?? elements.C)[1] / 10;
}

/** Whether an atom of this element, alone in its residue, is an ion. */
export const isIonic = (element: string): boolean => ionic.has(element);

/**
 * An atom's element: the file's type where that is one and more than the repeated name, else by the mass that the file
 * tells, else by name (`CA` is carbon, except where a residue `CA` holds it alone); empty where nothing tells.
 */
export function elementOf(atom: AtomWording): string {
  const { name, type, mass } = atom;
  if (type === 'D') return 'H';
  if (type !== name && symbolOf(type) === type && isElement(type)) return type;
  if (type !== name && isOther(type, atom)) return type;
  const [letters = ''] = /^[A-Z][a-z]?/.exec(name) ?? [];
  if (isOther(letters, atom) && !/^[A-Za-z]/.test(name.slice(letters.length))) return letters;
  if (mass > 0) return byMass(mass);
  return byName(atom);
}

/** Whether it is an interaction site without an element: the file tells (nearly) no mass, or its name says so. */
export function isVirtualSite({ name, mass }: AtomWording, element: string): boolean {
  if (!Number.isNaN(mass)) return mass < hydrogenMass.least;
  return element === '' && virtualNames.test(name.toUpperCase());
}
