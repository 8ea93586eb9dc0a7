import { basename, dirname, extname, relative } from 'node:path';
import { openStructure } from '../native/index.js';
import { LatentcvError, readText } from '../support/index.js';
import { Structure, type FileReading } from '../trajectories/index.js';
import { elementOfWord, type AtomicStructure } from './atomic-structure.js';
import { parseExtendedXyz, type ReadStructure } from './extended-xyz.js';
import { isPoscarName, parsePoscar } from './poscar.js';
import { CifReader } from './read-cifs.js';
import { nearestImage, widthsOf, type Vector } from './supercell.js';

/** How files of structures are read. */
export interface StructureReading extends FileReading {
  /** Key of extended XYZ's comment lines that holds a structure's name; `name`, `id` and the like where left out. */
  nameKey?: string;
  /** Files that cannot be read are left out and told of, in place of stopping. */
  skipUnreadable?: boolean;
  signal?: AbortSignal;
  /** Told of what a reader might not expect of a file. */
  onNote?: (line: string) => void;
  onWarning?: (line: string) => void;
  onFiles?: (done: number, all: number) => void;
}

/** Keys of comment lines that name a structure, by common use. */
const nameKeys = ['name', 'id', 'structure', 'material_id', 'mp_id', 'config_name', 'label', 'identifier'];

/** Files whose readers run in a process of their own are read so many at a time. */
const filesAtOnce = 2;

async function readXyz(path: string, { perNanometre }: StructureReading): Promise<ReadStructure[]> {
  return parseExtendedXyz(await readText(path, 'the structures'), path, perNanometre);
}

async function readPoscar(path: string, { onNote }: StructureReading): Promise<ReadStructure[]> {
  const { notes, ...structure } = parsePoscar(await readText(path, 'the structure'), path);
  for (const note of notes) onNote?.(note);
  return [structure];
}

/** The first frame of a file of any other format that trajectories have. */
async function readOther(path: string, reading: StructureReading): Promise<ReadStructure[]> {
  const { format = '', perNanometre = 0, onNote } = reading;
  const contents = await openStructure({ path, format, perNanometre, salvage: false });
  for (const note of contents.notes) onNote?.(note);
  const structure = new Structure(path, contents);
  const { positions, box } = structure.places('descriptors');
  const elements = structure.elements.map((guess, atom) => {
    const type = contents.types.words[contents.types.of[atom]];
    const found = elementOfWord(type) ?? elementOfWord(guess);
    if (found !== undefined) return found;
    throw new LatentcvError(
      'bad-data',
      `${path}: expected the element of atom ${atom + 1} but the file tells none (${structure.names[atom] || type || 'no name'})`,
    );
  });
  return [{ elements, positions, ...(box && { cell: box }), facts: new Map() }];
}

/** What a file is, by the format that is named or by its name. */
function kindOf(path: string, { format }: StructureReading): 'poscar' | 'xyz' | 'cif' | 'other' {
  const word = format?.toLowerCase() ?? '';
  if (/^(poscar|vasp|contcar)$/.test(word) || (word === '' && isPoscarName(basename(path)))) return 'poscar';
  const ending = extname(path).slice(1).toLowerCase();
  const kind = word === '' ? ending : word;
  if (kind === 'xyz' || kind === 'extxyz') return 'xyz';
  return kind === 'cif' && ending === 'cif' ? 'cif' : 'other';
}

const readers = { poscar: readPoscar, xyz: readXyz, other: readOther };

/** Whether a file is a structure by its name: not what is read as a table, nor what trajectories alone are in. */
export const isStructureName = (path: string): boolean =>
  isPoscarName(basename(path)) || /\.(cif|xyz|extxyz|pdb|gro|mol2|sdf|mmtf|data|lmp)$/i.test(path);

/** What a structure may be called in a table of labels: by file, by path, by folder where all files are called alike. */
function namesOf(
  path: string,
  { facts }: ReadStructure,
  nameKey: string | undefined,
  number?: number,
): string[] {
  const file = basename(path);
  const keys = nameKey === undefined ? nameKeys : [nameKey];
  const told = keys.flatMap((key) => facts.get(key) ?? []);
  if (number !== undefined) return [...told, `${stemOf(file)}#${number}`];
  const folder = basename(dirname(path));
  const ofFile =
    /^(POSCAR|CONTCAR)$/i.test(file) && folder !== '.' && folder !== '' ? [folder] : [stemOf(file)];
  return [...new Set([...told, ...ofFile, file, path, relative('.', path)])];
}

/** `BaTiO3` of `BaTiO3.cif`, `mp-2` of `POSCAR.mp-2` and of `mp-2.POSCAR`. */
function stemOf(file: string): string {
  const [, behind] = /^(?:POSCAR|CONTCAR)[._-](.+)$/i.exec(file) ?? [];
  return behind ?? file.replace(/\.[A-Za-z]\w*$/, '');
}

/** @throws LatentcvError `bad-data` where two atoms stand in one place, as of a cell that was expanded twice */
function expectApart(structure: AtomicStructure): void {
  const { positions, elements, place, cell } = structure;
  if (cell && !(Math.min(...widthsOf(cell)) > 0.05))
    throw new LatentcvError('bad-data', `${place}: expected a cell with a volume but it has none`);
  if (elements.length > 500) return;
  const nearest = cell ? nearestImage(cell) : (vector: Vector) => vector;
  for (let i = 0; i < elements.length; i++)
    for (let j = 0; j < i; j++) {
      const between = [0, 1, 2].map((x) => positions[3 * i + x] - positions[3 * j + x]) as Vector;
      const apart = Math.hypot(...nearest(between));
      if (apart < 0.02)
        throw new LatentcvError(
          'bad-data',
          `${place}: expected atoms apart from one another but two of ${elements[j]} and ${elements[i]} are ${(10 * apart).toFixed(2)} Å apart`,
        );
    }
}

/** The structures of one file, with their names. */
async function readFile(
  path: string,
  reading: StructureReading,
  cifs: CifReader,
): Promise<AtomicStructure[]> {
  const kind = kindOf(path, reading);
  const found = kind === 'cif' ? [await cifs.read(path)] : await readers[kind](path, reading);
  return found.map((structure, i) => {
    const number = found.length > 1 ? i + 1 : undefined;
    const [name, ...otherNames] = namesOf(path, structure, reading.nameKey, number);
    const place = number === undefined ? path : `${path}, structure ${number}`;
    const whole = { ...structure, name, otherNames, place };
    expectApart(whole);
    return whole;
  });
}

/**
 * Reads files of structures: CIF (with its symmetry), POSCAR, extended XYZ with any number of structures, and the first frame of
 * whatever else trajectories are in. Their Å become nm.
 * @throws LatentcvError `file-not-found`, `bad-data` naming file and line, `missing-tool` where a format takes chemfiles
 */
export async function readStructures(
  paths: readonly string[],
  reading: StructureReading = {},
): Promise<AtomicStructure[]> {
  const { signal, onFiles, onWarning, skipUnreadable = false } = reading;
  const cifs = new CifReader(
    paths.filter((path) => kindOf(path, reading) === 'cif'),
    onWarning,
  );
  const found: AtomicStructure[][] = [];
  let [next, done] = [0, 0];
  const work = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) {
      if (signal?.aborted) throw new LatentcvError('interrupted', 'the reading of structures was stopped');
      try {
        found[at] = await readFile(paths[at], reading, cifs);
      } catch (error) {
        const skipped = skipUnreadable && error instanceof LatentcvError && isOfFile(error);
        if (!skipped) throw error instanceof LatentcvError ? ofFile(error, paths[at]) : error;
        onWarning?.(`left out: ${ofFile(error, paths[at]).message}`);
        found[at] = [];
      }
      onFiles?.(++done, paths.length);
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, work));
  const all = found.flat();
  if (all.length > 0) return all;
  throw new LatentcvError('bad-data', `expected structures in ${paths.length} files but none can be read`);
}

const isOfFile = ({ code }: LatentcvError): boolean =>
  ['bad-data', 'file-format', 'other-kind', 'file-access', 'bad-argument'].includes(code);

/** An error that names its file. */
function ofFile(error: LatentcvError, path: string): LatentcvError {
  if (error.message.includes(path)) return error;
  return new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
}
