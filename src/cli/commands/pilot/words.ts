import type { Judge } from '../../../campaign/index.js';
import { counted, digits, fixed, rateInWords } from '../../../support/index.js';
import { alignedRows } from '../../words/index.js';
import type { JudgedPilot } from './judged.js';

/** A pilot in the order of their crossings. */
export type RankedPilot = JudgedPilot & { behind: number };

/** Pilots as a table, the one that crosses most often first. */
export function pilotLines(
  pilots: readonly RankedPilot[],
  judges: readonly Judge[],
  natural: boolean,
): string[] {
  const [time, energy] = natural ? ['1000 time units', 'natural'] : ['ns', 'kJ/mol'];
  const head = [
    'model',
    'crossings',
    'independent',
    `per ${time}`,
    'behind the first',
    time,
    `bias, ${energy}`,
  ];
  const rows = pilots.map(({ name, crossing, nanoseconds, behind, filled, outside }, i) => [
    name,
    String(crossing.crossings),
    fixed(crossing.independent, 0),
    rateInWords(crossing),
    i === 0 ? '' : `${fixed(behind, 1)} σ`,
    digits(nanoseconds, 3),
    digits(filled, 3),
    outsideInWords(outside),
  ]);
  return [...alignedRows([[...head, 'beyond its training'], ...rows]), ...judgeLines(pilots, judges)];
}

function outsideInWords(outside: JudgedPilot['outside']): string {
  if (!outside) return 'not known';
  if (outside.part === 0) return 'never';
  return `${digits(100 * outside.part, 2)} % of frames, by up to ${digits(outside.farthest, 2)} of its range`;
}

/** What each CV's basins say of every pilot. */
function judgeLines(pilots: readonly RankedPilot[], judges: readonly Judge[]): string[] {
  if (judges.length === 0) return [];
  const between = 'crossings between the basins that all pilots together show along';
  if (judges.length === 1) return [`${between} ${judges[0].column}`];
  const rows = pilots.map(({ name, judges: counts }) => [
    name,
    ...counts.map(({ crossings }) => String(crossings)),
  ]);
  return [
    '',
    `${between} each CV; the middle one ranks`,
    ...alignedRows([['model', ...judges.map(({ column }) => column)], ...rows]),
  ];
}

/** What the order rests on. */
export function verdictLines(pilots: readonly RankedPilot[]): string[] {
  const [first, ...others] = pilots;
  if (first.crossing.crossings === 0)
    return ['no pilot crossed: none of these CVs is shown to work, in runs of this length'];
  const near = others.filter(({ behind }) => behind < 2).map(({ name }) => name);
  const far = others.length - near.length;
  return [
    `${first.name} crosses most often` +
      (near.length > 0 ? `; not told apart from it (2 σ): ${near.join(', ')}` : '') +
      (far > 0 && near.length > 0 ? `; ${counted(far, 'other')} cross less often` : ''),
  ];
}
