import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Lock } from '../../../src/support/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { startPesmd, timestep, until, type PesmdFolder, moreLines } from '../../watch/pesmd-folder.js';
import { runCli } from '../run-cli.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const cwd = temporaryFolder('watch-command');
const steps = 40_000_000;
const replicas = ['replica-0', 'replica-1'].map((name) => join(cwd, 'run', name));
const runs: PesmdFolder[] = [];
const locks: Lock[] = [];

/** Two replicas that run, of which one has its lock, and the folder of a third that has written nothing. */
before(async () => {
  for (const folder of replicas) {
    mkdirSync(folder, { recursive: true });
    runs.push(startPesmd(steps, folder, 9 + runs.length));
  }
  locks.push(await Lock.take(join(replicas[0], 'run.lock'), 'the run'));
  mkdirSync(join(cwd, 'run', 'replica-2'));
  const record = JSON.parse(readFileSync(join(replicas[0], 'run.json'), 'utf8')) as object;
  writeFileSync(join(cwd, 'run', 'replica-2', 'run.json'), JSON.stringify(record));
  await more(1000);
});
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const lock of locks) await lock.release();
});

const more = (count: number): Promise<void> => moreLines(runs, count);

interface Looked {
  runs: {
    folder: string;
    state: string | null;
    frames: number;
    time: number | null;
    step: number | null;
    steps: number | null;
    fraction: number | null;
    ends: string | null;
    holder: { pid: number } | null;
    transitions: { from: string; to: string; count: number }[] | null;
  }[];
  cv: string;
  states: string[] | null;
  found: string | null;
  deltaFs: { value: number; error: number | null; transitions: number }[] | null;
}

function json(...args: string[]): Looked {
  const { code, stdout, stderr } = runCli(args, { cwd });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Looked;
}

test('run --status --json tells how far runs are and whether they live, and touches nothing', () => {
  const files = replicas.map((folder) => readdirSync(folder).sort());
  const { runs: told, cv, states } = json('run', '--status', 'run', '--json');
  assert.deepEqual(
    told.map(({ folder, state }) => [folder, state]),
    [
      ['run/replica-0', 'running'],
      ['run/replica-1', 'killed'], // no lock: nothing says that it lives
      ['run/replica-2', 'killed'],
    ],
  );
  const [first, second, third] = told;
  assert.equal(first.holder?.pid, process.pid);
  assert.deepEqual([first.steps, first.step], [steps, Math.round(first.time! / timestep)]);
  assert.ok(first.frames > 900 && first.fraction! > 0 && Date.parse(first.ends!) > Date.now());
  assert.ok(second.frames > 900 && second.ends === null);
  assert.deepEqual([third.frames, third.time], [0, null]);
  assert.deepEqual([cv, states], ['p.x', ['A', 'B']]);
  assert.ok(first.transitions![0].count > 0);
  assert.deepEqual(
    replicas.map((folder) => readdirSync(folder).sort()),
    files,
  );
});

test('run --status in words, and of a folder without a run', () => {
  const { code, stdout, stderr } = runCli(['run', '--status', 'run/replica-0'], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    new RegExp(
      `^run/replica-0: running \\(process ${process.pid} on \\S+\\); [\\d.]+ time units, step \\d+ of ${steps} \\(\\d+ %\\); ends 20\\S+ \\d\\d:\\d\\d, in .*; \\d+ frames; last written \\d+ s ago`,
    ),
  );
  assert.match(stderr, /latentcv watch --basin names/);
  const none = runCli(['run', '--status', '.'], { cwd: temporaryFolder('empty') });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /expected a run in the folder/);
  const behind = runCli(['run', 'run/replica-0', '--status'], { cwd });
  assert.deepEqual([behind.code, /^run\/replica-0: running/.test(behind.stdout)], [0, true]);
  const unnamed = runCli(['run', '--status'], { cwd });
  assert.deepEqual([unnamed.code, /expected folders of runs with --status/.test(unnamed.stderr)], [2, true]);
  const neither = runCli(['run', '--plumed', 'plumed.dat'], { cwd });
  assert.deepEqual([neither.code, /expected --folder/.test(neither.stderr)], [2, true]);
});

test('watch --text --once tells states in time, transitions, ΔF and the drift of the bias', () => {
  const args = ['watch', 'run', '--text', '--once', '--basin', 'right: p.x > 0; left: p.x < 0'];
  const { code, stdout, stderr } = runCli(args, { cwd });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^ {2}[rl·]{72}$/m);
  assert.match(stdout, /run\/replica-1: killed;/);
  assert.match(stdout, /run\/replica-2: killed; no frames of PLUMED yet/);
  assert.match(stdout, /transitions right–left \d+/);
  assert.match(stdout, /^ΔF\(left − right\) /m);
  assert.match(stdout, /at fixed CV the bias changed by \d+\.\d\d kT/);
});

test('watch --json tells what fes tells', () => {
  // of a copy, since the run goes on
  const folder = join(cwd, 'copy');
  mkdirSync(folder);
  for (const name of ['run.json', 'COLVAR', 'plumed.dat'])
    writeFileSync(join(folder, name), readFileSync(join(replicas[0], name)));
  const asked = ['copy', '--cv', 'p.x', '--basin', 'p.x=0..3', '--json'];
  const looked = json('watch', ...asked);
  const fes = runCli(['fes', ...asked], { cwd });
  assert.deepEqual(looked.deltaFs, (JSON.parse(fes.stdout) as Looked).deltaFs);
  rmSync(folder, { recursive: true });
});

test('watch --text goes on until Ctrl-C, and ends in good order', async () => {
  const child = spawn(process.execPath, [main, 'watch', 'run/replica-0', '--text', '--refresh', '1'], {
    cwd,
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const frames = () => [...said.matchAll(/: running.*; (\d+) frames/g)].map(([, count]) => Number(count));
  const [first] = await until(() => (frames().length > 0 ? frames() : undefined), 'a look');
  await more(100);
  await until(() => frames().at(-1)! > first || undefined, 'a look at more frames');
  const code = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  assert.equal(await code, 0);
});

test('what does not fit is told', () => {
  const refused = (args: string[], message: RegExp, exitCode = 2): void => {
    const { code, stderr } = runCli(['watch', 'run', ...args], { cwd });
    assert.equal(code, exitCode, stderr);
    assert.match(stderr, message);
  };
  refused(['--cv', 'nothing', '--text', '--once'], /expected one table with nothing/, 1);
  refused(['--once'], /expected --text with --once/);
  refused(['--text', '--port', '8000'], /--port/);
  refused(['--cv', 'p.x,opes.bias'], /expected one column for --cv/);
});

test(
  'the page of runs shows them in Chromium, and more of them as they go on',
  { skip: chromium === undefined && 'no Chromium' },
  async () => {
    const child = spawn(process.execPath, [main, 'watch', 'run', '--refresh', '1'], { cwd });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const url = await until(() => /^http:\S+(?=\n)/.exec(said)?.[0], 'the address');
    const browser = await openInChromium(url);
    try {
      const frames = async () =>
        Number(
          await browser.evaluate(
            `document.querySelector('#runs tr:nth-child(2) td:nth-child(7)')?.textContent`,
          ),
        );
      const first = await until(async () => (await frames()) || undefined, 'the table of runs');
      await more(100);
      await until(async () => (await frames()) > first || undefined, 'more frames');
      const text = String(await browser.evaluate('document.body.innerText'));
      for (const words of [
        /run\/replica-0\s+running/,
        /run\/replica-2\s+killed/,
        /A–B \d+/,
        /ΔF\(B − A\)/,
        /the bias changed by/,
      ])
        assert.match(text, words);
      const drawn = 'document.querySelectorAll("#figure-series svg path[d]").length';
      assert.ok(Number(await browser.evaluate(drawn)) > 3);
      assert.ok(
        Number(await browser.evaluate('document.querySelectorAll("#figure-convergence svg.plot").length')) ===
          1,
      );
      assert.deepEqual(browser.problems, []);
      const code = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      assert.equal(await code, 0);
      const ended = `/has ended/.test(document.getElementById('asked').textContent) || undefined`;
      await until(async () => (await browser.evaluate(ended)) as true | undefined, 'the end');
    } finally {
      child.kill('SIGKILL');
      await browser.close();
    }
  },
);
