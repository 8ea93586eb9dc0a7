import { openStructure, type AddonStructure, type Connections } from '../native/index.js';
import { LatentcvError } from '../support/errors.js';
import { elementOf, massOf } from './elements.js';
import { isProtein, isWater, backboneNames } from './residues.js';

/** Atoms that a word means, whatever the file. */
export const shortForms = [
  'heavy',
  'hydrogen',
  'protein',
  'backbone',
  'sidechain',
  'water',
  'solute',
] as const;
type ShortForm = (typeof shortForms)[number];

/** How a structure or trajectory file is read where its ending does not tell. */
export interface FileReading {
  /** Name of the format: `XTC`, `LAMMPS`, `netcdf`, …; chemfiles' name of one that is its to read. */
  format?: string;
  /**
   * The file's units of length in one nm, for formats that leave them open (LAMMPS, XYZ); by default what a LAMMPS file
   * tells of its units (σ of reduced ones is a nm), else 10 (Å).
   */
  perNanometre?: number;
}

/** Names, residues and positions of a system's atoms, which count from 0 here. */
export class Structure {
  readonly elements: string[];
  private readonly groups = new Map<string, Uint32Array>();

  constructor(
    /** The file it was read from. */
    readonly path: string,
    private readonly native: AddonStructure,
  ) {
    const { types, masses, residueNames } = native;
    this.elements = native.names.map((name, i) =>
      elementOf({ name, type: types[i], residue: residueNames[i], mass: masses[i] }),
    );
    // a file that tells no types repeats the names
    native.setElements(
      this.elements.map((element, i) => (types[i] === native.names[i] ? element : '')),
      Float64Array.from(this.elements, (element, i) => (masses[i] > 0 ? 0 : massOf(element))),
    );
    for (const form of shortForms) this.name(form, this.indices(this.rule(form)));
  }

  get size(): number {
    return this.native.names.length;
  }
  get names(): readonly string[] {
    return this.native.names;
  }
  get residueNames(): readonly string[] {
    return this.native.residueNames;
  }
  /** Residues' numbers as the file has them; NaN where it has none. */
  get residueIds(): Float64Array {
    return this.native.residueIds;
  }
  get chains(): readonly string[] {
    return this.native.chains;
  }
  /** `[atoms, 3]`, nm */
  get positions(): Float64Array {
    return this.native.positions;
  }
  /** Box vectors as rows, nm. */
  get box(): Float64Array | undefined {
    return this.native.box;
  }

  /** Throws LatentcvError `bad-argument` where the file tells no names, so that no short form means anything. */
  needNames(wanted: string): void {
    if (this.elements.some((element) => element !== '') || this.residueNames.some((name) => name !== ''))
      return;
    throw new LatentcvError(
      'bad-argument',
      `expected names of atoms for ${wanted} but ${this.path} tells none`,
      '--structure names a file that does: GRO, PDB, …',
    );
  }

  /** Named groups and short forms. */
  get groupNames(): string[] {
    return [...this.groups.keys()];
  }

  group(name: string): Uint32Array | undefined {
    return this.groups.get(name);
  }

  /** Names a group: selections then know it as `[name]`. */
  name(name: string, atoms: Uint32Array): void {
    this.groups.set(name, atoms);
    this.native.define(name, atoms);
  }

  /** Atoms, ascending, that chemfiles' selection language means. Throws LatentcvError `bad-argument`. */
  evaluate(selection: string): Uint32Array {
    return this.native.select(selection);
  }

  indices(wanted: (atom: number) => boolean): Uint32Array {
    return Uint32Array.from(this.names.keys()).filter(wanted);
  }

  /** Bonds within a group: the file's where it tells any, else by distance. */
  connections(atoms: Uint32Array): Connections {
    const told = this.native.bonds();
    if (told.bonds.length > 0 && this.joins(told.bonds, atoms)) return told;
    return this.native.guessBonds(
      atoms,
      Array.from(atoms, (atom) => this.elements[atom] || 'C'),
    );
  }

  /** Whether bonds touch every atom of a group that has more than one. */
  private joins(bonds: Uint32Array, atoms: Uint32Array): boolean {
    const joined = new Set(bonds);
    return atoms.every((atom) => joined.has(atom));
  }

  private rule(form: ShortForm): (atom: number) => boolean {
    const { names, residueNames, elements } = this;
    const protein = (i: number): boolean => isProtein(residueNames[i]);
    const backbone = (i: number): boolean => protein(i) && backboneNames.has(names[i]);
    return {
      heavy: (i: number) => elements[i] !== 'H',
      hydrogen: (i: number) => elements[i] === 'H',
      protein,
      backbone,
      sidechain: (i: number) => protein(i) && !backbone(i) && elements[i] !== 'H',
      water: (i: number) => isWater(residueNames[i]),
      solute: (i: number) => !isWater(residueNames[i]) && !isIonAlone(names[i], residueNames[i]),
    }[form];
  }
}

function isIonAlone(name: string, residue: string): boolean {
  const plain = (word: string): string => word.toUpperCase().replace(/[-+\d]/g, '');
  return residue !== '' && plain(name) === plain(residue);
}

/** Reads the first frame of a file as a structure. Throws LatentcvError `file-not-found`, `bad-data`, `missing-tool`. */
export async function readStructure(path: string, reading: FileReading = {}): Promise<Structure> {
  const { format = '', perNanometre = 0 } = reading;
  return new Structure(path, await openStructure({ path, format, perNanometre, salvage: false }));
}
