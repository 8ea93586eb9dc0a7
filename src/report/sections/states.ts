import type { StatesFile } from '../../states/index.js';
import {
  freeEnergyProfileFigure,
  freeEnergySurfaceFigure,
  passageGraph,
  type Figure,
} from '../figures/index.js';
import { compact, count, estimate, fixed } from '../format.js';
import { inPercent, inPicoseconds } from '../../support/index.js';
import { html, type Markup } from '../markup.js';
import type { StatesData, StatesLandscape } from '../report-data.js';
import { confinedStructure, structureCards } from '../structures/index.js';
import type { Units } from '../units.js';
import type { Section } from './section.js';
import { columnTable } from './tables.js';

type State = StatesFile['states'][number];

/** Columns that differ by less than this in a state are not named. */
const leastSeparation = 0.3;
const mostColumns = 6;

/** States of the run: ranked, where they lie, how the run went between them, their structures, what tells them apart. */
export function statesSection(modes: StatesData | undefined, units: Units): Section {
  const title = { id: 'states', title: 'States' };
  if (!modes) return { ...title, content: [] };
  const { found, landscapes, structures } = modes;
  const byName = new Map(found.states.map((state) => [state.name, state]));
  return {
    ...title,
    content: [
      words(found),
      ...splits(found),
      inCard(ranked(found, units)),
      ...landscapes.map((each, i) => landscape(each, units, i + 1)),
      passageGraph({
        names: found.states.map(({ name }) => name),
        populations: found.states.map(({ population }) => population),
        counts: found.transitions,
      }),
      structures.length > 0
        ? structureCards(structures, (name) => under(byName.get(name)!), confinedStructure(found, structures))
        : html`<p>No structures: latentcv states had no trajectories.</p>`,
      ...binding(found),
      inCard(apart(found)),
      remarks(found),
    ],
  };
}

const inCard = (table: Markup | undefined): Markup | undefined =>
  table && html`<div class="card scroll">${table}</div>`;

/** How many there are, how they were found and how sure that is. */
function words({ states, cv, parts, mergeBelow, outside }: StatesFile): Markup {
  if (mergeBelow === null)
    return html`<p>
      ${count(states.length, 'state')} by
      rules${outside > 0 && `; ${inPercent(outside)} of the ensemble is in none of them`}.
    </p>`;
  const lost = states.filter(({ foundAgain }) => foundAgain === false).map(({ name }) => name);
  return html`<p>
    ${count(states.length, 'mode')} of the reweighted density over ${cv.join(', ')}; two are one where the
    barrier between them is below ${compact(mergeBelow)} kT.
    ${parts.length > 0 && `${parts.map(({ part, modes }, i) => `${i === 0 ? sentence(part) : part} shows ${modes}`).join(', ')}: `}
    ${parts.length > 0 && (lost.length === 0 ? 'each is found again.' : `not found again in every part: ${lost.join(', ')}.`)}
  </p>`;
}

/** Modes that lie in one basin of the CVs. */
function splits({ states }: StatesFile): Markup[] {
  const columns = new Set(states.flatMap(({ splitBy }) => splitBy));
  return [...columns].map((column) => {
    const parted = states.filter(({ splitBy }) => splitBy.includes(column)).map(({ name }) => name);
    return html`<p>${parted.join(', ')} are one along the CVs; ${column} tells them apart.</p>`;
  });
}

const sentence = (text: string): string => text[0].toUpperCase() + text.slice(1);

function ranked({ states }: StatesFile, { energy }: Units): Markup | undefined {
  return columnTable(
    [
      'State',
      'Population',
      `ΔF (${energy})`,
      'Lowest barrier (kT)',
      'Transitions',
      'Round trips',
      'Frames',
      'Sure',
      'Differs in',
    ],
    states.map((state) => [
      state.name,
      state.error === null ? `(${inPercent(state.population)})` : inPercent(state.population, state.error),
      deltaF(state),
      state.barrier
        ? `${estimate(state.barrier.height, state.barrier.error, 1)} to ${state.barrier.to}`
        : undefined,
      state.transitions.toLocaleString('en-GB'),
      state.roundTrips.toLocaleString('en-GB'),
      state.frames.toLocaleString('en-GB'),
      state.foundAgain === null ? undefined : state.foundAgain ? 'yes' : 'no',
      differing(state)
        .slice(0, 3)
        .map(({ column }) => column)
        .join(', ') || '–',
    ]),
  );
}

function deltaF({ deltaF: value, deltaFError: error }: State): string {
  if (value === null) return '–';
  if (value === 0) return '0';
  return error === null ? `(${fixed(value, 2)})` : estimate(value, error);
}

const differing = ({ differences }: State): State['differences'] =>
  differences.filter(({ separation }) => separation >= leastSeparation);

/** ΔG° of the guest, of all that is bound and of each state, or why it is not determined. */
function binding({ binding: found, temperature }: StatesFile): (Markup | undefined)[] {
  if (!found) return [];
  const { unbound, volume, standardVolume, total, modes, warnings } = found;
  const rows = [{ ...total, name: 'all that is bound' }, ...modes].map((each) => [
    each.name,
    deltaG(each),
    each.transitions.toLocaleString('en-GB'),
    each.reason ?? undefined,
  ]);
  return [
    html`<p>
      Binding at 1 mol/l and ${compact(temperature, 5)} K; the guest is unbound where ${unbound}, and has
      ${compact(volume)} nm³ there, one at 1 mol/l ${compact(standardVolume, 5)} nm³.
    </p>`,
    inCard(columnTable(['Binding', 'ΔG° (kJ/mol)', 'Transitions', 'Remark'], rows)),
    list(warnings),
  ];
}

function deltaG({ deltaG: value, error }: NonNullable<StatesFile['binding']>['total']): string {
  if (value === null) return '–';
  return error === null ? `(${fixed(value, 2)})` : estimate(value, error);
}

function landscape(each: StatesLandscape, units: Units, number: number): Figure {
  const id = `states-${number}`;
  if ('surface' in each)
    return freeEnergySurfaceFigure(each.surface, each.x, each.y, units, { id, marks: each.marks });
  const marks = each.marks.map(({ name, x, y }) => ({ label: name, coordinate: x, energy: y }));
  return freeEnergyProfileFigure(
    id,
    { profile: each.profile, marks, markedAre: 'the states' },
    each.x,
    units,
  );
}

function under({ name, population, error, representative }: State): Markup {
  const where = representative && `: ${inPicoseconds(representative.time)} ps of ${representative.source}`;
  return html`<b>${name}</b>, ${inPercent(population, error)}${where ?? ''}`;
}

/** Of each state the columns that it differs in, and by how much. */
function apart({ states }: StatesFile): Markup | undefined {
  if (states.length < 2) return undefined;
  const rows = states.flatMap((state) =>
    differing(state)
      .slice(0, mostColumns)
      .map((each, i) => [
        i === 0 ? state.name : '',
        each.column,
        `${compact(each.mean)} ± ${compact(each.deviation, 2)}`,
        `${compact(each.othersMean)} ± ${compact(each.othersDeviation, 2)}`,
        `${Math.round(100 * each.separation)} %`,
      ]),
  );
  if (rows.length === 0) return html`<p>No column that was looked at tells the states apart.</p>`;
  return columnTable(['State', 'Differs in', 'In it', 'In the others', 'Told apart'], rows);
}

/** What speaks against the numbers. */
function remarks({ states }: StatesFile): Markup | undefined {
  const lines = states.flatMap(({ name, error, reason, warnings }) => [
    ...(error === null && reason !== null ? [`${name}: ${reason}`] : []),
    ...warnings.map((line) => `${name}: ${line}`),
  ]);
  return list(lines);
}

function list(lines: readonly string[]): Markup | undefined {
  if (lines.length === 0) return undefined;
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}
