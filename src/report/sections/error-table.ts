import type { DeltaF } from '../../free-energy/index.js';
import { compact, fixed, withError } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { Result } from '../report-data.js';
import type { Units } from '../units.js';
import { definitionTable } from './tables.js';

/** What stands behind the error bar of ΔF. */
export function errorTable(
  difference: DeltaF,
  result: Result | undefined,
  { energy }: Units,
): Markup | undefined {
  const { value, error, blocks, inefficiency, probabilityB, scan, warnings } = difference;
  const length = scan.find((point) => point.blocks === blocks)?.length;
  const table = definitionTable([
    [result?.symbol ?? 'ΔF', `${withError(value, error)} ${energy}`],
    [
      'Blocks used',
      blocks
        ? `${blocks}${length ? `, each of ${Math.round(length).toLocaleString('en-GB')} frames` : ''}`
        : undefined,
    ],
    [
      'Statistical inefficiency',
      Number.isFinite(inefficiency) ? `${compact(inefficiency)} frames` : undefined,
    ],
    [
      'Probability of state B',
      Number.isFinite(probabilityB) ? `${fixed(100 * probabilityB, 2)} %` : undefined,
    ],
    ['Error to be trusted', warnings.length ? `no: ${warnings.join('; ')}` : 'yes'],
  ]);
  return table && html`<div class="half card">${table}</div>`;
}
