import { table } from '../table.js';
import type { CampaignSystem } from './campaign-system.js';
import type { CampaignRow } from './run-campaign.js';

/** By how many errors, its own and the reference's, a free energy is off; undefined where there is none. */
export function offBy({ deltaF, error, reference, referenceError }: CampaignRow): number | undefined {
  if (deltaF === null || error === null) return undefined;
  return Math.abs(deltaF - reference) / Math.hypot(error, referenceError);
}

/** A table of each system, and below it how many of its campaigns were right. */
export function campaignTables(systems: readonly CampaignSystem[], rows: readonly CampaignRow[]): string {
  return systems
    .map((system) => {
      const own = rows.filter((row) => row.system === system.name);
      return `### ${system.name}\n\n${systemTable(system, own)}\n\n${verdicts(own).join('\n')}`;
    })
    .join('\n\n');
}

function systemTable({ unit, time }: CampaignSystem, rows: readonly CampaignRow[]): string {
  const [several, ofTen] = [
    rows.some(({ question }) => question !== undefined),
    rows.some(({ bestOfTen }) => bestOfTen !== null),
  ];
  const head = [
    'seed',
    ...(several ? ['question'] : []),
    `ΔF, ${unit}`,
    `reference`,
    'off by errors',
    time,
    ofTen ? 'crossings: chosen CV, best of ten' : 'transitions',
    'rounds',
    'outcome',
    'minutes',
  ];
  return table([head, ...rows.map((row) => cells(row, several))]);
}

function cells(row: CampaignRow, several: boolean): string[] {
  const { seed, question = '', deltaF, error, reference, referenceError, crossings, bestOfTen } = row;
  const off = offBy(row);
  return [
    String(seed),
    ...(several ? [question] : []),
    deltaF === null || error === null ? 'not determined' : `${deltaF.toFixed(2)} ± ${error.toFixed(2)}`,
    referenceError > 0 ? `${reference} ± ${referenceError}` : reference.toFixed(2),
    off === undefined ? '' : off.toFixed(1),
    row.nanoseconds.toFixed(1),
    bestOfTen === null ? String(crossings) : `${crossings}, ${bestOfTen}`,
    String(row.rounds),
    row.missing.length > 0 ? `${row.outcome}: ${row.missing.join('; ')}` : row.outcome,
    (60 * row.hours).toFixed(0),
  ];
}

/** What is asked of a system, counted over campaigns: one is right where all that it was asked is. */
function verdicts(rows: readonly CampaignRow[]): string[] {
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const campaigns = seeds.map((seed) => rows.filter((row) => row.seed === seed));
  const counted = (what: string, holds: (row: CampaignRow) => boolean): string =>
    `- ${what}: ${campaigns.filter((own) => own.every(holds)).length} of ${seeds.length}`;
  return [
    counted('within 2 errors', (row) => (offBy(row) ?? Infinity) <= 2),
    counted('within 3 errors', (row) => (offBy(row) ?? Infinity) <= 3),
    ...(rows.some(({ bestOfTen }) => bestOfTen !== null)
      ? [
          counted(
            'the chosen CV crosses at least half as often as the best',
            ({ crossings, bestOfTen }) => bestOfTen !== null && 2 * crossings >= bestOfTen,
          ),
        ]
      : []),
  ];
}
