// Campaigns from beginning to end by the one command that a user types, against references: how far off their free energies
// are, what they cost, and whether they chose a CV that crosses. Goes on where it was stopped.
// usage: node dist/bench/campaign/main.js [--quick] [--json] [--record] [--seeds N] [--system NAME …]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LatentcvError } from '../../src/support/errors.js';
import { cacheFolder } from '../../src/support/folders.js';
import { commonOptions, runBench, type BenchResult, type Printing } from '../run-bench.js';
import { alanine } from './alanine.js';
import type { CampaignPlace, CampaignSystem } from './campaign-system.js';
import { doubleProcess } from './double-process.js';
import { muellerBrown } from './mueller-brown.js';
import { campaignTables } from './report.js';
import { campaignOf, type CampaignRow } from './run-campaign.js';

const all: readonly CampaignSystem[] = [alanine, muellerBrown, doubleProcess];

interface Options extends Printing {
  quick: boolean;
  systems: readonly CampaignSystem[];
  /** Of each system; the whole table's where it is not given. */
  seeds?: number;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { ...commonOptions, seeds: { type: 'string' }, system: { type: 'string', multiple: true } },
  });
  const { quick, json, record, system } = values;
  const seeds = values.seeds === undefined ? (quick ? 1 : undefined) : Number(values.seeds);
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds > 0))
    throw new LatentcvError('bad-argument', `expected a number of seeds but received ${values.seeds}`);
  return { quick, json, record, seeds, systems: system?.map(named) ?? all };
}

function named(name: string): CampaignSystem {
  const found = all.find((system) => system.name === name);
  if (found) return found;
  const names = all.map((system) => system.name).join(', ');
  throw new LatentcvError('bad-argument', `expected one of ${names} but received ${name}`);
}

function placeOf({ name }: CampaignSystem, seed: number, quick: boolean): CampaignPlace {
  const root = join(cacheFolder(), 'bench-campaign');
  const folder = join(root, quick ? `${name}-quick` : name, `seed-${seed}`);
  mkdirSync(folder, { recursive: true });
  return { folder, shared: join(root, `${name}-shared`), seed, quick };
}

async function bench({ quick, systems, seeds }: Options): Promise<BenchResult> {
  const rows: CampaignRow[] = [];
  for (const system of systems)
    for (let seed = 1; seed <= (seeds ?? system.seeds); seed++) {
      console.error(`${system.name}, seed ${seed}`);
      rows.push(...(await campaignOf(system, placeOf(system, seed, quick))));
    }
  return { title: 'bench:campaign', tables: campaignTables(systems, rows), rows };
}

await runBench(readOptions, bench);
