import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { biasedRun } from '../../src/campaign/index.js';
import { answerOf, readSampledRun, type NamedDeltaF, type RunQuestion } from '../../src/free-energy/index.js';
import { temperatureOf } from '../../src/sampling/index.js';
import { standardDeviation } from '../free-energy/random.js';
import { temporaryFolder } from '../temporary-folder.js';
import { findPlumed, pesmdEngine } from '../../src/programs/index.js';
import '../optimised-plumed.js';

// How often the error of a run under a bias that PLUMED built as it went reaches the exact value. Seeds are fixed; 16 runs
// of each bias, or as many as LATENTCV_COVERAGE_RUNS says (100 are in bench/RESULTS.md).

const runs = Number(process.env.LATENTCV_COVERAGE_RUNS ?? 16);

/** Wanted of many runs; few are held to what a coverage of 55 % gives in nineteen of twenty cases. */
const wanted = 0.55;
const least = runs >= 100 ? wanted : wanted - 1.64 * Math.sqrt((wanted * (1 - wanted)) / runs);

/** In units of kT: a barrier of 5, B higher than A by about 1.6. */
const potential = (x: number): number => 5 * (x * x - 1) ** 2 + 0.8 * x;

/** By the midpoint rule. */
function exactDeltaF(): number {
  const side = (sign: number): number => {
    let sum = 0;
    for (let x = 5e-5; x < 4; x += 1e-4) sum += Math.exp(-potential(sign * x));
    return sum;
  };
  return -Math.log(side(1) / side(-1));
}

function plumedInput(bias: string, columns: string): string {
  return [
    'UNITS NATURAL',
    'p: DISTANCE ATOMS=1,2 COMPONENTS',
    'v: CUSTOM ARG=p.x FUNC=5*(x^2-1)^2+0.8*x PERIODIC=NO',
    'surface: BIASVALUE ARG=v',
    bias,
    `PRINT ARG=p.x,${columns} STRIDE=20 FILE=COLVAR`,
    '',
  ].join('\n');
}

const pesmd = [
  'temperature 1',
  'tstep 0.01',
  'friction 2',
  'dimension 1',
  'ipos -1.0',
  'periodic false',
  'nstep 100000',
].join('\n');

const question: RunQuestion = {
  basins: [{ column: 'p.x', interval: [0, 4] }],
  cores: {
    column: 'p.x',
    sets: [
      [-4, -0.7],
      [0.7, 4],
    ],
  },
};

async function sampled(bias: string, columns: string): Promise<NamedDeltaF[]> {
  const folder = temporaryFolder('pesmd-coverage');
  const seeds = Array.from({ length: runs }, (_, i) => 100 + i);
  const { folders } = await biasedRun({
    engine: pesmdEngine({ input: pesmd, seeds, colvar: 'COLVAR' }),
    input: plumedInput(bias, columns),
    plumed: await findPlumed(),
    folder,
  });
  const found: NamedDeltaF[] = [];
  for (const place of folders) {
    const run = await readSampledRun([join(place, 'COLVAR')], {
      columns: ['p.x'],
      question,
      temperature: temperatureOf(1),
    });
    found.push(answerOf(run, question, 'p.x')!.deltaFs[0]);
  }
  return found;
}

function expectCoverage(found: readonly NamedDeltaF[], t: TestContext): void {
  const exact = exactDeltaF();
  const known = found.filter(({ error }) => error !== null);
  const within = (bars: number): number =>
    known.filter(({ value, error }) => Math.abs(value! - exact) < bars * error!).length / known.length;
  const mean = known.reduce((sum, { value }) => sum + value! / known.length, 0);
  const stated = Math.sqrt(known.reduce((sum, { error }) => sum + error! ** 2 / known.length, 0));
  const scatter = standardDeviation(known.map(({ value }) => value!));
  const transitions = known.reduce((sum, each) => sum + each.transitions / known.length, 0);
  t.diagnostic(
    `${known.length} runs: within 1 and 2 standard errors ${(100 * within(1)).toFixed(0)} %, ${(100 * within(2)).toFixed(0)} %; ` +
      `mean ${mean.toFixed(3)}, exact ${exact.toFixed(3)}; scatter ${scatter.toFixed(3)}, stated ${stated.toFixed(3)} kT; ${transitions.toFixed(0)} transitions`,
  );
  assert.ok(known.length >= 0.9 * runs);
  assert.ok(within(1) >= least, `${within(1)} of at least ${least}`);
  assert.ok(within(2) >= 0.8, `${within(2)}`);
}

test('OPES in pesmd: enough of the runs within one standard error of the exact ΔF', async (t) => {
  const opes = 'opes: OPES_METAD ARG=p.x PACE=200 BARRIER=10 TEMP=1 SIGMA=0.1';
  expectCoverage(await sampled(opes, 'opes.bias'), t);
});

test('metadynamics in pesmd, weighed by rbias: likewise', async (t) => {
  const metad =
    'metad: METAD ARG=p.x PACE=200 HEIGHT=0.5 SIGMA=0.1 BIASFACTOR=8 TEMP=1 GRID_MIN=-4 GRID_MAX=4 CALC_RCT';
  expectCoverage(await sampled(metad, 'metad.bias,metad.rbias'), t);
});
