import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { recordFile, type CampaignRecord } from '../../../src/campaign/index.js';
import { Lock } from '../../../src/support/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { budget, converged, running, writeCampaign } from '../../fixtures/campaigns.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { startPesmd, until, type PesmdFolder, moreLines } from '../../watch/pesmd-folder.js';
import { expectDocumented } from '../documented-keys.js';
import { runCli } from '../run-cli.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const cwd = temporaryFolder('watch-campaign');
const campaign = join(cwd, 'first');
const steps = 40_000_000;
const runs: PesmdFolder[] = [];
const locks: Lock[] = [];

/** In its second round, whose pilots run, in natural units as they are. */
const record: CampaignRecord = {
  ...running,
  ...{ natural: true, temperature: 1 },
  states: { model: null, column: null, questions: [{ basin: 'right: p.x>0; left: p.x<0', cores: null }] },
};

/** One pilot has its lock, the other was killed. */
before(async () => {
  writeCampaign(campaign, record);
  for (const name of ['tae-4', 'tae-5']) {
    const folder = join(campaign, 'round-2', 'pilots', name);
    mkdirSync(folder, { recursive: true });
    runs.push(startPesmd(steps, folder, 9 + runs.length));
  }
  locks.push(await Lock.take(join(runs[0].folder, 'run.lock'), 'the run'));
  await more(500);
});
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const lock of locks) await lock.release();
});

const more = (count: number): Promise<void> => moreLines(runs, count);

test('--json is the record with the runs of the step under way', () => {
  const { code, stdout, stderr } = runCli(['watch', 'first', '--json'], { cwd });
  assert.equal(code, 0, stderr);
  const told = JSON.parse(stdout) as {
    campaign: CampaignRecord;
    runs: { folder: string; state: string; frames: number; transitions: { from: string }[] | null }[];
    cv: string | null;
    deltaFs: object[] | null;
    notes: string[];
  };
  expectDocumented('watch', told);
  assert.deepEqual(told.campaign, JSON.parse(readFileSync(join(campaign, recordFile), 'utf8')));
  assert.deepEqual(
    told.runs.map(({ folder, state }) => [folder, state]),
    [
      ['first/round-2/pilots/tae-4', 'running'],
      ['first/round-2/pilots/tae-5', 'killed'],
    ],
  );
  // each pilot has a bias of its own
  assert.deepEqual([told.cv, told.deltaFs], [null, null]);
  for (const { frames, transitions } of told.runs) {
    assert.ok(frames > 400);
    assert.equal(transitions![0].from, 'right');
  }
});

test('--text --once tells the campaign and its runs', () => {
  const { code, stdout, stderr } = runCli(['watch', 'first', '--text', '--once'], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^running: round 2: pilots along 4 CVs\n/);
  assert.match(stdout, /^ {2}1 +tae-1 +round 1 +14 +14 +7 ± 1\.9 +2 +kept$/m);
  assert.match(stdout, /ΔF\(C7ax − C7eq\) 9\.31 ± 0\.52, 47 transitions/);
  assert.match(stdout, /^first\/round-2\/pilots\/tae-4: running \(process \d+ on /m);
  assert.match(stdout, /^first\/round-2\/pilots\/tae-5: killed;.* transitions right–left \d+/m);
});

test('states that the runs do not tell are no error, and are told', () => {
  writeCampaign(campaign, {
    ...record,
    states: { ...record.states, questions: [{ basin: 'A: phi<0; B: phi>0', cores: null }] },
  });
  const { code, stdout, stderr } = runCli(['watch', 'first', '--text', '--once'], { cwd });
  writeCampaign(campaign, record);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^first\/round-2\/pilots\/tae-4: running/m);
  assert.match(stdout, /^round-2\/pilots\/tae-4: .*phi/m);
});

test('a campaign that has ended has no runs under way', () => {
  const ended = join(cwd, 'ended');
  writeCampaign(ended, converged);
  const { stdout } = runCli(['watch', 'ended', '--json'], { cwd });
  const told = JSON.parse(stdout) as { runs: object[]; campaign: CampaignRecord };
  expectDocumented('watch', told);
  assert.deepEqual([told.runs, told.campaign.outcome], [[], 'converged']);
  // and is told once
  const text = runCli(['watch', 'ended', '--text'], { cwd });
  assert.equal(text.code, 0);
  assert.match(text.stdout, /^20\S+ \d\d:\d\d\nconverged after 3 rounds\n/);
  const both = runCli(['watch', 'ended', 'first', '--text', '--once'], { cwd });
  assert.deepEqual([both.code, /expected the folder of a campaign alone/.test(both.stderr)], [2, true]);
});

test('--text tells what changed, and ends with the campaign', async () => {
  const folder = join(cwd, 'second');
  writeCampaign(folder, running);
  const child = spawn(process.execPath, [main, 'watch', 'second', '--text', '--refresh', '1'], { cwd });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const code = new Promise((resolve) => child.once('close', resolve));
  await until(() => /^running: round 2/m.test(said) || undefined, 'a look');
  writeCampaign(folder, converged);
  assert.equal(await code, 0);
  assert.match(said, /\n\n20\S+ \d\d:\d\d\nconverged after 3 rounds\n/);
  assert.equal(said.match(/^running: round 2/gm)?.length, 1);
});

test(
  'the page of a campaign shows rounds, CVs, crossings, ΔF and runs in Chromium, and what is new',
  { skip: chromium === undefined && 'no Chromium' },
  async () => {
    const child = spawn(process.execPath, [main, 'watch', 'first', '--refresh', '1'], { cwd });
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
      const text = String(await browser.evaluate('document.body.innerText'));
      for (const words of [
        /^first: round 2: pilots along 4 CVs/,
        /Under way: round 2: pilots along 4 CVs/,
        /9\.31 ± 0\.52/,
        /first\/round-2\/pilots\/tae-4\s+running/,
        /first\/round-2\/pilots\/tae-5\s+killed/,
        /tae-1, kept\s+round 1\s+14\s+14\s+7 ± 1\.9/,
        /round-2-pilot\s+round 2: pilots along 4 CVs\s+running/,
      ])
        assert.match(text, words);
      const figures = `[...document.querySelectorAll('figure')].map(({ id }) => id).join()`;
      assert.equal(
        await browser.evaluate(figures),
        'figure-series-0,figure-series-1,figure-campaign-delta-f-0,figure-campaign-crossings',
      );
      const caption = `document.querySelector('#figure-series-1 figcaption').textContent`;
      assert.match(String(await browser.evaluate(caption)), /first\/round-2\/pilots\/tae-5: p\.x in time/);
      await more(100);
      await until(async () => (await frames()) > first || undefined, 'more frames');
      writeCampaign(campaign, { ...record, rounds: converged.rounds.slice(0, 2) });
      const tried = `/tae-6\\s+round 2\\s+24\\s+24\\s+12 ± 2\\.4/.test(document.body.innerText) || undefined`;
      await until(async () => (await browser.evaluate(tried)) as true | undefined, 'the second round');
      writeCampaign(campaign, budget);
      const spent = `/The budget was spent/.test(document.body.innerText) || undefined`;
      await until(async () => (await browser.evaluate(spent)) as true | undefined, 'the end');
      assert.equal(await browser.evaluate(`document.querySelectorAll('#runs').length`), 0);
      assert.deepEqual(browser.problems, []);
      const code = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGINT');
      assert.equal(await code, 0);
    } finally {
      writeCampaign(campaign, record);
      child.kill('SIGKILL');
      await browser.close();
    }
  },
);
