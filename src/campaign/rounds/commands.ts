import { basename } from 'node:path';
import type { CampaignPlan, FurtherOptions, Question } from './plan.js';

/** A CV that a round trains. */
export interface WantedCv {
  /** `r1-s2`: the model's file is called so. */
  name: string;
  method: string;
  /** ps */
  lag: number | undefined;
  seed: number;
}

const option = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];

const further = (options: FurtherOptions): string[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}=${String(value)}`],
  );

/** All that a round trains: each method and lag with every seed. */
export function wantedCvs({ training, seed }: CampaignPlan, round: number): WantedCv[] {
  const { methods, lags = [undefined], seeds } = training;
  return methods.flatMap((method) =>
    lags.flatMap((lag) =>
      Array.from({ length: seeds }, (_, i) => {
        const words = [
          `r${round}`,
          ...(methods.length > 1 ? [method] : []),
          ...(lags.length > 1 ? [`${lag}ps`] : []),
          `s${i + 1}`,
        ];
        return { name: words.join('-'), method, lag, seed: 1000 * seed + 100 * round + i };
      }),
    ),
  );
}

export function trainWords(
  { training }: CampaignPlan,
  { method, lag, seed }: Omit<WantedCv, 'name'>,
  frames: readonly string[],
  output: string,
): string[] {
  const { latent, columns, descriptors = [], options } = training;
  return [
    ...['train', ...frames, ...option('method', method), ...option('latent', latent)],
    ...option('lag', lag === undefined ? undefined : `${lag}ps`),
    ...option('columns', columns),
    ...descriptors.flatMap((definition) => option('descriptors', definition)),
    ...option('seed', seed),
    ...further(options),
    ...['--output', output],
  ];
}

const temperatureWords = ({ temperature, natural }: CampaignPlan): string[] =>
  option(natural ? 'kt' : 'temperature', temperature);

/** Of a bias along a model, whatever it is. */
function biasWords(plan: CampaignPlan, also: readonly string[]): string[] {
  const { bias, stride } = plan;
  return [
    ...option('barrier', bias.barrier),
    ...option('pace', bias.pace),
    ...option('components', bias.components?.join(',')),
    ...temperatureWords(plan),
    ...option('stride', stride),
    ...option('also', also.length > 0 ? also.join(',') : undefined),
    ...(measuresWidth(plan) ? ['--adaptive-sigma'] : []),
    ...further(bias.options),
  ];
}

/** Hot frames would tell widths that are too large for a run: OPES measures them in its first steps, unless the plan says them. */
const measuresWidth = ({ bias: { kind, options } }: CampaignPlan): boolean =>
  kind === 'opes' && !['sigma', 'adaptive-sigma', 'frames-temperature'].some((name) => name in options);

/** What a run is to be biased by and print. */
export interface WantedInput {
  /** The input without a bias. */
  base: string | undefined;
  model: string;
  kind: 'opes' | 'metad' | 'opes-explore' | 'opes-expanded' | 'none';
  also: readonly string[];
  walls?: readonly string[];
  /** K, of opes-expanded. */
  temperatures?: readonly [number, number];
}

export function plumedWords(plan: CampaignPlan, wanted: WantedInput, output: string): string[] {
  const { base, model, kind, also, walls = [], temperatures } = wanted;
  const plain = kind === 'none' || kind === 'opes-expanded';
  return [
    ...['plumed', ...(base === undefined ? [] : [base]), ...option('model', model), ...option('bias', kind)],
    ...(plain
      ? [
          ...temperatureWords(plan),
          ...option('stride', plan.stride),
          ...option('also', also.length > 0 ? also.join(',') : undefined),
        ]
      : biasWords(plan, also)),
    ...walls.flatMap((wall) => option('wall', wall)),
    ...option('temperatures', temperatures?.join('..')),
    ...['--output', output],
  ];
}

/** @param engine words that name the engine and its input */
export function runWords(engine: readonly string[], plumed: string | undefined, folder: string): string[] {
  return ['run', ...engine, ...option('plumed', plumed), '--folder', folder];
}

/** @param only the one pilot that is run; all are judged without it */
export function pilotWords(
  plan: CampaignPlan,
  models: readonly string[],
  wanted: {
    base: string | undefined;
    engine: readonly string[];
    folder: string;
    also: readonly string[];
    question: Question | undefined;
  },
  only?: string,
): string[] {
  const { base, engine, folder, also, question } = wanted;
  return [
    ...['pilot', ...models, ...option('plumed', base), ...engine, '--folder', folder],
    ...option('bias', plan.bias.kind),
    ...biasWords(plan, also),
    ...(question ? questionWords(question) : []),
    ...option('only', only === undefined ? undefined : basename(only, '.onnx')),
  ];
}

const questionWords = ({ basin, cores, every }: Question): string[] => [
  `--basin=${basin}`,
  ...(cores === undefined ? [] : [`--cores=${cores}`]),
  ...option('every', every === undefined ? undefined : `${every}ps`),
];

export function fesWords(folder: string, cv: string, question: Question): string[] {
  return ['fes', folder, '--cv', cv, ...questionWords(question)];
}

export function inspectWords({ training }: CampaignPlan, model: string, frames: readonly string[]): string[] {
  return ['inspect', model, ...frames, ...option('columns', training.columns)];
}
