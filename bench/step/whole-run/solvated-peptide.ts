import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../../src/programs/run-program.js';
import { alaninePdb } from '../../../src/quickstart/systems/alanine-structure.js';
import type { GromacsInstall } from '../../../src/programs/index.js';

/** Edge of the cubic box in nm: about 3,100 atoms. */
const boxEdge = 3.2;

const dynamics = {
  'cutoff-scheme': 'Verlet',
  coulombtype: 'PME',
  rcoulomb: 0.9,
  rvdw: 0.9,
  constraints: 'h-bonds',
};
const minimisation = { integrator: 'steep', nsteps: 500, ...dynamics };
const run = {
  integrator: 'sd',
  dt: 0.002,
  nsteps: -1,
  'tc-grps': 'System',
  'tau-t': 1,
  'ref-t': 300,
  'gen-vel': 'yes',
  'gen-temp': 300,
  'gen-seed': 1,
  'ld-seed': 1,
  nstcalcenergy: 100,
  nstenergy: 10000,
  nstlog: 10000,
  ...dynamics,
};

const commands: readonly string[] = [
  'pdb2gmx -f alanine.pdb -ff amber99sb-ildn -water tip3p -o conf.gro -p topol.top -i posre.itp',
  `editconf -f conf.gro -o box.gro -c -box ${boxEdge} ${boxEdge} ${boxEdge}`,
  'solvate -cp box.gro -cs spc216.gro -o water.gro -p topol.top',
  'grompp -f minimise.mdp -c water.gro -p topol.top -o minimise.tpr -po minimise-out.mdp',
  'mdrun -s minimise.tpr -deffnm minimise -ntmpi 1 -ntomp 1',
  'grompp -f run.mdp -c minimise.gro -p topol.top -o topol.tpr -po run-out.mdp',
];

export interface SolvatedPeptide {
  /** For `gmx mdrun -s`. */
  tpr: string;
  atoms: number;
  /** Serials (from 1) of the peptide's heavy atoms, then of water oxygens. */
  heavy: number[];
}

const mdp = (settings: Record<string, string | number>): string =>
  Object.entries(settings)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');

/** Alanine dipeptide in TIP3P water with AMBER99SB-ILDN, minimised, and a run input for it without an end. */
export async function solvatedPeptide(gromacs: GromacsInstall, folder: string): Promise<SolvatedPeptide> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'alanine.pdb'), alaninePdb());
  await writeFile(join(folder, 'minimise.mdp'), mdp(minimisation));
  await writeFile(join(folder, 'run.mdp'), mdp(run));
  for (const [index, command] of commands.entries()) {
    const words = command.split(' ');
    const logPath = join(folder, `prepare-${index + 1}-${words[0]}.log`);
    const args = ['-quiet', '-nobackup', ...words];
    await runProgram({ command: gromacs.executable, args, cwd: folder, logPath });
  }
  const names = atomNames(await readFile(join(folder, 'minimise.gro'), 'utf8'));
  const heavy = names.flatMap((name, i) => (name.startsWith('H') ? [] : [i + 1]));
  return { tpr: join(folder, 'topol.tpr'), atoms: names.length, heavy };
}

/** From the fixed columns of a `.gro` file: title, count, atoms, box. */
function atomNames(gro: string): string[] {
  const lines = gro.split('\n');
  return lines.slice(2, 2 + Number(lines[1])).map((line) => line.slice(10, 15).trim());
}
