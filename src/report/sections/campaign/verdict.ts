import type { CampaignRecord } from '../../../campaign/index.js';
import { counted, durationText, percent } from '../../../support/index.js';
import { estimate, fixed } from '../../format.js';
import { html, type Markup } from '../../markup.js';
import type { Result } from '../../report-data.js';
import type { Units } from '../../units.js';
import { campaignWords, type CampaignWords } from './words.js';

const levels = { converged: 'good', running: 'caution', budget: 'bad', 'one state': 'bad' } as const;

/**
 * What a campaign came to: ΔF of the first two states, how it ended, what its last round's criteria rest on.
 * @param known what is known of the result from elsewhere
 */
export function campaignVerdict(record: CampaignRecord, units: Units, known?: Result): Markup {
  const words = campaignWords(record, units);
  const { outcome, deltaFs, missing } = record;
  const [first] = deltaFs;
  const criteria = record.rounds.findLast((round) => round.criteria.length > 0)?.criteria ?? [];
  const others = missing.filter((each) => !criteria.some(({ name, met }) => name === each && !met));
  return html`<div id="campaign-verdict" class="verdict ${levels[outcome]}">
    ${first && answer(first, words)}
    <div class="findings">
      <p class="headline">${headline(record, words)}</p>
      <ul>
        ${record.failure !== null && html`<li class="missing">${record.failure}</li>`}
        ${criteria.map(
          ({ name, met, words: said }) =>
            html`<li>
              ${name}: <span class="${met ? 'met' : 'missing'}">${met ? 'met' : 'missing'}</span>, ${said}
            </li>`,
        )}
        ${others.map((each) => html`<li>missing: ${each}</li>`)}
      </ul>
    </div>
    <dl class="tiles">
      ${tiles(record, known, words).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}

function answer(deltaF: CampaignRecord['deltaFs'][number], { units, decimals }: CampaignWords): Markup {
  const { from, to, value, error } = deltaF;
  const known = value !== null && error !== null;
  return html`<div class="answer">
    <p class="symbol">ΔF(${to} − ${from})</p>
    <p class="value">
      ${known ? html`${estimate(value, error, decimals)} <small>${units.energy}</small>` : html`<small>not determined</small>`}
    </p>
  </div>`;
}

function headline({ outcome, rounds, steps, failure }: CampaignRecord, { length }: CampaignWords): string {
  if (outcome === 'converged') return `Converged after ${counted(rounds.length, 'round')}`;
  if (outcome === 'budget') return 'The budget was spent before all criteria held';
  if (outcome === 'one state') return 'No second state was found and returned from';
  const under = steps.find(({ tasks }) => tasks.some(({ state }) => state !== 'done'));
  if (!under) return failure === null ? 'It is not done' : 'It stopped';
  const failed = failure !== null || under.tasks.some(({ state }) => state === 'failed');
  const long = under.nanoseconds > 0 ? `, ${length(under.nanoseconds)}` : '';
  return `${failed ? 'It stopped' : 'Under way'}: ${under.title}${long}`;
}

function tiles(
  { nanoseconds, hours, deltaFs }: CampaignRecord,
  known: Result | undefined,
  words: CampaignWords,
): [string, string][] {
  const { all, explore, pilots, production } = nanoseconds;
  const { length, units, decimals } = words;
  const share = (part: number): string => `${length(part)}${all > 0 ? ` (${percent(part / all)})` : ''}`;
  const list: [string, string][] = [];
  if (known?.reference !== undefined) {
    const { reference, referenceError = null } = known;
    list.push(['Reference', `${estimate(reference, referenceError, decimals)} ${units.energy}`]);
    const value = deltaFs.at(0)?.value ?? null;
    if (value !== null) list.push(['Difference', `${fixed(value - reference, decimals)} ${units.energy}`]);
  }
  return [
    ...list,
    ['Simulated', length(all)],
    ['Exploration', share(explore)],
    ['Pilots', share(pilots)],
    ['Production', share(production)],
    ['Work, by the clock', durationText(3600 * hours)],
  ];
}
