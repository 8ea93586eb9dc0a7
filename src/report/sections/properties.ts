import type { PropertyMetrics } from '../../properties/index.js';
import { parity } from '../figures/index.js';
import { compact, fixed } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { PropertiesData } from '../report-data.js';
import type { Section } from './section.js';
import { columnTable } from './tables.js';

/** How well properties are predicted, beside baselines, and a figure of each. */
export function propertiesSection(data: PropertiesData | undefined): Section {
  const title = { id: 'properties', title: 'Properties' };
  if (!data) return { ...title, content: [] };
  return {
    ...title,
    content: [words(data), table(data), ...data.record.each.map((each, i) => parity(each, i + 1))],
  };
}

function words({ record: { of, folds, group } }: PropertiesData): Markup {
  const groups = group === undefined ? '' : `, whole groups of ${group}`;
  return of === 'folds'
    ? html`<p>Each row is predicted by one of ${folds} trainings that have not seen it${groups}.</p>`
    : html`<p>
        On the rows that validated${groups}: nothing was learned from them, but they said when to stop.
      </p>`;
}

function table({ method, record }: PropertiesData): Markup {
  const rows = record.each.flatMap(({ name, metrics, baselines, intervals }) => [
    [name, method, ...cells(metrics), coverage(intervals)],
    ...Object.entries(baselines).map(([baseline, own]) => ['', baseline, ...cells(own), undefined]),
  ]);
  const heads = ['Property', 'Predicted by', 'R²', 'MAE', 'RMSE', 'MAE ÷ guess', '90 % intervals hold'];
  return html`<div class="full">${columnTable(heads, rows)}</div>`;
}

const cells = ({ r2, mae, rmse, maeOverGuess }: PropertyMetrics): string[] => [
  fixed(r2, 3),
  compact(mae),
  compact(rmse),
  fixed(maeOverGuess, 3),
];

function coverage(intervals: PropertiesData['record']['each'][number]['intervals']): string | undefined {
  const usual = intervals.find(({ level }) => level === 0.9);
  return usual?.coverage == null ? undefined : `${fixed(100 * usual.coverage, 1)} %`;
}
