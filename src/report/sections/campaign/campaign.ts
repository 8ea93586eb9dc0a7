import type { CampaignRecord, Criterion, ExplorationRecord } from '../../../campaign/index.js';
import { counted, plural } from '../../../support/index.js';
import { crossingsByCv, deltaFByRound, type Figure } from '../../figures/index.js';
import { compact } from '../../format.js';
import { html, type Markup } from '../../markup.js';
import type { CampaignData, Result } from '../../report-data.js';
import type { Units } from '../../units.js';
import type { Section } from '../section.js';
import { columnTable, definitionTable, type Row } from '../tables.js';
import { inCard, roundPart } from './rounds.js';
import { campaignCommands } from './steps.js';
import { campaignVerdict } from './verdict.js';
import { campaignWords, energyInWords, type CampaignWords } from './words.js';

/**
 * What a campaign came to, what each of its rounds tried, and what every number rests on.
 * @param known a result whose reference it is held against
 */
export function campaignSection(campaign: CampaignData | undefined, units: Units, known?: Result): Section {
  const title = { id: 'campaign', title: 'Campaign' };
  if (!campaign) return { ...title, content: [] };
  const parts = campaignParts(campaign, units);
  return { ...title, content: [campaignVerdict(campaign.record, units, known), ...parts] };
}

/** What stands below the verdict. */
export function campaignParts({ folder, record }: CampaignData, units: Units): Section['content'] {
  const words = campaignWords(record, units);
  return [
    opening(record, folder, words),
    resultTable(record, words),
    ...energyFigures(record, words),
    crossingsByCv(record, units),
    criteriaTable(record),
    explorationPart(record.exploration, words),
    ...record.rounds.map((round) => roundPart(round, words)),
    notesOf(record),
    campaignCommands(record),
  ];
}

/** What it is of. */
function opening(
  { rounds, temperature, plan, latentcv }: CampaignRecord,
  folder: string,
  words: CampaignWords,
): Markup {
  return html`<p>
    ${rounds.length > 0 ? `${counted(rounds.length, 'round')} at` : 'At'} ${words.temperature(temperature)} by
    ${plan} and latentcv ${latentcv}. Folders that are named here are in ${folder}.
  </p>`;
}

/** ΔF of the campaign, and the productions that it is made of. */
function resultTable({ deltaFs, rounds, states }: CampaignRecord, words: CampaignWords): Markup | undefined {
  const folders = (of: readonly number[]): string =>
    rounds
      .filter(({ round, production }) => production && of.includes(round))
      .map(({ production }) => production!.folder)
      .join(', ');
  const rows = deltaFs.map(({ from, to, rounds: of, reason, ...all }): Row => {
    const made = of.length === 0 ? '' : `; ${plural(of.length, 'round')} ${of.join(', ')} (${folders(of)})`;
    const why = reason === null ? '' : `: ${reason}`;
    return [`ΔF(${to} − ${from})`, `${energyInWords(all, words)}${why}${made}`];
  });
  const questions = states.questions.map(({ basin, cores }): Row => [
    'States',
    cores === null ? basin : `${basin} (cores ${cores})`,
  ]);
  const found: Row[] =
    states.model === null
      ? []
      : [['Found along', `${states.model}${states.column === null ? '' : `, printed as ${states.column}`}`]];
  return definitionTable([...rows, ...questions, ...found]);
}

/** Pairs of states with a figure of their own. */
const mostPairs = 5;

function energyFigures(record: CampaignRecord, words: CampaignWords): (Figure | undefined)[] {
  return record.deltaFs.slice(0, mostPairs).map((each, i) => deltaFByRound(record, each, i, words));
}

/** What had to hold, round by round; what the last one rests on is told with the verdict. */
function criteriaTable({ rounds }: CampaignRecord): Markup | undefined {
  const judged = rounds.filter(({ criteria }) => criteria.length > 0);
  if (judged.length < 2) return undefined;
  const names = [...new Set(judged.flatMap(({ criteria }) => criteria.map(({ name }) => name)))];
  const rows = names.map((name) => [
    name,
    ...judged.map(({ criteria }) => verdictOf(criteria.find((each) => each.name === name))),
  ]);
  return html`<div>
    <h3>Criteria</h3>
    ${inCard(columnTable(['Criterion', ...judged.map(({ round }) => `Round ${round}`)], rows))}
  </div>`;
}

function verdictOf(criterion: Criterion | undefined): Markup | undefined {
  if (!criterion) return undefined;
  return criterion.met ? html`<span class="met">met</span>` : html`<span class="missing">missing</span>`;
}

function explorationPart(explored: readonly ExplorationRecord[], words: CampaignWords): Markup | undefined {
  if (explored.length === 0) return undefined;
  const rows = explored.map(
    ({ step, way, temperature, model, folders, nanoseconds, crossings, found, words: said }) => [
      html`<span class="name">${step}</span>`,
      way === 'given' ? 'frames given' : way,
      words.temperature(temperature),
      model ?? undefined,
      compact(nanoseconds),
      crossings === null ? 'not counted' : crossings.toLocaleString('en-GB'),
      html`<span class="${found ? 'met' : 'missing'}">${found ? 'found' : 'not found'}</span>: ${said}`,
      folders.map((folder, i) => html`${i > 0 && ', '}<span class="name">${folder}</span>`),
    ],
  );
  const heads = [
    'Step',
    'Way',
    'Temperature',
    'Along',
    `Length (${words.units.time})`,
    'Crossings',
    'Second state',
    'Folders',
  ];
  return html`<div>
    <h3>Exploration</h3>
    ${inCard(columnTable(heads, rows))}
  </div>`;
}

function notesOf({ notes }: CampaignRecord): Markup | undefined {
  if (notes.length === 0) return undefined;
  return html`<div>
    <h3>Notes</h3>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>
  </div>`;
}
