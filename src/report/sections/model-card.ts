import { compact, count } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { ModelCard } from '../report-data.js';
import { defaultUnits, type Units } from '../units.js';
import { definitionTable } from './tables.js';

/** What the model is and what made it. */
export function modelCard(model: ModelCard, units: Units): Markup | undefined {
  const table = rows(model, units);
  return table && html`<div class="half card">${table}</div>`;
}

function rows(model: ModelCard, { time }: Units): Markup | undefined {
  const several = (model.timeScales?.length ?? 0) > 1;
  return definitionTable([
    ['File', model.file],
    ['Method', model.method],
    ['Network', model.network],
    ['Inputs', model.inputs],
    ['Outputs', model.outputs],
    ['Lag time', model.lag === undefined ? undefined : inShortTime([model.lag], time)],
    ['Seed', model.seed?.toString()],
    [`Training ${model.rows ? 'rows' : 'frames'}`, model.frames?.toLocaleString('en-GB')],
    ['Training', training(model)],
    [
      'Variance explained',
      model.varianceExplained === undefined ? undefined : compact(model.varianceExplained),
    ],
    [
      `Time scale${several ? 's' : ''}${model.timeScalesOf ? ` of ${model.timeScalesOf}` : ''}`,
      model.timeScales?.length ? inShortTime(model.timeScales, time) : undefined,
    ],
    ['Data fingerprint', model.fingerprint],
    ...(model.more ?? []),
  ]);
}

/** Times in thousandths of a unit; only the default's thousandth has a name of its own, ps. */
function inShortTime(times: readonly number[], unit: string): string {
  const [scale, name] = unit === defaultUnits.time ? [1, 'ps'] : [0.001, unit];
  return `${times.map((time) => compact(scale * time)).join(', ')} ${name}`;
}

function measured(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${compact(value)} ${unit}`;
}

function training({ epochs, seconds }: ModelCard): string | undefined {
  const time = measured(seconds, 's');
  if (epochs === undefined) return time;
  return `${count(epochs, 'epoch')}${time ? ` in ${time}` : ''}`;
}
