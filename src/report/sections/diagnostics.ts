import type { Diagnostics } from '../../diagnostics/index.js';
import { withoutTimescale } from '../../kinetics/index.js';
import {
  cvDistributionFigure,
  explainedInputs,
  impliedTimescalesFigure,
  sensitivities,
} from '../figures/index.js';
import { compact, fixed, estimate } from '../format.js';
import { html, type Markup } from '../markup.js';
import { defaultUnits, type Units } from '../units.js';
import { explanationParts } from './explanation.js';
import type { Section } from './section.js';
import { definitionTable } from './tables.js';

/** CVs that are shown one by one. */
const cvsShown = 2;

/** What the frames say of the CVs before anything was biased. */
export function diagnosticsSection(
  diagnostics: Diagnostics | undefined,
  units: Units,
  coloured: Markup | undefined,
): Section {
  const title = { id: 'diagnostics', title: 'Diagnostics' };
  if (!diagnostics) return { ...title, content: [] };
  const { cvs, basins, distributions } = diagnostics;
  const shown = cvs.slice(0, cvsShown);
  return {
    ...title,
    content: [
      words(diagnostics, units),
      numbers(diagnostics, units),
      withoutTimescales(diagnostics),
      impliedTimescalesFigure(diagnostics, units),
      cvDistributionFigure(distributions[0], 'source', basins, true),
      distributions[1] && cvDistributionFigure(distributions[1], 'basin', basins, false),
      ...shown.map((_, j) => sensitivities(diagnostics, j)),
      explainedInputs(diagnostics),
      ...explanationParts(diagnostics),
      coloured,
    ],
  };
}

function words({ verdict, judgedOn, weighted, lag }: Diagnostics, { time }: Units): Markup {
  const more = verdict.findings.slice(1);
  const which = { training: ' of the training', others: ' of other runs' };
  const frames = `On the frames${judgedOn ? which[judgedOn] : ''}`;
  return html`<p>
    ${frames}${weighted ? ', weighted by their bias' : ''}, at a lag of ${inShortTime(lag, time)} and before
    any bias:
    ${verdict.headline}.${more.map((sentence) => ` ${sentence[0].toUpperCase()}${sentence.slice(1)}.`)}
  </p>`;
}

const inShortTime = (lag: number, unit: string): string =>
  `${compact(lag)}${unit === defaultUnits.time ? ' ps' : ' time units'}`;

/** CVs that no trajectory crosses stand in words, not in the figure. */
function withoutTimescales({ cvs, quality, others }: Diagnostics): Markup | undefined {
  const all = [{ name: cvs[0], quality }, ...others];
  const sentences = all.flatMap(({ name, quality: { slow } }) =>
    slow?.noTimescale ? [withoutTimescale(name, slow.noTimescale)] : [],
  );
  return sentences.length === 0 ? undefined : html`<p>${sentences.join('. ')}.</p>`;
}

function numbers({ quality, scores, reconstruction, lag }: Diagnostics, { time }: Units): Markup {
  const { slow, slowest, roughness, crossings, framesBetween, balancedAccuracy } = quality;
  const known = (value: number | undefined, decimals = 3): string | undefined =>
    value === undefined ? undefined : fixed(value, decimals);
  const table = definitionTable([
    ['Basins', String(quality.basins)],
    ['Crossings in training', crossings?.toString()],
    ['Frames between basins', framesBetween?.toLocaleString('en-GB')],
    [
      `Autocorrelation at ${inShortTime(lag, time)}`,
      slow && estimate(slow.autocorrelation.value, slow.autocorrelation.error, 3),
    ],
    ['Slowest in the inputs', known(slowest)],
    ['VAMP-2, held out', scores && estimate(scores.vamp2.mean, scores.vamp2.error, 3)],
    ['VAMP-E, held out', scores && estimate(scores.vampE.mean, scores.vampE.error, 3)],
    ['Variance explained', known(reconstruction.total, 2)],
    ['Roughness', known(roughness, 2)],
    ['Balanced accuracy', known(balancedAccuracy)],
  ]);
  return html`<div class="half card">${table}</div>`;
}
