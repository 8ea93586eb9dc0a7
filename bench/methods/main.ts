// Every method's CV on several systems, by the commands that a user types: what its training says, how often pilots and a run along
// it cross, and how far off its free energy is. Cells that were measured are kept; goes on where it was stopped.
// usage: node dist/bench/methods/main.js [--quick] [--json] [--record] [--seeds N] [--system NAME …] [--method NAME …] [--kept]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LatentcvError } from '../../src/index.js';
import { Kept } from '../kept.js';
import { commonOptions, runBench, type BenchResult, type Printing } from '../run-bench.js';
import { caseNames, type CaseName } from './cases.js';
import { measureCell, type Cell } from './measure.js';
import { methodTables, type Measured } from './report.js';
import { rowsOf } from './rows.js';
import type { MethodSystem } from './system.js';
import { systems } from './systems/index.js';

interface Options extends Printing {
  quick: boolean;
  seeds: number;
  systems: readonly MethodSystem[];
  cases: readonly CaseName[];
  /** Tables of what is kept; nothing is run. */
  kept: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      ...commonOptions,
      seeds: { type: 'string' },
      system: { type: 'string', multiple: true },
      method: { type: 'string', multiple: true },
      kept: { type: 'boolean', default: false },
    },
  });
  const { quick, json, record, kept, system, method } = values;
  const seeds = Number(values.seeds ?? (quick ? 1 : 3));
  if (!(Number.isInteger(seeds) && seeds > 0))
    throw new LatentcvError('bad-argument', `expected a number of seeds but received ${values.seeds}`);
  return {
    ...{ quick, json, record, kept, seeds },
    systems: chosen(system, systems, ({ name }) => name),
    cases: chosen(method, caseNames, (name) => name),
  };
}

function chosen<T>(
  wanted: readonly string[] | undefined,
  all: readonly T[],
  nameOf: (one: T) => string,
): T[] {
  const unknown = wanted?.find((name) => !all.some((one) => nameOf(one) === name));
  if (unknown === undefined) return all.filter((one) => wanted?.includes(nameOf(one)) ?? true);
  throw new LatentcvError(
    'bad-argument',
    `expected one of ${all.map(nameOf).join(', ')} but received ${unknown}`,
  );
}

/** Seed by seed, so that a bench that is stopped has all methods of the first ones. */
async function measure(
  system: MethodSystem,
  { quick, seeds, cases, kept }: Options,
): Promise<readonly Cell[]> {
  const store = new Kept('bench-methods', `${system.name}${quick ? '-quick' : ''}`);
  const folder = join(store.folder, 'runs');
  mkdirSync(folder, { recursive: true });
  const keys = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    cases.map((name) => ({ name, seed, key: `${name}-${seed}` })),
  );
  if (kept) return await store.all<Cell>(keys.map(({ key }) => key));
  const ready = await system.prepare({ folder, quick });
  const cells: Cell[] = [];
  for (const { name, seed, key } of keys)
    cells.push(await store.of(key, () => measureCell(name, seed, ready, folder)));
  return cells;
}

async function bench(options: Options): Promise<BenchResult> {
  const measured: Measured[] = [];
  for (const system of options.systems) measured.push({ system, cells: await measure(system, options) });
  const found = measured.filter(({ cells }) => cells.length > 0);
  return {
    title: 'bench:methods',
    tables: methodTables(found, options.quick),
    rows: found.flatMap(({ system, cells }) => cells.flatMap((cell) => rowsOf(system.name, cell))),
  };
}

await runBench(readOptions, bench);
