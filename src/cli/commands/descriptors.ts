import { Command } from 'commander';
import { z } from 'zod';
import { descriptorLabels, descriptorSetText } from '../../descriptors/index.js';
import { expectTablePlace, writeTable, writeTables, type FrameBatch } from '../../frames/index.js';
import { counted, LatentcvError, setting } from '../../support/index.js';
import { trainOptionsSchema } from '../../training/index.js';
import { definitionSchema } from '../../trajectories/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import type { TrajectoriesWithBias } from '../frames/index.js';
import {
  addSettings,
  compositionSettings,
  frameSettings,
  jsonSettings,
  optionalOutputSettings,
  structureRowSettings,
  timeRange,
  type Given,
} from '../options/index.js';
import {
  definitionOf,
  filesNamed,
  trajectoryReading,
  trajectorySettings,
} from '../options/trajectories/index.js';
import { joinedTableSettings, weighingSettings } from '../options/weighing/index.js';
import type { Progress } from '../progress.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv descriptors conf.gro --descriptors 'distances heavy'
  latentcv descriptors traj.xtc --structure conf.gro --descriptors 'torsions backbone' \\
      --output features.h5
  latentcv descriptors run1 run2 --output features.h5
  latentcv descriptors complex.pdb --descriptors 'ligand=resname LIG' \\
      --descriptors 'contacts ligand (protein and heavy) cutoff 0.6 r0=0.45'
  latentcv descriptors crystals/ --composition --output features.csv \\
      --descriptors 'coordination all d0=0.25 dmax=0.45 form=cubic mean by elements'

With --output, the descriptors of every frame are written, with their times: to a CSV, NPY or HDF5
file where its ending says so, else to a PLUMED table; each trajectory to a file of its own. A
folder of a run, or --weights-from, adds the columns of the bias, joined by time. The table keeps
what its columns are (beside itself, in FILE.descriptors, where it is no PLUMED table), so that a
model trained on it is evaluated from atoms.

Structures that differ in size and elements (a folder of CIF, POSCAR or extended XYZ, several such
files, or any with --rows) become a row each, named by file, by descriptors whose number is the same
in all of them: rdf, coordination … mean, pair-entropy, debye, similarity, steinhardt, volume all.
Where these look farther than half a cell, images count: a unit cell has the crystal's numbers.

Statements: distances, inverse-distances, sorted-distances, contacts, coordination of one group or
between two; angles and torsions of a group; torsions phi psi omega chi1; positions GROUP aligned
FILE; rmsd GROUP aligned FILE, or rmsd LIGAND aligned FILE on HOST; gyration GROUP, also by mass;
distance, angle and torsion of two, three and four places. A place, or a group but for angles,
torsions and positions, may be a centre: centre (resname LIG), com (…) by mass; host = centre (…)
names one. In a periodic box a centre's atoms are made whole, each next to the one before it.
hydrogen-bonds DONORS ACCEPTORS (r0=0.25, of H…A), also summed; rings RING RING, and stacking, which
does not tell faces apart; equivalent-distances GUEST ARM ARM …, sorted over equivalent groups.
In the frame of a host, whose atoms are laid on those of a file: positions GUEST aligned FILE on
HOST (x, y, z of atoms or a centre), direction A B aligned FILE on HOST (cosines of the axis from A
to B), and fixed points of it: top = site 0 0 0.5 aligned FILE on HOST (nm); or instead, in frame
O A B: of three places, z from O to A, x on the side of B. depth P A B and radius P A B: along the
axis from A to B, seen from A, and away from it (A to B within half the box).
Of crystals: bragg GROUP hkl=333,600,{333} (peaks; indices count in the simulation box), steinhardt
GROUP l=4,6 [averaged] cutoff=0.5 (q_l of each atom: mean, moments=2,3, histogram 0.3..0.6 bins=10),
volume [GROUP], cell.
Of liquids and crystals, each also by elements: coordination GROUP r0=0.3 dmax=0.5 mean moments=2,3
histogram 6..14 (neighbours of each atom), rdf GROUP rmax=0.6 sigma=0.02 bins=30, pair-entropy GROUP
rmax=0.6 sigma=0.02, debye GROUP q=20,25 window=0.8 (scattering; q in 1/nm), piv GROUP r0=0.4
first=50 volume=3.2 (permutation invariant vector), similarity GROUP fcc=0.405 sigma=0.03 above=0.5
(or sc=, bcc=, diamond=, hcp=A,C, like FILE).
Of the neighbours around atoms, averaged over these, also by elements, or elements=Sr,Ti,O where
structures may lack one: soap GROUP cutoff=0.5 n=4 l=4 sigma=0.05 (power spectra; average=inner,
weighting=uniform), acsf GROUP cutoff=0.5 (Behler's functions=g1,g2,g4; eta=, rs=, angular-eta=,
zeta=, lambda= in place of those that are chosen).
rmsd … permuted (name O1) (name O2), or cyclic ARM ARM …: the least over the poses in which
equivalent atoms are exchanged, smooth by beta=100 (1/nm).
Selections are MDAnalysis' language with lengths in nm: name C* "not", resname CL-, resid
10-20 163A, chain A, segid X, index, serial, element, type, mass 11-13, x < 0.35, within 0.5 of
(ligand), around 0.5 (ligand), byres (…), same residue as (…), and, or, not; also heavy, hydrogen,
protein, backbone, sidechain, nucleic, water, ions, solute, ligand, and bare names of atoms or
residues. heavy alone is that of the solute where there is water. Options: cutoff 0.8 (nm, in the
structure), ever 0.6 (nm, in any of the frames that are read), separation 4 (residues), r0=0.45
d0=0 nn=6 mm=12, form=gaussian, beta=50, dmax=0.8: PLUMED's D_MAX, with which a coordination may
have thousands of partners.
`;

/** Of structures: which rows the table has, and what else of them. */
const structureTableSettings = {
  ...trainOptionsSchema.pick({ rows: true, properties: true, identifiers: true }).shape,
};

const settings = {
  ...optionalOutputSettings('write the descriptors of all frames: .colvar, .csv, .npy, .h5'),
  all: setting(z.boolean().optional(), { flag: 'all', description: 'every descriptor, not only how many' }),
  schema: setting(z.boolean().optional(), {
    flag: 'schema',
    description: 'print the JSON schema of a definition file',
  }),
  ...jsonSettings('for scripts'),
  ...frameSettings,
  ...trajectorySettings,
  ...structureRowSettings,
  ...compositionSettings,
  ...structureTableSettings,
  ...joinedTableSettings,
  bias: weighingSettings.bias,
};
type DescriptorsOptions = Given<typeof settings>;

/** `latentcv descriptors`: what a definition means in a system, and its values in frames. */
export function descriptorsCommand(): Command {
  const command = new Command('descriptors').argument(
    '[file...]',
    'the system (GRO, PDB, …); with --output, trajectories, or patterns',
  );
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (names: string[], options: DescriptorsOptions, command: Command) => {
      const { expandFiles, expandNames } = await import('../frames/index.js');
      const terminal = terminalFor(command);
      if (options.output !== undefined) {
        const structures = await expandNames(names);
        const { areStructures } = await import('../frames/structures/index.js');
        if (areStructures(structures, options))
          return writeStructures(structures, { ...options, output: options.output }, terminal);
      }
      const files = await (options.output === undefined ? expandFiles(names) : expandNames(names));
      if (options.output === undefined) return list(onlyFile(files) ?? options.structure, options, terminal);
      await writeDescriptors(files, { ...options, output: options.output }, terminal);
    });
}

/** The system to list; throws `bad-argument` for more than one. */
function onlyFile(files: readonly string[]): string | undefined {
  if (files.length <= 1) return files[0];
  throw new LatentcvError(
    'bad-argument',
    `expected one structure but received ${files.join(', ')}`,
    'with --output FILE, the descriptors of all frames of several trajectories are written',
  );
}

async function list(
  file: string | undefined,
  options: DescriptorsOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.schema) {
    terminal.print(JSON.stringify(definitionSchema(), undefined, 2));
    terminal.json(definitionSchema());
    return;
  }
  if (file === undefined)
    throw new LatentcvError(
      'bad-argument',
      'expected a structure but received none',
      'latentcv descriptors --help',
    );
  const { describeSystem } = await import('../../campaign/index.js');
  const definition = await definitionOf(options);
  const { expanded, reason, atoms, told } = await describeSystem({
    files: [file],
    structure: options.structure ?? file,
    reading: trajectoryReading(options),
    definition,
    expectAtoms: true,
  });
  const { set, expansions, groups } = expanded;
  const labels = descriptorLabels(set);
  terminal.print(`${file}: ${atoms} atoms; ${reason}`);
  for (const note of new Set([...told, ...expanded.notes])) terminal.note(note);
  for (const { name, selection, atoms: count } of groups)
    terminal.print(`${name} = ${selection}: ${count} atoms`);
  let at = 0;
  for (const { statement, descriptors } of expansions) {
    const own = labels.slice(at, (at += descriptors.length));
    const shown = own.length > 3 ? `${own[0]}, ${own[1]}, … ${own.at(-1)}` : own.join(', ');
    terminal.print(`${statement}: ${own.length} (${options.all ? own.join(', ') : shown})`);
  }
  terminal.print(`${labels.length} descriptors of ${set.atoms.length} atoms`);
  terminal.json({
    structure: file,
    atoms,
    groups,
    reason,
    descriptors: labels,
    serials: set.atoms,
    names: set.names,
    statements: expansions.map(({ statement, descriptors }) => ({ statement, count: descriptors.length })),
  });
}

/** Writes a table of structures, a row each, as `train` learns from it. */
async function writeStructures(
  names: readonly string[],
  options: DescriptorsOptions & { output: string },
  terminal: Terminal,
): Promise<void> {
  const { structureRows } = await import('../frames/structures/index.js');
  const { structureDataset } = await import('../../campaign/index.js');
  const { output, composition = false, properties = [], identifiers = [] } = options;
  const own = [...names, ...filesNamed(options)];
  await expectTablePlace(output, own);
  const descriptors = await definitionOf(options);
  const rows = await structureRows(
    names,
    {
      properties,
      definition: { composition, ...(descriptors && { descriptors }) },
      ...(identifiers[0] !== undefined && { id: identifiers[0] }),
    },
    options,
    terminal,
  );
  const written = await writeTable(output, structureDataset(rows), [...own, ...rows.files]);
  for (const { path, frames } of written) terminal.print(`${path}: ${counted(frames, 'structure')}`);
  terminal.json({ output, files: written, descriptors: rows.features.labels });
}

/** Writes the descriptors of trajectories' frames as a table, in flat memory. */
async function writeDescriptors(
  names: readonly string[],
  options: DescriptorsOptions & { output: string },
  terminal: Terminal,
): Promise<void> {
  if (names.length === 0)
    throw new LatentcvError(
      'bad-argument',
      'expected trajectories whose descriptors are written but received none',
    );
  const { describeSystem } = await import('../../campaign/index.js');
  const { joinedStream } = await import('../../campaign/index.js');
  const { files, joined, ...found } = await framesToDescribe(names, options, terminal);
  const { output, structure = found.structure, pbc } = options;
  const tables = Object.values(joined?.tables ?? {}).flat();
  const inputs = [...files, ...tables, ...filesNamed(options)];
  await expectTablePlace(output, inputs);
  const definition = await definitionOf(options);
  const reading = { ...trajectoryReading(options), timestep: options.timestep ?? found.timestep };
  const { expanded, reason, atoms } = await describeSystem({
    files,
    reading,
    structure,
    definition,
    pbc: pbc === false ? pbc : undefined,
  });
  const { set } = expanded;
  for (const note of expanded.notes) terminal.note(note);
  terminal.note(`${set.items.length} descriptors of ${set.atoms.length} atoms (${reason})`);
  let progress: Progress | undefined;
  const stream = await joinedStream(
    files,
    { set, atoms },
    {
      joined,
      reading: {
        ...reading,
        ...timeRange(options),
        onWarning: (line) => terminal.warn(line),
        onFrames: (done, all) => (progress ??= terminal.progress('frames', all)).update(done),
      },
    },
  );
  const { columns } = stream;
  const frames = interruptible(stream.batches(), terminal.signal);
  const kept = descriptorSetText(set);
  const written = await writeTables(output, columns, frames, inputs, kept).finally(() => progress?.stop());
  for (const { path, frames } of written) terminal.print(`${path}: ${frames} frames`);
  terminal.json({ output, files: written, descriptors: descriptorLabels(set) });
}

/** Trajectories, and the columns of the bias that are joined to their descriptors where tables or runs are named. */
async function framesToDescribe(
  names: readonly string[],
  options: DescriptorsOptions,
  terminal: Terminal,
): Promise<TrajectoriesWithBias> {
  const { isFolder, trajectoriesWithBias } = await import('../frames/index.js');
  const found = await trajectoriesWithBias(
    names,
    { ...options, replicas: 'independent', byModel: true },
    terminal,
  );
  if (found) return found;
  if (!names.some(isFolder)) return { files: names, columns: [] };
  throw new LatentcvError('bad-argument', `expected trajectories but received ${names.join(', ')}`);
}

async function* interruptible(
  batches: AsyncIterable<FrameBatch>,
  signal: AbortSignal,
): AsyncGenerator<FrameBatch> {
  for await (const batch of batches) {
    if (signal.aborted)
      throw new LatentcvError('interrupted', 'writing descriptors was stopped: nothing is left');
    yield batch;
  }
}
