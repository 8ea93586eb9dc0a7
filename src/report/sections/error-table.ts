import type { DeltaF } from '../../free-energy/index.js';
import { compact, count, fixed, estimate } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { Result } from '../report-data.js';
import type { Units } from '../units.js';
import { definitionTable, type Row } from './tables.js';

/** What stands behind the error bar of ΔF. */
export function errorTable(
  difference: DeltaF,
  result: Result | undefined,
  { energy }: Units,
): Markup | undefined {
  const { value, error, reason, blocks, inefficiency, probabilityB, scan, warnings } = difference;
  const length = scan.find((point) => point.blocks === blocks)?.length;
  const table = definitionTable([
    [result?.symbol ?? 'ΔF', `${estimate(value, error)} ${energy}${reason === null ? '' : `, ${reason}`}`],
    ...replicaRows(difference, energy),
    [
      'Blocks used',
      blocks
        ? `${blocks}${length ? `, each of ${Math.round(length).toLocaleString('en-GB')} frames` : ''}`
        : undefined,
    ],
    ['Statistical inefficiency', inefficiency === null ? undefined : `${compact(inefficiency)} frames`],
    ['Probability of state B', probabilityB === null ? undefined : `${fixed(100 * probabilityB, 2)} %`],
    ['Error reliable', warnings.length ? `no: ${warnings.join('; ')}` : 'yes'],
  ]);
  return table && html`<div class="half card">${table}</div>`;
}

/** ΔF of each replica, and whether they agree. */
function replicaRows({ replicas, agreement }: DeltaF, energy: string): Row[] {
  const rows = replicas.map(({ source, value, error, transitions }): Row => [
    source,
    `${estimate(value, error)} ${energy}, ${count(transitions, 'transition')}`,
  ]);
  if (!agreement) return rows;
  const { chiSquared, degreesOfFreedom, p, birge } = agreement;
  const factor = birge > 1 ? `; the error was multiplied by ${fixed(birge, 2)}` : '';
  return [
    ...rows,
    ['Replicas', `χ² = ${fixed(chiSquared, 1)} for ${degreesOfFreedom + 1}, p = ${compact(p, 2)}${factor}`],
  ];
}
