import { gasConstant } from '../../sampling/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import type { BasinWidths, PlumedModel } from '../model-arguments.js';
import { thermalOf, type BiasCommon, type BiasContext } from './bias.js';

/**
 * What is taken where nothing is said, with the reason as a note. PACE 500, BARRIER of 16 kT (40 kJ/mol at 300 K) and the
 * width of a basin as SIGMA are what OPES's authors use for alanine peptides (PACE=500, BARRIER=50, SIGMA=0.15:
 * plumID:19.068, of Invernizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00497) and PLUMED's manual in its examples (PACE=500,
 * BARRIER=40). Hills of half a kT (1.2 kJ/mol at 300 K), half a basin wide, and a bias factor of 10 are those of PLUMED's
 * tutorials on metadynamics.
 */
export const defaultPace = 500;
const barrierInKT = 16;
const heightInKT = 0.5;
const defaultBiasFactor = 10;
/** Where neither temperature nor kT is told, an energy is that of this temperature, K. */
const assumedTemperature = 300;

/** A value, and the note that tells it where it was not asked for. */
export interface Chosen<Value> {
  value: Value;
  notes: string[];
}

/** A width in three digits. */
const rounded = (width: number): number => Number(digits(width, 3));

const asked = <Value>(value: Value): Chosen<Value> => ({ value, notes: [] });

/**
 * kT of the run, or at 300 K where nobody tells it.
 * @param needed the option that would make it needless, for inputs in natural units
 * @throws LatentcvError `plumed-input` in natural units without kT
 */
export function someKT(
  common: BiasCommon,
  { units }: BiasContext,
  needed: string,
): { kT: number; at: string } {
  const known = thermalOf(common);
  if (known !== undefined) return { kT: known, at: units.natural ? 'kT' : `${common.temperature} K` };
  if (!units.natural) return { kT: gasConstant * assumedTemperature, at: `${assumedTemperature} K` };
  throw new LatentcvError(
    'plumed-input',
    `expected ‘kT’, or ‘${needed}’, for an input in natural units but found neither`,
  );
}

const inUnits = (energy: number, { units }: BiasContext): string =>
  `${digits(energy, 3)}${units.natural ? '' : ' kJ/mol'}`;

/** BARRIER of OPES, kJ/mol. */
export function barrierOf(
  barrier: number | undefined,
  common: BiasCommon,
  context: BiasContext,
): Chosen<number> {
  if (barrier !== undefined) return asked(barrier);
  const { kT, at } = someKT(common, context, 'barrier');
  const value = Number(digits(barrierInKT * kT, 2));
  return {
    value,
    notes: [
      `BARRIER: ${inUnits(value, context)}, ${barrierInKT} kT at ${at}, as in the examples of PLUMED's manual; ‘barrier’ says what your highest barrier is`,
    ],
  };
}

/** HEIGHT of the first hills, kJ/mol. */
export function heightOf(
  height: number | undefined,
  common: BiasCommon,
  context: BiasContext,
): Chosen<number> {
  if (height !== undefined) return asked(height);
  const { kT, at } = someKT(common, context, 'height');
  const value = Number(digits(heightInKT * kT, 2));
  return { value, notes: [`HEIGHT: ${inUnits(value, context)}, half a kT at ${at}`] };
}

/** The bias factor γ: by the barrier, which is lowered to ΔF/γ = kT (as OPES sets its own), else 10. */
export function biasFactorOf(
  biasFactor: number | undefined,
  barrier: number | undefined,
  common: BiasCommon,
  context: BiasContext,
): Chosen<number> {
  if (biasFactor !== undefined) return asked(biasFactor);
  if (barrier === undefined)
    return {
      value: defaultBiasFactor,
      notes: [
        `BIASFACTOR: ${defaultBiasFactor}, as usual; ‘barrier’${context.units.natural ? '' : ' (kJ/mol)'} makes it barrier/kT`,
      ],
    };
  const { kT, at } = someKT(common, context, 'biasFactor');
  const value = Number(digits(Math.max(2, barrier / kT), 3));
  return { value, notes: [`BIASFACTOR: ${value}, the barrier over kT at ${at}, which lowers it to a kT`] };
}

/**
 * Widths of basins at the run's temperature: in a harmonic basin they grow with √T.
 * @returns undefined where the model (or frames) tell no widths
 */
export function basinWidths(
  { basinWidths: widths }: PlumedModel,
  outputs: readonly number[],
  { temperature }: BiasCommon,
): Chosen<number[]> | undefined {
  if (!widths) return undefined;
  const values = outputs.map((i) => widths.values[i]);
  if (!values.every((width) => width > 0)) return undefined;
  const scales = temperature !== undefined && widths.temperature !== undefined;
  const factor = scales ? Math.sqrt(temperature / widths.temperature!) : 1;
  return {
    value: values.map((width) => factor * width),
    notes: [why(widths, temperature)],
  };
}

function why({ of, temperature: seen }: BasinWidths, temperature: number | undefined): string {
  const narrowest = `the narrowest basin's width in ${of}`;
  if (seen !== undefined && temperature === seen) return `${narrowest}, at ${seen} K`;
  if (seen !== undefined && temperature !== undefined)
    return `${narrowest}, from ${seen} K to ${temperature} K by √T`;
  const unknown =
    seen === undefined
      ? '‘framesTemperature’ (K) says at what they were run'
      : '‘temperature’ says at what it runs';
  return `${narrowest}, which grows with √T: ${unknown}`;
}

/**
 * SIGMA of OPES: as asked, else the narrowest basin's width, else left to OPES, which measures it in its first 10 PACE steps.
 * @returns no value where OPES is to adapt it
 */
export function opesSigma(
  sigma: number | readonly number[] | 'adaptive' | undefined,
  outputs: readonly number[],
  common: BiasCommon,
  { model }: BiasContext,
): Chosen<number | readonly number[] | undefined> {
  if (sigma === 'adaptive') return asked(undefined);
  if (sigma !== undefined) return asked(sigma);
  const found = basinWidths(model, outputs, common);
  if (found) return { value: found.value.map(rounded), notes: [`SIGMA: ${found.notes[0]}`] };
  const note = `SIGMA: adaptive, as neither model nor frames tell how wide basins are: OPES measures it in its first 10 PACE steps; ‘frames’ tells`;
  return { value: undefined, notes: [note] };
}

/**
 * SIGMA of hills: as asked, else half of the narrowest basin's width, else a fiftieth of the training range.
 * @throws LatentcvError `bad-argument` where nothing tells a width
 */
export function hillSigma(
  sigma: number | readonly number[] | undefined,
  outputs: readonly number[],
  common: BiasCommon,
  { model }: BiasContext,
): Chosen<number | readonly number[]> {
  if (sigma !== undefined) return asked(sigma);
  const found = basinWidths(model, outputs, common);
  if (found)
    return {
      value: found.value.map((width) => rounded(width / 2)),
      notes: [`SIGMA: half of ${found.notes[0]}`],
    };
  const ranges = outputs.map((i) => (model.outputMax?.[i] ?? NaN) - (model.outputMin?.[i] ?? NaN));
  if (ranges.every((range) => range > 0))
    return {
      value: ranges.map((range) => rounded(range / 50)),
      notes: [
        'SIGMA: a fiftieth of the training range, as neither model nor frames tell how wide basins are; ‘frames’ tells',
      ],
    };
  throw new LatentcvError(
    'bad-argument',
    'expected ‘sigma’ for a model that tells neither the width of basins nor its training range but found none',
  );
}
