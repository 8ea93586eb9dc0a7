import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../programs/index.js';
import { type AlanineAtoms, alanineAtoms } from './alanine-atoms.js';
import { boxEdge, dynamicsMdp, minimisationMdp, type AlanineMd } from './alanine-mdp.js';
import { alaninePdb } from './alanine-structure.js';

/** The run to come, and where. */
export interface AlanineOptions extends AlanineMd {
  /** The `gmx` command. */
  gromacs: string;
  /** Where everything is written; made if missing. */
  folder: string;
  /** Stops the preparation. */
  signal?: AbortSignal;
}

export interface AlanineRun {
  folder: string;
  /** Ready for `gmx mdrun -s`. */
  tpr: string;
  /** The minimised structure. */
  structure: string;
  atoms: AlanineAtoms;
  /** Potential energy after minimisation, kJ/mol. */
  minimisedEnergy: number;
  /** The commands that were run, for a report: each works when typed in `folder`. */
  commands: readonly string[];
}

/** Writes what a person would start from: `alanine.pdb` and the two `.mdp` files. */
function alanineFiles({ folder, ...run }: AlanineOptions): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'alanine.pdb'), alaninePdb());
  writeFileSync(join(folder, 'minimise.mdp'), minimisationMdp());
  writeFileSync(join(folder, 'run.mdp'), dynamicsMdp(run));
  if (run.keepTrans) writeFileSync(join(folder, 'trans.itp'), transRestraints);
}

/**
 * Both peptide bonds within 60° of 180° by flat-bottomed restraints, which are zero there. A bond turned cis in one of eight
 * runs of 5 ns at 600 K and in one of two at 800 K: it was then the slowest process of the frames, and the learned CV.
 */
const transRestraints = `[ dihedral_restraints ]
;  i   j   k   l  type  phi  dphi  kfac
   1   5   7   9     1  180    60   100
   9  15  17  19     1  180    60   100

`;

/** Puts the restraints into the topology, as `keepTransCommand` does. */
function restrain(topology: string): void {
  const text = readFileSync(topology, 'utf8');
  writeFileSync(topology, text.replace(/^\[ system \]/m, `${transRestraints}$&`));
}

const keepTransCommand = "sed -i '/^\\[ system \\]/e cat trans.itp' topol.top";

/** Arguments of `gmx`, in order, from `alanine.pdb` to `topol.tpr`. */
const steps: readonly string[] = [
  'pdb2gmx -f alanine.pdb -ff amber99sb-ildn -water none -o conf.gro -p topol.top -i posre.itp',
  `editconf -f conf.gro -o box.gro -box ${boxEdge} ${boxEdge} ${boxEdge}`,
  'grompp -f minimise.mdp -c box.gro -p topol.top -o minimise.tpr -po minimise-out.mdp',
  'mdrun -s minimise.tpr -deffnm minimise -nt 1',
  'grompp -f run.mdp -c minimise.gro -p topol.top -o topol.tpr -po run-out.mdp',
];

/** The same as typed by hand, in the run's folder. */
export function alanineCommands({ keepTrans }: Pick<AlanineMd, 'keepTrans'>): readonly string[] {
  const [first, ...others] = steps.map((step) => `gmx ${step}`);
  return [first, ...(keepTrans ? [keepTransCommand] : []), ...others];
}

/**
 * Alanine dipeptide in vacuum (AMBER99SB-ILDN, 22 atoms), minimised, and a run input for it: about a second.
 *
 * @throws LatentcvError `tool-failed` with GROMACS's own words, `missing-tool`, `interrupted`
 */
export async function prepareAlanine(options: AlanineOptions): Promise<AlanineRun> {
  alanineFiles(options);
  const { folder, gromacs, signal } = options;
  for (const [index, step] of steps.entries()) {
    const [tool] = step.split(' ');
    const logPath = join(folder, `prepare-${index + 1}-${tool}.log`);
    const args = ['-quiet', '-nobackup', ...step.split(' ')];
    await runProgram({ command: gromacs, args, cwd: folder, logPath, signal });
    if (tool === 'pdb2gmx' && options.keepTrans) restrain(join(folder, 'topol.top'));
  }
  const structure = join(folder, 'minimise.gro');
  return {
    folder,
    tpr: join(folder, 'topol.tpr'),
    structure,
    atoms: alanineAtoms(readFileSync(structure, 'utf8')),
    minimisedEnergy: readEnergy(readFileSync(join(folder, 'minimise.log'), 'utf8')),
    commands: alanineCommands(options),
  };
}

function readEnergy(log: string): number {
  return Number(/Potential Energy\s*=\s*(\S+)/.exec(log)?.[1] ?? NaN);
}
