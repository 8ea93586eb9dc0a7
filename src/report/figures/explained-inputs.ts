import * as Plot from '@observablehq/plot';
import type { Diagnostics } from '../../diagnostics/index.js';
import { fixed } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { axis, upright } from './axes.js';
import type { Figure } from './figure.js';
import { inputNames } from './input-names.js';
import { rankedAxis } from './ranked-axis.js';

/** More inputs than this are shown as a curve over their rank. */
const mostBars = 20;

/** Fraction of each input's variance that the CVs explain, best first. */
export function explainedInputs(diagnostics: Diagnostics): Figure {
  const { reconstruction, cvs } = diagnostics;
  const ranked = inputNames(diagnostics)
    .map((label, i) => ({ label, value: Math.max(0, reconstruction.inputs[i]) }))
    .sort((a, b) => b.value - a.value);
  const [best, worst] = [ranked[0], ranked.at(-1)!];
  return {
    id: 'explained-inputs',
    width: 'half',
    body: sheet(name.label, [ranked.length > mostBars ? curve(ranked) : bars(ranked)]),
    data: [
      {
        columns: [
          { name: 'input', values: ranked.map(({ label }) => label) },
          { name: 'variance explained', values: ranked.map(({ value }) => value) },
        ],
      },
    ],
    caption: `Fraction of each input's variance that ${cvs.join(' and ')} ${cvs.length > 1 ? 'explain' : 'explains'}, from the mean over frames of other blocks of time with the nearest CVs; no decoder is used. Best ${best.label} (${fixed(best.value, 2)}), least ${worst.label} (${fixed(worst.value, 2)}); of all together ${fixed(reconstruction.total, 2)}.`,
  };
}

interface Ranked {
  label: string;
  value: number;
}

const name = { id: 'explained-inputs', label: 'Variance of each input that the CVs explain' };
const title = { label: 'Fraction of variance explained', domain: [0, 1] as const };

function bars(ranked: Ranked[]) {
  return plotSvg(name, {
    width: theme.half,
    height: 70 + 19 * ranked.length,
    ...rankedAxis(ranked.map(({ label }) => label)),
    x: axis(title, { grid: true }),
    marks: [
      Plot.barX(ranked, { x: 'value', y: 'label', fill: theme.a, insetTop: 2.5, insetBottom: 2.5 }),
      Plot.ruleX([0], { stroke: theme.ink, strokeOpacity: 0.4 }),
    ],
  });
}

function curve(ranked: Ranked[]) {
  const rank = (_: Ranked, i: number): number => i + 1;
  return plotSvg(name, {
    width: theme.half,
    height: 300,
    x: axis({ label: 'Rank of the input', domain: [0.5, ranked.length + 0.5] }),
    y: upright(title, { grid: true }),
    marks: [
      Plot.rectY(ranked, {
        x1: (d: Ranked, i: number) => rank(d, i) - 0.45,
        x2: (d: Ranked, i: number) => rank(d, i) + 0.45,
        y: 'value',
        fill: theme.a,
      }),
      Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
    ],
  });
}
