import { ContestantProcess } from '../contestants/contestant-process.js';
import { median, shown, table } from '../table.js';
import { commandOf, type EngineName } from './engines.js';
import type { Problem } from './problem.js';
import { slopeMethods, type SlopeMethod, type TrainProtocol } from './protocol.js';
import { networkOf, type TrainCase } from './train-case.js';

/** Epochs of one method by ours and by mlcolvar, CPU seconds of one thread each. */
export interface Slopes {
  network: string;
  method: SlopeMethod;
  ours: number[];
  mlcolvar: number[];
}

/** Losses that have the network's gradient by its inputs in them, in turn: same frames, same batches, same widths. */
export async function timeSlopes(
  network: TrainCase,
  { folder }: Problem,
  { rounds, epochs }: { rounds: number; epochs: number },
): Promise<Slopes[]> {
  const begin = (engine: EngineName): ContestantProcess<TrainProtocol> =>
    new ContestantProcess<TrainProtocol>(commandOf(engine, folder, 1));
  const [theirs, ours] = [begin('mlcolvar'), begin('onnxruntime')];
  try {
    const rows: Slopes[] = [];
    for (const method of slopeMethods) {
      const row: Slopes = { network: networkOf(network), method, ours: [], mlcolvar: [] };
      for (let round = 0; round < rounds; round++) {
        for (const [who, into] of [
          [theirs, row.mlcolvar],
          [ours, row.ours],
        ] as const) {
          const answer = await who.ask('slopes', { method, epochs });
          into.push(...answer.epochs.map(({ cpu }) => cpu));
        }
      }
      rows.push(row);
    }
    return rows;
  } finally {
    await Promise.all([theirs.end(), ours.end()]);
  }
}

/** Smallest and, in brackets, median times. */
export function slopesTable(rows: readonly Slopes[]): string {
  const milliseconds = (times: readonly number[]): string =>
    `${shown(1000 * Math.min(...times))} (${shown(1000 * median(times))})`;
  const body = rows.map(({ network, method, ours, mlcolvar }) => [
    ...[network, method, milliseconds(ours), milliseconds(mlcolvar)],
    shown(Math.min(...mlcolvar) / Math.min(...ours)),
  ]);
  const head = ['encoder of', 'method', 'ours: epoch, ms', 'mlcolvar: epoch, ms', 'times faster'];
  return [
    table([head, ...body]),
    '',
    'Smallest (median) CPU times of one thread, in turn: 20,000 frames in batches of 256, and a validation on a quarter as many; the',
    "encoder's hidden layers with one output for the committor, two for the generator (mlcolvar: a network for each, since its Generator",
    'of one fails); gradients by the inputs, all frames in the functional, without a logarithm.',
  ].join('\n');
}
