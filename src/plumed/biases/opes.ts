import { LatentcvError } from '../../support/index.js';
import {
  argumentsOf,
  chosenOutputs,
  energyText,
  listText,
  oneEach,
  positive,
  temperatureWord,
  wholeSteps,
  type BiasContext,
  type BiasLines,
  type GrowingBias,
} from './bias.js';
import { barrierOf, defaultPace, opesSigma } from './defaults.js';

interface Opes extends GrowingBias {
  /** Highest barrier to cross, kJ/mol; 16 kT where left out. */
  barrier?: number;
  /**
   * Width of the first kernels, one for all components or one each, in units of the CV; `adaptive` leaves it to OPES. By default the
   * narrowest basin's, where the model tells it.
   */
  sigma?: number | readonly number[] | 'adaptive';
  /** Kernels are never narrower, one width for all components or one each; at most `sigma`. PLUMED sets no limit where it is left out. */
  sigmaMin?: number | readonly number[];
}

/** OPES (Invernizzi & Parrinello 2020, doi:10.1021/acs.jpclett.0c00497). */
export interface OpesBias extends Opes {
  kind: 'opes';
}

/** OPES that explores (Invernizzi & Parrinello 2022, doi:10.1021/acs.jctc.2c00152). */
export interface OpesExploreBias extends Opes {
  kind: 'opes-explore';
}

/**
 * OPES_METAD or OPES_METAD_EXPLORE. STATE is written with every kernel, so that one fits whichever step a run goes on from; both it
 * and KERNELS have all digits, which PLUMED writes unless FMT says otherwise.
 * @throws LatentcvError `bad-argument`, `plumed-input`
 */
export function opes(bias: OpesBias | OpesExploreBias, context: BiasContext): BiasLines {
  const outputs = chosenOutputs(context.model, bias.components);
  const label = context.names.label(context.label, 'opes');
  const [kernels, state] = ['KERNELS', 'STATE'].map((name) => context.names.file(undefined, name, label));
  const pace = wholeSteps('pace', bias.pace ?? defaultPace);
  const barrier = barrierOf(bias.barrier, bias, context);
  const sigma = opesSigma(bias.sigma, outputs, bias, context);
  const walls = wallsOf(bias, context);
  const line =
    `${label}: ${bias.kind === 'opes' ? 'OPES_METAD' : 'OPES_METAD_EXPLORE'} ARG=${argumentsOf(context, outputs)} ` +
    `PACE=${pace} BARRIER=${energyText('barrier', barrier.value, context)}` +
    `${sigmaWord(sigma.value, outputs.length)}${sigmaMinWord(bias, sigma.value, outputs.length)}${walls.word}${temperatureWord(bias, context)} ` +
    `FILE=${kernels} STATE_WFILE=${state} STATE_WSTRIDE=${pace}`;
  return {
    label,
    lines: [line],
    printed: [`${label}.bias`],
    files: [kernels, state],
    notes: [...barrier.notes, ...sigma.notes, ...walls.notes],
  };
}

function sigmaWord(sigma: number | readonly number[] | undefined, count: number): string {
  if (sigma === undefined) return '';
  return ` SIGMA=${listText(oneEach('sigma', sigma, count, 'widths').map((width) => positive('sigma', width)))}`;
}

/** PLUMED stops where it is above SIGMA. */
function sigmaMinWord(
  { sigmaMin }: Opes,
  sigma: number | readonly number[] | undefined,
  count: number,
): string {
  if (sigmaMin === undefined) return '';
  const least = oneEach('sigmaMin', sigmaMin, count, 'widths').map((width) => positive('sigmaMin', width));
  const widths = sigma === undefined ? undefined : oneEach('sigma', sigma, count, 'widths');
  const above = least.findIndex((width, i) => widths !== undefined && width > widths[i]);
  if (above >= 0)
    throw new LatentcvError(
      'bad-argument',
      `expected at most SIGMA, ${widths![above]}, for ‘sigmaMin’ but received ${least[above]}`,
      'a wider ‘sigma’ with it, or a smaller one of both',
    );
  return ` SIGMA_MIN=${listText(least)}`;
}

/** What OPES does with walls: told of them, it does not push against them. */
function wallsOf({ kind }: { kind: string }, { walls }: BiasContext): { word: string; notes: string[] } {
  if (walls.length === 0) return { word: '', notes: [] };
  if (kind === 'opes') {
    const note =
      'OPES counts frames by exp(wall/kT), which overflows far behind a wall: start the run within its walls';
    return { word: ` EXTRA_BIAS=${walls.join(',')}`, notes: [note] };
  }
  const note =
    'OPES_METAD_EXPLORE has no EXTRA_BIAS, so that it cannot be told of walls: near them it pushes against them; opes can be told';
  return { word: '', notes: [note] };
}
