import { mostDrift } from '../../free-energy/index.js';
import {
  convergence,
  convergencePoints,
  evenlySpaced,
  html,
  renderSections,
  seriesByState,
  type Markup,
  type Units,
} from '../../report/index.js';
import { energyDecimals, thermalEnergy } from '../../sampling/index.js';
import { counted, digits, fixed, percent, withError } from '../../support/index.js';
import { momentText } from '../moment-text.js';
import type { PairTransitions, RunLook, RunStatus } from '../watched-runs.js';

/** What a look says, as the page's body: a table of the runs, ΔF, and figures. */
export function watchSection(look: RunLook): Markup {
  const units = unitsOf(look);
  const { runs, answer } = look;
  return html`<div class="parts">${runsTable(runs, units)}${answersOf(look, units)}${notesOf(look)}</div>
    ${renderSections([
      { id: 'time', title: 'In time', content: [series(look, units)] },
      {
        id: 'free-energy',
        title: 'Free-energy difference',
        content: [answer && look.run && convergence(convergencePoints(look.run, answer), undefined, units)],
      },
    ])}`;
}

export function unitsOf({ natural }: { natural: boolean }): Units {
  return natural
    ? { energy: 'natural units', time: 'thousand time units' }
    : { energy: 'kJ/mol', time: 'ns' };
}

/** Runs and how far each is. */
export function runsTable(runs: readonly RunStatus[], { time }: Units): Markup {
  const rows = runs.map(
    (run) =>
      html`<tr>
        <td>${run.name}</td>
        <td class="${run.state ?? 'unknown'}">
          ${run.state ?? 'not known'}${run.words !== null && `: ${run.words}`}
        </td>
        <td>${run.time === null ? '' : `${digits(run.time / 1000, 4)} ${time}`}</td>
        <td>${run.fraction === null ? '' : percent(run.fraction)}</td>
        <td>${run.nanosecondsPerDay === null ? '' : `${digits(run.nanosecondsPerDay, 3)} ns/day`}</td>
        <td>${run.ends === null ? '' : momentText(run.ends)}</td>
        <td>${run.frames}</td>
        <td>${run.transitions?.map(pairText).join(', ')}</td>
      </tr> `,
  );
  const heads = ['Run', 'State', 'Simulated', 'Done', 'Speed', 'Ends', 'Frames', 'Transitions'];
  return html`<table class="columns" id="runs">
    <tbody>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
      ${rows}
    </tbody>
  </table>`;
}

const pairText = ({ from, to, count }: PairTransitions): string => `${from}–${to} ${count}`;

/** ΔF of every two states, and how the bias drifts. */
export function answersOf({ answer, run, natural }: RunLook, { energy }: Units): Markup | undefined {
  if (!answer || !run) return undefined;
  const kT = thermalEnergy(run.sample.temperature);
  const decimals = energyDecimals(kT, natural);
  const lines = answer.deltaFs.map(({ from, to, value, error, reason, transitions, warnings }) => {
    const shown = value === null ? '' : ` = ${withError(value, error, decimals)} ${energy}`;
    const doubt = reason ?? warnings.join('; ');
    return html`<li>
      <b>ΔF(${to} − ${from})${shown}</b>, ${counted(transitions, 'transition')} in the analysed
      frames${doubt !== '' && `; ${doubt}`}
    </li>`;
  });
  const { drift } = answer;
  const drifted =
    drift && Number.isFinite(drift.rms)
      ? html`<li id="drift">
          At fixed CV the bias changed by ${fixed(drift.rms / kT, 2)} kT from the first half of the frames to
          the second (quasi-static: below ${mostDrift}).
        </li>`
      : undefined;
  return html`<ul id="answers">
    ${lines}${drifted}
  </ul>`;
}

/** What could not be told, and how states were found. */
export function notesOf({ found, notes, answer }: RunLook): Markup | undefined {
  const lines = [...(found === undefined ? [] : [found]), ...(answer?.notes ?? []), ...notes];
  if (lines.length === 0) return undefined;
  return html`<ul id="notes">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

/** Of a run, no more frames than this are handed to its figure, which draws fewer. */
const mostFrames = 8192;

/** @param figure its name, where a page has several */
export function series({ run, runs, cv, states }: RunLook, units: Units, figure?: string) {
  if (!run) return undefined;
  const { dataset, values, period } = run;
  const all = values(cv);
  const panels = runs.flatMap(({ name, table }) => {
    const own = dataset.segments.filter(({ source }) => source === table);
    if (own.length === 0) return [];
    const [start, end] = [own[0].start, own.at(-1)!.end];
    const frames = evenlySpaced(end - start, mostFrames).map((frame) => start + frame);
    return [
      {
        name,
        time: frames.map((frame) => dataset.time.at(frame)! / 1000),
        values: frames.map((frame) => all[frame]),
        states: states && frames.map((frame) => states.states[frame]),
      },
    ];
  });
  return seriesByState(panels, { label: cv, domain: period(cv) }, states?.names ?? [], units, figure);
}
