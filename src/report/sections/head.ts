import { compact, count, fixed, estimate } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { ReportData, Result } from '../report-data.js';
import type { Units } from '../units.js';
import { judge } from '../verdict.js';

/** Title, summary and the verdict. */
export function head({ title, summary, date, result }: ReportData, units: Units): Markup {
  return html`<header>
      <h1>${title}</h1>
      ${summary && html`<p class="summary">${summary}</p>`}${date && html`<p class="date">${date}</p>`}
    </header>
    ${result && verdict(result, units)}`;
}

function verdict(result: Result, units: Units): Markup {
  const { level, headline, findings } = judge(result, units);
  return html`<section id="verdict" class="verdict ${level}">
    <div class="answer">
      <p class="symbol">${result.symbol ?? 'ΔF'}</p>
      <p class="value">${estimate(result.deltaF, result.error)} <small>${units.energy}</small></p>
    </div>
    <div class="findings">
      <p class="headline">${headline}</p>
      <ul>
        ${findings.map((finding) => html`<li>${finding}</li>`)}
      </ul>
    </div>
    <dl class="tiles">
      ${tiles(result, units).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section> `;
}

function tiles(result: Result, { energy, time }: Units): [string, string][] {
  const { reference, transitions, nanoseconds, effectiveFrames, frames } = result;
  const list: [string, string][] = [];
  if (reference !== undefined) {
    const source = result.referenceSource ? ` — ${result.referenceSource}` : '';
    list.push([`Reference${source}`, `${estimate(reference, result.referenceError)} ${energy}`]);
    if (result.deltaF !== null) list.push(['Difference', `${signed(result.deltaF - reference)} ${energy}`]);
  }
  if (transitions !== undefined) list.push(['Transitions', transitions.toLocaleString('en-GB')]);
  if (nanoseconds !== undefined) list.push(['Biased sampling', `${compact(nanoseconds)} ${time}`]);
  if (effectiveFrames !== undefined) {
    list.push([
      'Effective frames',
      `${Math.round(effectiveFrames).toLocaleString('en-GB')}${frames ? ` of ${count(frames, 'frame')}` : ''}`,
    ]);
  }
  return list;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${fixed(value, 2)}`;
}
