import * as Plot from '@observablehq/plot';
import type { Diagnostics } from '../../diagnostics/index.js';
import { compact } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { axis } from './axes.js';
import type { Figure } from './figure.js';
import { inputNames } from './input-names.js';
import { rankedAxis } from './ranked-axis.js';

const inputsShown = 15;

/** The inputs that one CV is most sensitive to: a bar for each input, largest first. */
export function sensitivities(diagnostics: Diagnostics, component: number): Figure {
  const { inputs, sensitivity, cvs } = diagnostics;
  const own = sensitivity[component];
  const ranked = inputNames(diagnostics)
    .map((label, i) => ({ label, value: own[i] }))
    .sort((a, b) => b.value - a.value)
    .slice(0, inputsShown);
  const cv = cvs[component];
  const [first] = ranked;
  const title = `Sensitivity of ${cv} to its inputs, ranked`;
  return {
    id: `sensitivities-${component}`,
    width: 'half',
    body: sheet(title, [
      plotSvg(
        { id: `sensitivities-${component}`, label: title },
        {
          width: theme.half,
          height: 70 + 19 * ranked.length,
          ...rankedAxis(ranked.map(({ label }) => label)),
          x: axis(
            { label: `Change of ${cv} by one deviation of the input` },
            { grid: true, nice: true, zero: true },
          ),
          marks: [
            Plot.barX(ranked, { x: 'value', y: 'label', fill: theme.a, insetTop: 2.5, insetBottom: 2.5 }),
            Plot.ruleX([0], { stroke: theme.ink, strokeOpacity: 0.4 }),
          ],
        },
      ),
    ]),
    data: [
      {
        columns: [
          { name: 'input', values: ranked.map(({ label }) => label) },
          { name: `change of ${cv}`, values: ranked.map(({ value }) => value) },
        ],
      },
    ],
    caption: `Sensitivity of ${cv} to its inputs: root mean square over the frames of its derivative by each input, times the input's standard deviation. ${first.label} leads with ${compact(first.value)}${inputs.length > inputsShown ? `; the ${inputsShown} largest of ${inputs.length} are shown` : ''}.`,
  };
}
