import { compact, count } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { ModelCard } from '../report-data.js';
import { definitionTable } from './tables.js';

/** What the model is and what made it. */
export function modelCard(model: ModelCard): Markup | undefined {
  const table = rows(model);
  return table && html`<div class="half card">${table}</div>`;
}

function rows(model: ModelCard): Markup | undefined {
  const several = (model.timeScales?.length ?? 0) > 1;
  return definitionTable([
    ['File', model.file],
    ['Method', model.method],
    ['Network', model.network],
    ['Inputs', model.inputs],
    ['Outputs', model.outputs],
    ['Lag time', measured(model.lag, 'ps')],
    ['Seed', model.seed?.toString()],
    ['Training frames', model.frames?.toLocaleString('en-GB')],
    ['Training', training(model)],
    [
      'Variance explained',
      model.varianceExplained === undefined ? undefined : compact(model.varianceExplained),
    ],
    [
      `Time scale${several ? 's' : ''}`,
      model.timeScales?.length ? `${model.timeScales.map((t) => compact(t)).join(', ')} ps` : undefined,
    ],
    ['Data fingerprint', model.fingerprint],
    ...(model.more ?? []),
  ]);
}

function measured(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${compact(value)} ${unit}`;
}

function training({ epochs, seconds }: ModelCard): string | undefined {
  const time = measured(seconds, 's');
  if (epochs === undefined) return time;
  return `${count(epochs, 'epoch')}${time ? ` in ${time}` : ''}`;
}
