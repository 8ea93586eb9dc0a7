import type { Figure, FigureColumn, FigureData } from '../figures/index.js';
import { Markup } from '../markup.js';
import { downloadScript } from './download-script.js';

/** The figures' numbers and what makes files of them, for the end of the page; empty where there are no figures. */
export function figureDownloads(figures: readonly Figure[]): Markup {
  if (figures.length === 0) return new Markup('');
  const data = Object.fromEntries(figures.map(({ id, data }) => [id, data.map(inShort)]));
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return new Markup(
    [
      `<script type="application/json" id="figure-data">${json}</script>`,
      `<script>${downloadScript}</script>`,
    ].join('\n'),
  );
}

const inShort = ({ name, columns }: FigureData[number]): object => ({ name, columns: columns.map(column) });

/** Words as a list; numbers as one text with commas, empty where there is none: half the bytes. */
const column = ({ name, values, each }: FigureColumn): object => ({
  name,
  each,
  values: isWords(values) ? values : Array.from(values, digits).join(),
});

const isWords = (values: FigureColumn['values']): values is readonly string[] =>
  typeof values[0] === 'string';

/** More than is seen, fewer than were computed. */
const significantDigits = 6;

const digits = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(significantDigits))) : '';
