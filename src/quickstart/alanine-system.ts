import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { descriptorSet, type TorsionDescriptor } from '../descriptors/index.js';
import { gromacsEngine, type GromacsInstall, type MdEngine } from '../programs/index.js';
import type { QuickstartSettings, QuickstartSystem, TrajectoryFrames } from './system.js';
import {
  alanineAtoms,
  type AlanineAtoms,
  alanineCommands,
  prepareAlanine,
  type AlanineMd,
} from './systems/index.js';

const hot = 650;
const room = 300;
/** Runs that give training frames. */
const trainingRuns = 2;
/** Steps between frames, of training and of biased runs: 0.5 ps. */
const stride = 250;

export interface AlanineContext {
  gromacs: GromacsInstall;
  folder: string;
  settings: QuickstartSettings;
  signal?: AbortSignal;
}

/** Alanine dipeptide in vacuum: frames at 600 K, a biased run at 300 K, judged by φ and ψ. */
export async function alanineSystem(context: AlanineContext): Promise<QuickstartSystem<TrajectoryFrames>> {
  const { settings, gromacs } = context;
  const { trainingLength = 5 } = settings;
  const training = await prepareAll(context, trainingRuns, {
    temperature: hot,
    nanoseconds: trainingLength,
    framesEvery: stride,
    keepTrans: true,
  });
  const replicas = await prepareAll(context, settings.replicas, {
    temperature: room,
    nanoseconds: settings.length,
  });
  const { atoms, commands, structure } = training[0];
  const engine = (runs: Prepared[]): MdEngine => gromacsEngine({ gromacs, tprs: runs.map(({ tpr }) => tpr) });
  return {
    title: 'Alanine dipeptide along a learned collective variable',
    summary:
      `${settings.replicas} × ${settings.length} ns of OPES in GROMACS at ${room} K, in vacuum with AMBER99SB-ILDN, biased along ` +
      'one latent of an autoencoder that was trained on the 45 distances between heavy atoms. φ and ψ only judge it.',
    training: {
      engine: engine(training),
      frames: {
        kind: 'trajectory',
        file: 'md.xtc',
        structure,
        atoms: atoms.count,
        descriptors: 'distances heavy',
        against: descriptorSet([torsion(atoms.phi), torsion(atoms.psi)]),
      },
      options: { lag: 10, seed: settings.seed },
      run: {
        name: `${hot} K, unbiased`,
        engine: 'GROMACS',
        temperature: hot,
        nanoseconds: trainingRuns * trainingLength,
      },
      note: `${trainingRuns} × ${trainingLength} ns without a bias at ${hot} K, where both basins are seen, peptide bonds kept trans; a frame every 0.5 ps.`,
    },
    production: {
      engine: engine(replicas),
      input: userInput(atoms),
      temperature: room,
      barrier: 40,
      pace: 500,
      stride,
    },
    against: ['phi', 'psi'],
    question: {
      basins: [{ column: 'phi', interval: [0, 2.3] }],
      cores: {
        column: 'phi',
        sets: [
          [-2.8, -0.6],
          [0.5, 1.7],
        ],
      },
      every: 0.5,
    },
    expected: {
      symbol: 'ΔF(C7ax − C7eq)',
      reference: 9.97,
      referenceError: 0.23,
      referenceSource: 'OPES on φ and ψ, Invernizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00497',
      wantedError: 0.4,
      // a good CV makes 25 to 60 in a ns
      wantedTransitions: 10 * settings.length * settings.replicas,
    },
    figures: {
      x: { label: 'φ', unit: 'rad', domain: [-Math.PI, Math.PI] },
      y: { label: 'ψ', unit: 'rad', domain: [-Math.PI, Math.PI] },
      cv: { label: 'CV (node-0)' },
      states: { a: 'C7eq', b: 'C7ax', interval: [0, 2.3] },
    },
    temperatureOption: `--temperature ${room}`,
    preparation: [
      {
        caption: `A molecule, minimised, with a run input, in ${relativePath(dirname(training[0].tpr))}`,
        command: commands.join('\n'),
      },
    ],
    runCommand: (kind, { plumedInput, folder, replica }) => {
      const { tpr } = (kind === 'training' ? training : replicas)[replica];
      const length = kind === 'training' ? trainingLength : settings.length;
      const plumed = plumedInput === undefined ? '' : ` --plumed ${plumedInput}`;
      return `latentcv run --tpr ${relativePath(tpr)}${plumed} --folder ${folder} --length ${length}ns`;
    },
  };
}

const relativePath = (path: string): string => relative(process.cwd(), path);

const torsion = (atoms: AlanineAtoms['phi']): TorsionDescriptor => ({ kind: 'torsion', atoms: [...atoms] });

interface Prepared {
  tpr: string;
  structure: string;
  atoms: AlanineAtoms;
  commands: readonly string[];
}

function prepareAll(
  context: AlanineContext,
  count: number,
  run: Omit<AlanineMd, 'seed'>,
): Promise<Prepared[]> {
  const seeds = Array.from({ length: count }, (_, i) => context.settings.seed * 1000 + i);
  return Promise.all(seeds.map((seed) => prepare(context, { ...run, seed })));
}

/** Prepared once a folder: a run goes on only with the very run input it was started with. */
async function prepare({ folder: root, gromacs, signal }: AlanineContext, run: AlanineMd): Promise<Prepared> {
  const folder = join(root, 'system', `${run.temperature}K-seed-${run.seed}`);
  const [tpr, structure] = [join(folder, 'topol.tpr'), join(folder, 'minimise.gro')];
  if (!existsSync(tpr)) return prepareAlanine({ gromacs: gromacs.executable, folder, ...run, signal });
  return {
    tpr,
    structure,
    atoms: alanineAtoms(readFileSync(structure, 'utf8')),
    commands: alanineCommands(run),
  };
}

/** What someone who knows alanine dipeptide has in a plumed.dat. */
function userInput({ phi, psi }: AlanineAtoms): string {
  return [
    '# what we watch: the two torsions that tell the states of alanine dipeptide apart',
    `phi: TORSION ATOMS=${phi.join(',')}`,
    `psi: TORSION ATOMS=${psi.join(',')}`,
    '',
  ].join('\n');
}
