import { Command } from 'commander';
import { LatentcvError } from '../../support/errors.js';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor, type Terminal } from '../terminal.js';
import { addTrajectoryOptions, definitionOf, type TrajectoryOptions } from '../trajectory-options.js';

const help = `
Example:
  latentcv descriptors conf.gro --descriptors 'distances heavy'
  latentcv descriptors complex.pdb --descriptors 'ligand=resname LIG' --descriptors 'contacts ligand (protein and heavy) cutoff 0.6 r0=0.45'

Statements: distances, inverse-distances, sorted-distances, contacts, coordination of one group or between two; angles
and torsions of a group; torsions phi psi omega chi1; positions GROUP aligned FILE. Selections are chemfiles' language
with heavy, hydrogen, protein, backbone, sidechain, water, solute, ranges (resid 10-20), and names of atoms or residues.
Options: cutoff 0.8 (nm, in the structure), separation 4 (residues), r0=0.45 d0=0 nn=6 mm=12, form=gaussian, beta=50.
`;

/** `latentcv descriptors`: what a definition means in a system. */
export function descriptorsCommand(): Command {
  const command = new Command('descriptors')
    .description('list what a definition of descriptors means in a system')
    .argument('[structure]', 'the system: GRO, PDB, …')
    .option('--all', 'every descriptor, not only how many')
    .option('--schema', 'print the JSON schema of a definition file')
    .option('--json', 'for scripts');
  return addTrajectoryOptions(command)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (file: string | undefined, options: DescriptorsOptions, command: Command) => {
      await list(file ?? options.structure, options, terminalFor(command));
    });
}

interface DescriptorsOptions extends TrajectoryOptions {
  all?: boolean;
  schema?: boolean;
}

async function list(
  file: string | undefined,
  options: DescriptorsOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.schema) {
    const { definitionSchema } = await import('../../trajectories/index.js');
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
  const { descriptorLabels } = await import('../../descriptors/index.js');
  const definition = await definitionOf(options);
  const { expanded, reason, atoms } = await describeSystem({
    files: [file],
    structure: file,
    ...(definition && { definition }),
  });
  const { set, expansions, groups } = expanded;
  const labels = descriptorLabels(set);
  terminal.print(`${file}: ${atoms} atoms; ${reason}`);
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
