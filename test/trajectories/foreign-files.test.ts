import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  descriptorLabels,
  descriptorSet,
  type Descriptor,
  type DescriptorSet,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { readTables, type Dataset } from '../../src/frames/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { readTrajectory } from '../../src/trajectories/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { findPlumed, runDriver } from '../../src/programs/index.js';

// Files of GROMACS, CHARMM, NAMD, AMBER and LAMMPS from MDAnalysisTests. test/fixtures/foreign_trajectories.py reads them
// with MDTraj and computes in numpy: another reader, another definition of every descriptor.

const files = join(cacheFolder(), 'foreign-trajectories');
const plumed = await findPlumed();
const skip = !existsSync(files) && 'the files are not there: npm run setup -- --for test';

type Kind = 'distance' | 'contact' | 'angle' | 'torsion';
interface Reference {
  atoms: number;
  frames: number;
  /** Frames of `values`. */
  wanted: number[];
  /** Kind, and atoms by serial. */
  descriptors: [Kind, number[]][];
  /** ps and MD steps, null where the file tells none. */
  times: number[] | null;
  steps: number[] | null;
  /** `[wanted][descriptors]`, nm and rad. */
  values: number[][];
}

function readReferences(): Record<string, Reference> {
  const python = join(cacheFolder(), 'python', 'bin', 'python');
  const script = join(packageRoot(), 'test', 'fixtures', 'foreign_trajectories.py');
  const output = join(temporaryFolder('foreign'), 'references.json');
  execFileSync(python, [script, files, output], { stdio: 'ignore' });
  return JSON.parse(readFileSync(output, 'utf8')) as Record<string, Reference>;
}

const references = skip ? {} : readReferences();
const switching: SwitchingFunction = { form: 'rational', r0: 0.6, d0: 0, nn: 6, mm: 12 };
const setOf = ({ descriptors }: Reference): DescriptorSet =>
  descriptorSet(
    descriptors.map(
      ([kind, atoms]) => ({ kind, atoms, ...(kind === 'contact' && { switching }) }) as Descriptor,
    ),
  );

const read = (name: string, timestep?: number): Promise<Dataset> =>
  readTrajectory(
    [join(files, name)],
    { set: setOf(references[name]), atoms: references[name].atoms },
    { ...(timestep !== undefined && { timestep }) },
  );

type Tolerances = Record<Kind, number>;

/**
 * nm and rad. Both readers take a file's numbers as they are, in single precision or as text, and go on in double, so
 * what is left between them is the round-off of a few operations.
 */
const inDouble: Tolerances = { distance: 1e-14, contact: 1e-14, angle: 1e-13, torsion: 1e-13 };
/** PLUMED finds the nearest image in scaled coordinates: round-off of the box's length, over bonds of 0.1 nm. */
const inPlumed: Tolerances = { distance: 2e-13, contact: 2e-13, angle: 5e-12, torsion: 5e-11 };
/**
 * MDTraj keeps the text of GRO and PDB files in single precision: 5e-7 nm at 8 nm; angles and torsions turn by ten times
 * as much and more, where atoms are close or nearly in line.
 */
const inSingle: Tolerances = { distance: 2e-6, contact: 5e-6, angle: 2e-5, torsion: 1e-4 };
const tolerancesOf = (name: string): Tolerances => (/\.(gro|pdb)$/.test(name) ? inSingle : inDouble);

/** Holds wanted frames of a table against the reference. */
function assertSame({ data, frames }: Dataset, name: string, tolerances: Tolerances): void {
  const { descriptors, values, wanted, frames: expected } = references[name];
  assert.equal(frames, expected);
  wanted.forEach((frame, row) =>
    descriptors.forEach(([kind, atoms], i) => {
      const [received, value] = [data[frame * descriptors.length + i], values[row][i]];
      const difference = Math.abs(received - value);
      const off = kind === 'torsion' ? Math.min(difference, 2 * Math.PI - difference) : difference;
      const what = `${name}, frame ${frame}, ${kind} ${atoms.join(' ')}: ${received}, not ${value}`;
      assert.ok(off <= tolerances[kind], what);
    }),
  );
}

describe('frames that another program wrote are those that MDTraj and numpy see', { skip }, () => {
  for (const name of Object.keys(references)) {
    const { times, steps } = references[name];

    it(`${name}: descriptors`, async () => {
      assertSame(await read(name, 1), name, tolerancesOf(name));
    });

    // chemfiles does not tell the times of NetCDF files
    if (times && !/\.(nc|ncdf)$/.test(name))
      it(`${name}: times, ps`, async () => {
        const received = await read(name);
        times.forEach((time, i) => assert.ok(Math.abs(received.time[i] - time) < 1e-9 * (1 + time), `${i}`));
      });
    else if (steps)
      it(`${name}: MD steps`, async () => {
        assert.deepEqual(
          [...(await read(name, 0.5)).time],
          steps.map((step) => 0.5 * step),
        );
      });
  }
});

describe("and those that PLUMED's own actions see", { skip }, () => {
  for (const name of ['adk_oplsaa.xtc', 'adk_oplsaa.trr', 'adk_dims.dcd', 'SiN_tric_namd.dcd'])
    it(name, async () => {
      const folder = temporaryFolder('foreign');
      const set = setOf(references[name]);
      const labels = descriptorLabels(set);
      const print = `PRINT ARG=${labels.join(',')} FILE=COLVAR FMT=%22.15e`;
      const plumedFile = join(folder, 'plumed.dat');
      writeFileSync(plumedFile, [...descriptorStatements(set), print, ''].join('\n'));
      await runDriver({ plumed, cwd: folder, plumedFile, trajectory: join(files, name), timestep: 1 });
      assertSame(await readTables(join(folder, 'COLVAR')), name, inPlumed);
    });
});
