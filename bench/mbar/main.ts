// usage: node dist/bench/mbar/main.js [--quick] [--json] [--record] [--python PYTHON with pymbar]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { solveMbar, type MbarInput } from '../../src/sampling/index.js';
import { LatentcvError, packageRoot, Random, runToEnd } from '../../src/support/index.js';
import { commonOptions, inTemporaryFolder, runBench, type BenchResult, type Printing } from '../run-bench.js';
import { shown, table } from '../table.js';

interface Options extends Printing {
  quick: boolean;
  python?: string | undefined;
}

const [kappa, spacing, windows] = [8, 0.5, 50];

/** With 20,000 it had not ended after 4 minutes of CPU time and 4.3 GB. */
const mostForPymbar = 2000;

/** What one of the two said. */
interface Outcome {
  name: string;
  frames: number;
  seconds: number;
  megabytes: number;
  f: number[];
}

/** Exact frames of 0.1 x² under harmonic windows, all in kT. */
function framesOf(perWindow: number): Float64Array {
  const random = new Random(7);
  return Float64Array.from({ length: windows * perWindow }, (_, frame) => {
    const centre = spacing * Math.floor(frame / perWindow);
    return (kappa * centre) / (kappa + 0.2) + random.normal() / Math.sqrt(kappa + 0.2);
  });
}

function ours(x: Float64Array): Outcome {
  const energies = Array.from({ length: windows }, (_, window) =>
    x.map((value) => 0.5 * kappa * (value - window * spacing) ** 2),
  );
  const perWindow = x.length / windows;
  const input: MbarInput = {
    states: energies.map((_, window) => `${window}`),
    energies,
    origin: Int32Array.from(x, (_, frame) => Math.floor(frame / perWindow)),
  };
  const begin = process.cpuUsage();
  const { f } = solveMbar(input);
  const { user, system } = process.cpuUsage(begin);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { name: 'latentcv', frames: perWindow, seconds: (user + system) / 1e6, megabytes, f: Array.from(f) };
}

async function pymbars(x: Float64Array, python: string): Promise<Outcome> {
  return inTemporaryFolder('bench-mbar', async (folder) => {
    const path = join(folder, 'x');
    writeFileSync(path, x);
    const script = join(packageRoot(), 'bench', 'mbar', 'pymbar_free_energies.py');
    let printed = '';
    const args = [script, path, `${windows}`, `${kappa}`, `${spacing}`];
    const end = await runToEnd({ command: python, args, onText: (text) => (printed += text) });
    const line = printed.split('\n').findLast((each) => each.startsWith('{'));
    if (end !== 0 || line === undefined)
      throw new LatentcvError('tool-failed', `${python} ended with ${end}`);
    const answer = JSON.parse(line) as Outcome & { version: string };
    return { ...answer, name: `pymbar ${answer.version}`, frames: x.length / windows };
  });
}

async function bench({ quick, python }: Options): Promise<BenchResult> {
  const outcomes: Outcome[][] = [];
  for (const perWindow of quick ? [500] : [2000, 20_000]) {
    const x = framesOf(perWindow);
    outcomes.push([
      ours(x),
      ...(python === undefined || perWindow > mostForPymbar ? [] : [await pymbars(x, python)]),
    ]);
  }
  const rows = outcomes.flatMap(([own, ...others]) =>
    [own, ...others].map(({ name, frames, seconds, megabytes, f }) => {
      const apart = f.reduce((most, value, state) => Math.max(most, Math.abs(value - own.f[state])), 0);
      return { frames, name, seconds, megabytes, apart };
    }),
  );
  const tables = table([
    ['frames of each of 50 windows', '', 'CPU seconds', 'memory, MB', 'largest difference of f_k'],
    ...rows.map(({ frames, name, seconds, megabytes, apart }) => [
      `${frames}`,
      name,
      shown(seconds),
      megabytes.toFixed(0),
      apart === 0 ? '' : apart.toExponential(0),
    ]),
  ]);
  return { title: 'bench:mbar', tables, rows };
}

await runBench<Options>(
  () => parseArgs({ options: { ...commonOptions, python: { type: 'string' } } }).values,
  bench,
);
