import type { PlumedInput } from '../parse-input.js';
import { placeOf, type Statement } from '../statement.js';
import { uncutFiles } from './written-tables.js';

/** What each action loses where PLUMED restarts, for a line; undefined of those that lose nothing. */
const lost: [(statement: Statement) => boolean, string][] = [
  [({ action }) => action === 'EXTENDED_LAGRANGIAN', 'its particle starts anew, at the CV and at rest'],
  [
    ({ action }) => action === 'DRR',
    'its particle starts anew; its gradients go on from the .drrstate that it names',
  ],
  [
    ({ action, keywords }) => action === 'ABMD' && !keywords.has('MIN'),
    'its ratchet starts anew, where the CV then is',
  ],
  [({ action }) => action === 'MAXENT', 'its multipliers go on from its .LAGMULT, which is not cut back'],
  [({ action }) => action === 'EDS', 'its coupling goes on from IN_RESTART alone'],
  [
    ({ action }) => action === 'METAINFERENCE',
    'its state goes on from its STATUS_FILE, which is not cut back',
  ],
  [
    ({ action }) => /^(LOGMFD|FISST|VES_|OPT_|TD_)/.test(action),
    'its coefficients go on from files of its own, which are not cut back',
  ],
  [({ action }) => action === 'MOVINGRESTRAINT', 'the work that it counts starts anew from 0'],
  [({ flags }) => flags.has('CALC_WORK'), 'the work that it counts starts anew from 0'],
  [({ flags }) => flags.has('ACCELERATION'), 'its mean acceleration starts anew, but for ACCELERATION_RFILE'],
  [
    ({ action }) => ['AVERAGE', 'HISTOGRAM', 'TIME_AVERAGE', 'ACCUMULATE', 'COLLECT_FRAMES'].includes(action),
    'what it gathered starts anew',
  ],
];

/** What PLUMED does not go on with at a restart, a line each. */
export function notRestored(input: PlumedInput): string[] {
  const lines = input.all.flatMap((statement) =>
    lost
      .filter(([loses]) => loses(statement))
      .map(([, what]) => `${placeOf(statement)}: PLUMED does not restore ${statement.action}: ${what}`),
  );
  const uncut = uncutFiles(input);
  if (uncut.length === 0) return lines;
  return [
    ...lines,
    `${uncut.join(', ')} may hold frames twice: what is behind the checkpoint is not cut from such files`,
  ];
}
