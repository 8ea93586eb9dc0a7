import { gasConstant } from '../../sampling/index.js';
import { digits, LatentcvError } from '../../support/index.js';
import { temperatureWord, thermalOf, type BiasCommon, type BiasContext, type BiasLines } from './bias.js';
import { opes, type OpesBias } from './opes.js';

/**
 * OPES along the CV z of a committor beside the static bias from the gradient of q, which draws the run to the transition
 * state (Trizio, Kang & Parrinello 2025, doi:10.1038/s43588-025-00799-5). OPES isn't told of the other (no EXTRA_BIAS), as in the
 * inputs of mlcolvar's plumed_interfaces, so that z spreads evenly; frames weigh by the sum of both.
 */
export interface KolmogorovOpesBias extends Omit<OpesBias, 'kind'> {
  kind: 'kolmogorov+opes';
}

/** Relative difference of temperatures that is still one. */
const sameTemperature = 1e-3;

/** @throws LatentcvError `bad-argument`, `plumed-input` */
export function kolmogorovOpes(bias: KolmogorovOpesBias, context: BiasContext): BiasLines {
  checkTemperature(bias, context);
  const { modelLabel, names } = context;
  const label = names.label(undefined, 'kolmogorov');
  const along = opes({ ...bias, kind: 'opes' }, context);
  return {
    ...along,
    lines: [`${label}: BIASVALUE ARG=${modelLabel}.kolmogorov`, ...along.lines],
    printed: [`${label}.bias`, ...along.printed],
    notes: [
      ...along.notes,
      `the frames weigh by the sum of ${label}.bias and ${along.label}.bias`,
      ...(thermalOf(bias) === undefined
        ? ['‘temperature’ is left to the engine: where that does not tell PLUMED, ONNX_MODEL asks for TEMP']
        : []),
    ],
  };
}

/** The words of ONNX_MODEL that ask for the bias. */
export const kolmogorovWords = (bias: BiasCommon, context: Pick<BiasContext, 'units'>): string =>
  ` KOLMOGOROV${temperatureWord(bias, context)}`;

function checkTemperature(bias: KolmogorovOpesBias, { model: { kolmogorov }, units }: BiasContext): void {
  if (!kolmogorov)
    throw new LatentcvError(
      'bad-argument',
      'expected a model with the bias from the gradient of its committor for kolmogorov+opes but it has none',
      'train with method committor and ‘temperature’ (or ‘kT’)',
    );
  const kT = thermalOf(bias);
  const expected = gasConstant * kolmogorov.temperature;
  if (kT === undefined || Math.abs(kT / expected - 1) < sameTemperature) return;
  const show = (energy: number): string =>
    units.natural ? `kT = ${digits(energy, 6)}` : `${digits(energy / gasConstant, 6)} K`;
  throw new LatentcvError(
    'bad-argument',
    `expected ${show(expected)}, at which the model has the bias from its committor, but the run is at ${show(kT)}`,
    'train at the temperature of the run',
  );
}
