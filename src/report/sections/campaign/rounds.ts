import type { CandidateRecord, RoundDeltaF, RoundRecord } from '../../../campaign/index.js';
import { rateInWords, shortList } from '../../../support/index.js';
import { compact, count, fixed } from '../../format.js';
import { html, type Markup } from '../../markup.js';
import { columnTable } from '../tables.js';
import { energyInWords, type CampaignWords } from './words.js';

/** What a round learned from and tried, which CV it kept and why, and what its production says. */
export function roundPart(round: RoundRecord, words: CampaignWords): Markup {
  const { learnedFrom, candidates, judges, kept, givenUp, otherFrames, criteria } = round;
  const open = criteria.filter(({ met }) => !met);
  const judged =
    judges.length > 0
      ? ` Crossings are those between the basins that all pilots together show along ${judges.length === 1 ? judges[0] : 'each CV, the middle one of these counts'}.`
      : '';
  const learned =
    learnedFrom.length > 0
      ? `Learned from ${count(learnedFrom.length, 'folder')}: ${shortList(learnedFrom, 6)}.`
      : '';
  return html`<div class="round">
    <h3>Round ${round.round}</h3>
    <p class="how">${learned}${judged}</p>
    ${candidateTable(round, words)}
    ${
      kept
        ? html`<p>
            <b>${kept.name} was kept</b> (${kept.model}):
            ${kept.reason}${givenUp === null ? '' : `; ${givenUp}`}.
          </p>`
        : html`<p>${candidates.length === 0 ? 'No CV was tried yet.' : 'No CV was kept yet.'}</p>`
    }
    ${energyTable(round, words)}
    ${otherFrames.length > 0 && html`<p>On frames that the CVs have not seen: ${otherFrames.join('; ')}.</p>`}
    ${open.length > 0 && html`<p>Missing after it: ${open.map(({ name, words: said }) => `${name} (${said})`).join('; ')}.</p>`}
  </div>`;
}

function candidateTable(
  { round, candidates, kept }: RoundRecord,
  { units }: CampaignWords,
): Markup | undefined {
  return inCard(
    columnTable(
      [
        'CV',
        'Trained in',
        'Crossings',
        'Independent',
        `Per ${units.time}`,
        'Behind',
        'Beyond its training',
        `Length (${units.time})`,
        'Pilot',
      ],
      candidates.map((each, i) => [
        kept?.model === each.model ? html`<b>${each.name}</b>, kept` : each.name,
        each.round === 0 ? 'at hand' : `round ${each.round}`,
        each.crossings.toLocaleString('en-GB'),
        fixed(each.independent, 0),
        rateInWords(each),
        i === 0 ? 'first' : `${fixed(each.behind, 1)} σ`,
        outsideInWords(each),
        compact(each.nanoseconds),
        name(`round-${round}/pilots/${each.name}`),
      ]),
    ),
  );
}

function outsideInWords({ outside }: CandidateRecord): string | undefined {
  if (!outside) return undefined;
  if (outside.part === 0) return 'never';
  return `${compact(100 * outside.part, 2)} % of frames, by up to ${compact(outside.farthest, 2)} of its range`;
}

/** ΔF of a round and of each of its replicas, and the run that each is of. */
function energyTable({ deltaFs, production, drift }: RoundRecord, words: CampaignWords): Markup | undefined {
  if (!production || deltaFs.length === 0) return undefined;
  const doubted = deltaFs.some(({ warnings }) => warnings.length > 0);
  const rows = deltaFs.flatMap((each) => energyRows(each, production, words));
  const quiet =
    drift === null
      ? undefined
      : html`<p>
          At fixed CV the bias changed by ${fixed(drift, 2)} kT from the first half of the frames to the
          second.
        </p>`;
  const table = columnTable(
    [
      'Production',
      'ΔF',
      'Transitions',
      `Length (${words.units.time})`,
      'Run',
      ...(doubted ? ['Doubts'] : []),
    ],
    rows,
  );
  return html`${inCard(table)}${quiet}`;
}

type Row = (string | Markup | undefined)[];

function energyRows(
  { from, to, transitions, replicas, warnings, ...all }: RoundDeltaF,
  { folder, nanoseconds, cv }: NonNullable<RoundRecord['production']>,
  words: CampaignWords,
): Row[] {
  return [
    [
      html`<b>ΔF(${to} − ${from})</b>`,
      html`<b>${energyInWords(all, words)}</b>`,
      transitions.toLocaleString('en-GB'),
      compact(nanoseconds),
      html`${name(folder)}, biased along ${cv}`,
      warnings.join('; '),
    ],
    ...replicas.map(({ source, transitions: own, ...part }, i): Row => [
      `replica ${i}`,
      energyInWords(part, words),
      own.toLocaleString('en-GB'),
      '',
      name(source),
      '',
    ]),
  ];
}

export const inCard = (table: Markup | undefined): Markup | undefined =>
  table && html`<div class="card scroll">${table}</div>`;

/** What is not broken across lines. */
const name = (text: string): Markup => html`<span class="name">${text}</span>`;
