import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { LatentcvError } from '../../../support/index.js';
import { holdsStructures, isPoscarName, isStructureName } from '../../../structures/index.js';
import type { StructureRowOptions } from '../../options/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';

/** What options say of whether files are structures, each a row, or frames that follow one another. */
export type NamedStructures = StructureRowOptions &
  Pick<TrajectoryOptions, 'format' | 'structure'> & {
    rows?: boolean | undefined;
    properties?: readonly string[] | undefined;
    weightsFrom?: readonly string[] | undefined;
  };

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** What a folder of a run holds, and one of structures does not. */
const ofRun = /^(run\.json|COLVAR.*|HILLS.*)$|\.(xtc|trr|tpr|dcd|nc|h5md|lammpstrj|tng|colvar)$/i;

const holdsRun = (folder: string): boolean => readdirSync(folder).some((entry) => ofRun.test(entry));

/** Folders of replicas, each with the structure that its run ended with, are not calculations of one structure each. */
const holdsRuns = (folder: string): boolean =>
  holdsRun(folder) ||
  readdirSync(folder, { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && holdsRun(join(folder, entry.name)),
  );

const isFolderOfStructures = (path: string): boolean =>
  isFolder(path) && !holdsRuns(path) && holdsStructures(path);

/** Files that no run writes frames into. */
const isCrystalFile = (path: string): boolean =>
  isPoscarName(basename(path)) || extname(path).toLowerCase() === '.cif' || isFolderOfStructures(path);

/**
 * Whether files and folders are structures, each a row of its own, and not frames of trajectories: where options of structures are
 * given, where rows or properties are asked for and no table is joined, or where they are several crystals.
 * @throws LatentcvError `bad-argument` where options of structures are given with other files
 */
export function areStructures(names: readonly string[], options: NamedStructures): boolean {
  const { format, structure, rows, properties = [], weightsFrom } = options;
  const asked = Object.entries({
    propertiesFrom: options.propertiesFrom,
    skipUnreadable: options.skipUnreadable,
  }).find(([, value]) => value !== undefined)?.[0];
  const other = names.find((name) => !isStructureName(name) && !isFolderOfStructures(name));
  if (other !== undefined && format === undefined) {
    if (asked === undefined) return false;
    throw new LatentcvError(
      'bad-argument',
      `expected structures with ‘${asked}’ but received ${other}`,
      'structures are CIF, POSCAR or XYZ, or folders of them; ‘format’ says what a file is whose ending does not tell',
    );
  }
  const wanted = asked !== undefined || options.composition === true || rows === true;
  if (wanted && (other === undefined || asked !== undefined)) return true;
  if (other !== undefined || structure !== undefined || weightsFrom !== undefined) return false;
  return (
    properties.length > 0 ||
    isFolderOfStructures(names[0]) ||
    (names.length > 1 && names.every(isCrystalFile))
  );
}
