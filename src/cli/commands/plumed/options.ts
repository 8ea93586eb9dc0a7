import { z } from 'zod';
import { parseWall, type WallRequest } from '../../../plumed/index.js';
import { setting, settingFacts } from '../../../support/index.js';
import {
  Expected,
  finiteNumber,
  jsonSettings,
  optionalOutputSettings,
  reads,
  type Given,
} from '../../options/index.js';
import { kTSettings } from '../../options/weighing/index.js';
import { confinementSettings } from './confinement.js';

export const help = `
Every line of the input is kept, byte for byte. Added are LOAD of the plugin, ONNX_MODEL, walls, a
bias and a PRINT. A model that knows its atoms needs no input. What is not said of a bias is chosen
by the model and by what is usual, and printed with its reason. Without a model, --sphere,
--cylinder or --funnel alone is added, with walls: for the frames that a first model learns from.

Example:
  latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 -o biased.dat
  latentcv plumed plumed.dat --model model.onnx --bias metad --height 1 --sigma 0.1 --bias-factor 10
  latentcv plumed --model model.onnx --barrier 40 --wall 'node-0 < 1.2' --wall 'outside < 0.2'
  latentcv plumed plumed.dat --model ../model.onnx --barrier 40 --relative -o biased.dat
  latentcv plumed natural.dat --model model.onnx --barrier 2 --kt 0.1
  latentcv plumed --model model.onnx --bias steered --at -1 --to 1 --steps 500000 -o pull.dat
  latentcv plumed --model model.onnx --bias umbrella --windows 16 --temperature 300 -o windows \\
    --frames traj.xtc --structure conf.gro
  latentcv plumed --model model.onnx --bias opes-expanded --temperatures 300..600 -o hot.dat
  latentcv plumed --model model.onnx --barrier 40 --funnel --pose complex.gro --host 'resname MGO' \\
    --guest 'resname CBU' --temperature 298.15 -o bind.dat
  latentcv plumed --sphere --pose complex.gro --host 'resname MGO' --guest 'resname CBU' \\
    -o first.dat
  latentcv plumed --cylinder --pose complex.gro --host 'resname MGO' --guest 'resname CBU' \\
    --wall 'depth > 0.9 kappa=200' -o pull.dat

Kinds of bias: opes (the bias becomes quasi-static: for free energies), opes-explore (it keeps
changing: for a first look along new CVs), opes-expanded (multithermal; not in GROMACS, which passes
no energy), kolmogorov+opes (of a committor: its bias towards the transition state, and OPES along
z), metad, pbmetad (each CV by itself: for more than two), restraint, steered (a restraint
that moves, with its work), umbrella (a folder of windows, each with the frame it starts from) and
none.
`;

const group = 'Bias';

/** `300..600` */
function temperatureRange(text: string): [number, number] {
  const [, low, high] = /^(.+)\.\.(.+)$/.exec(text.trim()) ?? [];
  const range: [number, number] = [finiteNumber(low ?? ''), finiteNumber(high ?? '')];
  if (range[0] > 0 && range[1] > range[0]) return range;
  throw new Expected('a range of temperatures in K such as 300..600');
}

function wall(text: string): WallRequest {
  const found = parseWall(text);
  if (found) return found;
  throw new Expected("a wall such as 'node-0 < 0.9' or 'd1 > 0.3 kappa=500'");
}

const biasKinds = [
  'opes',
  'opes-explore',
  'opes-expanded',
  'kolmogorov+opes',
  'metad',
  'pbmetad',
  'restraint',
  'steered',
  'umbrella',
  'none',
] as const;

const fileSettings = {
  model: setting(z.string().optional(), {
    flag: 'model',
    value: 'file',
    description: 'the model; without one only what keeps a guest near its host is added',
  }),
  ...optionalOutputSettings('where to write', 'the screen'),
  mode: setting(z.enum(['auto', 'atoms', 'arg']).default('auto'), {
    flag: 'mode',
    value: 'mode',
    description: "compute from atoms, or from the input's labels",
  }),
  renumber: setting(z.string().optional(), {
    flag: 'renumber',
    value: 'structure',
    description: "find the model's atoms by residue and name in this structure (GRO, PDB, …)",
  }),
  plugin: setting(z.string().optional(), {
    flag: 'plugin',
    value: 'file',
    description: 'the plugin',
    otherwise: 'the one built for this PLUMED',
  }),
  relative: setting(z.boolean().optional(), {
    flag: 'relative',
    description:
      'name model and plugin from the folder of the output, and copy there what lies elsewhere: the folder can be moved',
  }),
  ...jsonSettings('what was added, for scripts'),
};

const growingSettings = {
  barrier: setting(z.number().positive().optional(), {
    flag: 'barrier',
    value: 'energy',
    unit: 'kJ/mol',
    group,
    description: 'highest barrier to cross, kJ/mol; metadynamics takes its bias factor from it',
    otherwise: '16 kT',
  }),
  height: setting(z.number().positive().optional(), {
    flag: 'height',
    value: 'energy',
    unit: 'kJ/mol',
    group,
    description: 'metadynamics: height of the first hills, kJ/mol',
    otherwise: 'half a kT',
  }),
  sigma: setting(z.array(z.number().positive()).optional(), {
    flag: 'sigma',
    value: 'widths',
    group,
    example: '0.1,0.2',
    description: 'width of hills or first kernels, one or one for each component',
    otherwise: "by the narrowest basin's",
  }),
  adaptiveSigma: setting(z.boolean().optional(), {
    flag: 'adaptive-sigma',
    group,
    description: 'OPES: measure the width in the first steps of the run instead',
  }),
  sigmaMin: setting(z.array(z.number().positive()).optional(), {
    flag: 'sigma-min',
    value: 'widths',
    group,
    example: '0.03',
    description: 'OPES: kernels are never narrower, in units of the CV, one or one for each component',
    otherwise: 'no limit',
  }),
  biasFactor: setting(z.number().positive().optional(), {
    flag: 'bias-factor',
    value: 'factor',
    group,
    description: 'metadynamics: bias factor',
    otherwise: 'barrier over kT, else 10',
  }),
  pace: setting(z.number().int().min(1).default(500), {
    flag: 'pace',
    value: 'steps',
    group,
    description: 'steps between kernels or hills',
  }),
};

const restraintSettings = {
  at: setting(z.array(z.number()).optional(), {
    flag: 'at',
    value: 'positions',
    group,
    example: '0.5',
    description: 'restraint: where, one or one for each component; steered, umbrella: where it starts',
  }),
  to: setting(z.array(z.number()).optional(), {
    flag: 'to',
    value: 'positions',
    group,
    example: '1',
    description: 'steered, umbrella: where it ends',
    otherwise: 'umbrella: the training range',
  }),
  steps: setting(z.number().int().min(1).optional(), {
    flag: 'steps',
    value: 'steps',
    group,
    description: 'steered: steps that it takes',
  }),
  windows: setting(z.number().int().min(2).optional(), {
    flag: 'windows',
    value: 'count',
    group,
    description: 'umbrella: how many windows',
    otherwise: 'as many as --kappa needs, else 20',
  }),
  overlap: setting(z.number().min(0.01).max(0.99).optional(), {
    flag: 'overlap',
    value: 'part',
    group,
    example: '0.3',
    description: "umbrella: what neighbouring windows' distributions have in common, 0 to 1",
    otherwise: '0.3',
  }),
  kappa: setting(z.array(z.number().positive()).optional(), {
    flag: 'kappa',
    value: 'constants',
    group,
    example: '500',
    description: 'restraint, steered, umbrella: spring constant, kJ/mol per unit of the CV squared',
    otherwise: 'the CV fluctuates by a twentieth of its training range; umbrella: by the overlap',
  }),
};

export const settings = {
  ...fileSettings,
  bias: setting(z.enum(biasKinds).default('opes'), {
    flag: 'bias',
    value: 'kind',
    group,
    description: 'bias along the CVs',
  }),
  ...growingSettings,
  temperatures: setting(reads(temperatureRange).optional(), {
    flag: 'temperatures',
    value: 'range',
    group,
    example: '300..600',
    description: 'opes-expanded: lowest and highest temperature, K',
  }),
  ...restraintSettings,
  wall: setting(z.array(reads(wall)).optional(), {
    flag: 'wall',
    value: 'rule',
    each: true,
    group,
    example: 'node-0 < 0.9',
    description:
      "a wall, whatever the bias: 'node-0 < 0.9', 'uncertainty < 0.1', 'outside < 0.2', 'd1 > 0.3 kappa=500', without a model such as this last; may be repeated",
  }),
  frames: setting(z.array(z.string()).optional(), {
    flag: 'frames',
    value: 'files',
    several: true,
    group,
    description:
      "frames whose basins' widths SIGMA is taken from, and that umbrella windows start from: tables, or trajectories",
    otherwise: 'as the model tells of its training',
  }),
  structure: setting(z.string().optional(), {
    flag: 'structure',
    value: 'file',
    group,
    description: 'names and residues of the atoms of these trajectories: GRO, PDB, …',
  }),
  framesTemperature: setting(z.number().positive().optional(), {
    flag: 'frames-temperature',
    value: 'kelvin',
    group,
    description:
      'at which the frames (of the training, too) were run, in K: widths grow with its square root',
  }),
  components: setting(z.array(z.string()).optional(), {
    flag: 'components',
    value: 'names',
    group,
    example: 'node-0,node-1',
    description: 'components to bias',
    otherwise: 'all',
  }),
  temperature: setting(z.number().positive().optional(), {
    flag: 'temperature',
    value: 'kelvin',
    group,
    description: 'of the run, in K, where the engine does not tell PLUMED; widths and energies go by it',
  }),
  kT: setting(kTSettings.kT, { ...settingFacts(kTSettings.kT), group }),
  stride: setting(z.number().int().min(1).default(500), {
    flag: 'stride',
    value: 'steps',
    group: 'Printed frames',
    description: 'steps between printed frames',
  }),
  colvar: setting(z.string().optional(), {
    flag: 'colvar',
    value: 'file',
    group: 'Printed frames',
    description: 'file of the printed frames',
    otherwise: 'COLVAR, or another name where that is taken',
  }),
  ...confinementSettings,
  also: setting(z.array(z.string()).optional(), {
    flag: 'also',
    value: 'labels',
    group: 'Printed frames',
    example: 'phi,psi',
    description: 'labels of the input to print as well',
  }),
  gradient: setting(z.boolean().optional(), {
    flag: 'gradient',
    group: 'Printed frames',
    description:
      "lengths of the CVs' gradients as well, for fes --geometric; costs derivatives at every step",
  }),
};

export type PlumedOptions = Given<typeof settings>;
/** Of what biases along a model. */
export type OptionsWithModel = PlumedOptions & { model: string };

export const hasModel = (options: PlumedOptions): options is OptionsWithModel => options.model !== undefined;
