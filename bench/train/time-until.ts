import { ContestantProcess } from '../contestants/contestant-process.js';
import { median, shown, table } from '../table.js';
import { commandOf, type EngineName } from './engines.js';
import type { Problem } from './problem.js';
import type { Reached, TrainProtocol, WholeTraining } from './protocol.js';
import { networkOf, type TrainCase } from './train-case.js';

/** A whole training of mlcolvar, and ours until its validation loss is as small. */
export interface Until {
  network: string;
  /** How mlcolvar trains. */
  training: string;
  seed: number;
  mlcolvar: Reached;
  /** Its last loss is larger where our training ended before. */
  ours: Reached;
}

/** What users of mlcolvar do: its defaults, which are Lightning's, and batches with an early stop, as its tutorials have it. */
const trainings: Record<string, Omit<WholeTraining, 'seed'>> = {
  'its defaults: all frames a step, 1000 epochs': { batch: 0, epochs: 1000 },
  'batches of 256 until 10 epochs gain less than 1e-5': { batch: 256, epochs: 1000, patience: 10 },
};

/** Both on one thread, each seed of both in turn. */
export async function timeUntil(
  network: TrainCase,
  { folder }: Problem,
  { seeds, quick }: { seeds: number; quick: boolean },
): Promise<Until[]> {
  const begin = (engine: EngineName): ContestantProcess<TrainProtocol> =>
    new ContestantProcess<TrainProtocol>(commandOf(engine, folder, 1));
  const [theirs, ours] = [begin('mlcolvar'), begin('onnxruntime')];
  const rows: Until[] = [];
  try {
    for (const [training, whole] of Object.entries(trainings))
      for (let seed = 1; seed <= seeds; seed++) {
        const epochs = quick ? 20 : whole.epochs;
        const mlcolvar = await theirs.ask('whole', { ...whole, seed, epochs });
        const reached = await ours.ask('until', { seed, loss: mlcolvar.loss });
        const row = { network: network.name, training, seed, mlcolvar, ours: reached };
        console.error(`${networkOf(network)}, seed ${seed}: ${line(row)}`);
        rows.push(row);
      }
  } finally {
    await Promise.all([theirs.end(), ours.end()]);
  }
  return rows;
}

const ratioOf = ({ mlcolvar, ours }: Until): number => mlcolvar.seconds.cpu / ours.seconds.cpu;

const hasReached = ({ mlcolvar, ours }: Until): boolean => ours.loss <= mlcolvar.loss;

const line = (row: Until): string =>
  `loss ${row.mlcolvar.loss.toPrecision(4)} after ${shown(row.mlcolvar.seconds.cpu)} s; ours ${row.ours.loss.toPrecision(4)} after ${shown(row.ours.seconds.cpu)} s`;

/** CPU time of each, medians over the seeds; the ratio of each seed by itself. */
export function untilTable(rows: readonly Until[]): string {
  const groups = new Map<string, Until[]>();
  for (const row of rows) {
    const key = `${row.network}|${row.training}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const middle = (of: Until[], value: (row: Until) => number): string => shown(median(of.map(value)));
  const body = [...groups.values()].map((of) => {
    const there = of.filter(hasReached);
    const ratios = there.map(ratioOf);
    return [
      ...[of[0].network, of[0].training, `${there.length} of ${of.length}`],
      middle(of, ({ mlcolvar }) => mlcolvar.loss),
      `${middle(of, ({ mlcolvar }) => mlcolvar.epochs)}, ${middle(of, ({ mlcolvar }) => mlcolvar.seconds.cpu)}`,
      `${middle(of, ({ ours }) => ours.epochs)}, ${middle(of, ({ ours }) => ours.seconds.cpu)}`,
      ratios.length === 0 ? '–' : `${shown(median(ratios))} (${shown(Math.min(...ratios))})`,
    ];
  });
  const head = [
    ...['network', 'how mlcolvar trains', 'seeds of ours that reached its loss', 'its loss'],
    ...['its epochs, s', 'ours: epochs, s', 'times sooner, median (smallest)'],
  ];
  return table([head, ...body]);
}
