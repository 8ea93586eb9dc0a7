import { ContestantProcess } from '../contestants/contestant-process.js';
import { Kept } from '../kept.js';
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
export const trainings: readonly (Omit<WholeTraining, 'seed'> & { training: string; name: string })[] = [
  { training: 'its defaults: all frames a step, 1000 epochs', name: 'defaults', batch: 0, epochs: 1000 },
  {
    training: 'batches of 256 until 10 epochs gain less than 1e-5',
    name: 'early-stop',
    ...{ batch: 256, epochs: 1000, patience: 10 },
  },
];

/** Both on one thread, each seed of both in turn; mlcolvar's trainings are kept in `.cache/bench-train`, ours are timed anew. */
export async function timeUntil(
  network: TrainCase,
  { folder }: Problem,
  { seeds, quick, only }: { seeds: number; quick: boolean; only?: string | undefined },
): Promise<Until[]> {
  const begin = (engine: EngineName): ContestantProcess<TrainProtocol> =>
    new ContestantProcess<TrainProtocol>(commandOf(engine, folder, 1));
  const [theirs, ours] = [begin('mlcolvar'), begin('onnxruntime')];
  const kept = new Kept('bench-train', `until-${network.name}`);
  const rows: Until[] = [];
  try {
    for (const { training, name, ...whole } of trainings.filter(({ name }) => name === (only ?? name)))
      for (let seed = 1; seed <= seeds; seed++) {
        const epochs = quick ? 20 : whole.epochs;
        // deterministic, and hours of wide networks: a bench that was stopped goes on
        const train = (): Promise<Reached> => theirs.ask('whole', { ...whole, seed, epochs });
        const mlcolvar = quick ? await train() : await kept.of(`${name}-seed-${seed}`, train);
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
      median(of.map(({ mlcolvar }) => mlcolvar.loss)).toPrecision(4),
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
