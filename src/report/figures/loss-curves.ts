import * as Plot from '@observablehq/plot';
import { percent } from '../../support/index.js';
import { compact } from '../format.js';
import { plotSvg } from '../plot-svg.js';
import type { LossCurves } from '../report-data.js';
import { sheet } from '../sheet.js';
import { theme } from '../theme.js';
import { axis, upright } from './axes.js';
import { lineKey } from './colours.js';
import type { Figure } from './figure.js';

/** Training and validation loss against the epoch, the epoch that was kept marked. */
export function lossCurves(loss: LossCurves): Figure {
  const training = Array.from(loss.training);
  const validation = Array.from(loss.validation ?? []);
  const best = loss.bestEpoch;
  const label = loss.label ?? 'loss';
  const svg = plotSvg(
    { id: 'loss', label: `${label} against epoch` },
    {
      width: theme.half,
      height: 300,
      x: axis({ label: 'Epoch' }, { domain: [1, Math.max(2, training.length, validation.length)] }),
      y: upright({ label: label[0].toUpperCase() + label.slice(1) }, { grid: true, nice: true }),
      marks: [
        best === undefined ? null : Plot.ruleX([best], { stroke: theme.muted, strokeDasharray: '3 3' }),
        curve(training, theme.a),
        curve(validation, theme.b),
        best === undefined || !validation.length
          ? null
          : Plot.dot([best], { x: best, y: validation[best - 1], fill: theme.b, r: 4, stroke: 'white' }),
        Plot.frame({ stroke: theme.ink, strokeOpacity: 0.4 }),
      ],
    },
  );
  const lines: [string, string][] = [['training', theme.a]];
  if (validation.length) lines.push(['validation', theme.b]);
  return {
    id: 'loss',
    width: 'half',
    body: sheet(`${label} against epoch`, [svg], lineKey(lines)),
    data: [
      {
        columns: [
          { name: 'epoch', values: training.map((_, i) => i + 1) },
          { name: 'training loss', values: training },
          ...(validation.length > 0 ? [{ name: 'validation loss', values: validation }] : []),
        ],
      },
    ],
    caption: caption(training, validation, best),
  };
}

function curve(values: number[], stroke: string): Plot.Markish {
  return Plot.line(values, {
    x: (_: number, i: number) => i + 1,
    y: (value: number) => value,
    stroke,
    strokeWidth: 1.6,
  });
}

function caption(training: number[], validation: number[], best?: number): string {
  const course = `Training loss falls from ${compact(training[0])} to ${compact(training.at(-1)!)} over ${training.length} epochs`;
  if (best === undefined) return `${course}.`;
  const at = validation[best - 1];
  const value = at === undefined ? '' : `, validation loss ${compact(at)}`;
  return `${course}. The weights of epoch ${best} (dashed line${value}) were kept.${gap(training, validation, best)}`;
}

/** A gap of more than this part of what the training loss fell by is told. */
const leastGap = 0.1;

/** How far the validation loss lies above the training loss at the epoch that was kept, and what that says. */
function gap(training: number[], validation: number[], best: number): string {
  const [first, own, other] = [training[0], training[best - 1], validation[best - 1]];
  const part = (other - own) / (first - own);
  if (!Number.isFinite(part) || own >= first) return '';
  if (part <= leastGap)
    return ` There it lies ${part < 0 ? 'below' : 'less than a tenth of that fall above'} the training loss: what was learned holds on frames that were not learned from.`;
  return ` There it lies ${compact(other - own, 2)} above the training loss, ${percent(Math.min(part, 1))} of what that fell by: part of what was learned is of the training's frames alone, as where these have few transitions or the network is large for them; held-out numbers are what counts.`;
}
