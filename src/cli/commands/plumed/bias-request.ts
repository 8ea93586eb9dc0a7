import type { BiasRequest } from '../../../plumed/index.js';
import { LatentcvError, settingFacts } from '../../../support/index.js';
import { settings, type PlumedOptions } from './options.js';

/** Which options belong to which kinds, of those that do not belong to all. */
const ofKinds: Partial<Record<keyof PlumedOptions, readonly PlumedOptions['bias'][]>> = {
  barrier: ['opes', 'opes-explore', 'kolmogorov+opes', 'metad', 'pbmetad'],
  height: ['metad', 'pbmetad'],
  sigma: ['opes', 'opes-explore', 'kolmogorov+opes', 'metad', 'pbmetad'],
  adaptiveSigma: ['opes', 'opes-explore', 'kolmogorov+opes'],
  sigmaMin: ['opes', 'opes-explore', 'kolmogorov+opes'],
  biasFactor: ['metad', 'pbmetad'],
  temperatures: ['opes-expanded'],
  at: ['restraint', 'steered', 'umbrella'],
  to: ['steered', 'umbrella'],
  steps: ['steered'],
  kappa: ['restraint', 'steered', 'umbrella'],
  windows: ['umbrella'],
  overlap: ['umbrella'],
};

/**
 * The bias that the options ask for; none for umbrella windows, which have one each.
 * @throws LatentcvError `bad-argument` where an option is missing, or is of another kind of bias
 */
export function biasRequest(options: PlumedOptions): BiasRequest {
  refuseOthers(options);
  const { components, temperature, kT, pace, barrier, height, biasFactor, bias: kind } = options;
  const common = { components, temperature, kT };
  switch (kind) {
    case 'none':
    case 'umbrella':
      return { kind: 'none' };
    case 'opes':
    case 'opes-explore':
    case 'kolmogorov+opes':
      return {
        ...{ kind, barrier, pace, sigma: opesWidth(options) },
        ...(options.sigmaMin && { sigmaMin: oneOrEach(options.sigmaMin) }),
        ...common,
      };
    case 'opes-expanded':
      return { kind, temperatures: needed('temperatures', options), pace, temperature, kT };
    case 'metad':
    case 'pbmetad':
      return { kind, height, biasFactor, barrier, pace, sigma: oneOrEach(options.sigma), ...common };
    case 'restraint':
      return { kind, at: oneOrEach(needed('at', options)), kappa: oneOrEach(options.kappa), ...common };
    case 'steered': {
      const [at, to] = (['at', 'to'] as const).map((key) => oneOrEach(needed(key, options)));
      return { kind, at, to, steps: needed('steps', options), kappa: oneOrEach(options.kappa), ...common };
    }
  }
}

function opesWidth({ sigma, adaptiveSigma }: PlumedOptions): number | number[] | 'adaptive' | undefined {
  return adaptiveSigma ? 'adaptive' : oneOrEach(sigma);
}

/** A single number is that of every component. */
function oneOrEach(values: number[]): number | number[];
function oneOrEach(values: number[] | undefined): number | number[] | undefined;
function oneOrEach(values: number[] | undefined): number | number[] | undefined {
  return values?.length === 1 ? values[0] : values;
}

const flag = (key: keyof typeof settings): string => `--${settingFacts(settings[key]).flag}`;

function refuseOthers(options: PlumedOptions): void {
  for (const [key, kinds] of Object.entries(ofKinds)) {
    const name = key as keyof typeof settings;
    if (options[name] === undefined || kinds.includes(options.bias)) continue;
    throw new LatentcvError(
      'bad-argument',
      `expected --bias ${kinds.join(' or ')} with ${flag(name)} but received --bias ${options.bias}`,
      'latentcv plumed --help',
    );
  }
  if (options.adaptiveSigma && options.sigma)
    throw new LatentcvError('bad-argument', 'expected --sigma or --adaptive-sigma but received both');
}

function needed<Key extends keyof PlumedOptions>(
  key: Key,
  options: PlumedOptions,
): NonNullable<PlumedOptions[Key]> {
  const value = options[key];
  if (value !== undefined) return value;
  throw new LatentcvError(
    'bad-argument',
    `expected ${flag(key)} with --bias ${options.bias} but found none`,
    'latentcv plumed --help',
  );
}
