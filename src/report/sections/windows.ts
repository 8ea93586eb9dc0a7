import { windowHistogramsFigure, windowOverlapFigure } from '../figures/index.js';
import { compact } from '../format.js';
import { html } from '../markup.js';
import type { Quantity, ReportData } from '../report-data.js';
import type { Section } from './section.js';
import { columnTable } from './tables.js';

/** Runs under several biases or temperatures: what each brought, and how they overlap. */
export function windowsSection(windows: ReportData['windows'], cv: Quantity): Section {
  const title = { id: 'windows', title: 'Windows' };
  if (!windows) return { ...title, content: [] };
  const table = columnTable(
    ['Window', 'Bias', 'Frames', 'Inefficiency', 'Independent', `Mean ${cv.label}`],
    windows.windows.map(({ name, biases, frames, inefficiency, effectiveFrames, mean }) => [
      name,
      biases.join('; ') || 'none',
      frames.toLocaleString('en-GB'),
      compact(inefficiency),
      Math.round(effectiveFrames).toLocaleString('en-GB'),
      compact(mean),
    ]),
  );
  return {
    ...title,
    content: [
      windows.notes.length > 0 ? html`<p>${windows.notes.map((note) => `${note}. `)}</p>` : undefined,
      windowOverlapFigure(windows),
      windowHistogramsFigure(windows, cv),
      table && html`<div class="card">${table}</div>`,
    ],
  };
}
