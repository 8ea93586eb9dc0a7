import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CampaignRecord } from '../../../src/campaign/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { budget, converged, oneState, writeCampaign } from '../../fixtures/campaigns.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { startPesmd } from '../../watch/pesmd-folder.js';
import { expectDocumented } from '../documented-keys.js';
import { runCli } from '../run-cli.js';

const cwd = temporaryFolder('report-campaign');
const campaign = join(cwd, 'first');
const output = join(cwd, 'report.html');

/** A campaign in natural units, whose second round has replicas that a real program ran. */
const record: CampaignRecord = {
  ...budget,
  states: { model: null, column: null, questions: [{ basin: 'p.x=0..3', cores: 'p.x=-2..-0.8,0.8..2' }] },
  rounds: budget.rounds.map((round) => ({
    ...round,
    kept: round.kept && { ...round.kept, model: 'round-1/models/vamp-1.onnx' },
    production: round.production && { ...round.production, cv: 'p.x' },
  })),
};

suite('the report of a campaign', () => {
  before(async () => {
    writeCampaign(campaign, record);
    const runs = [0, 1].map((i) => {
      const folder = join(campaign, 'round-2', 'production', `replica-${i}`);
      mkdirSync(folder, { recursive: true });
      return startPesmd(150_000, folder, 5 + i);
    });
    for (const { ended } of runs) await ended;
    mkdirSync(join(campaign, 'round-1', 'models'), { recursive: true });
    const train = ['train', runs[0].colvar, '--columns', 'p.x', '--method', 'pca', '--latent', '1'];
    const model = join(campaign, 'round-1', 'models', 'vamp-1.onnx');
    const trained = runCli([...train, '-o', model]);
    assert.equal(trained.code, 0, trained.stderr);
  });

  test('of the folder alone it has the chapter and the last production, its CV, states and model', () => {
    const { code, stdout, stderr } = runCli(
      ['report', '--campaign', 'first', '-o', 'report.html', '--json'],
      { cwd },
    );
    assert.equal(code, 4, stderr); // the budget was spent without an answer
    const told = JSON.parse(stdout) as {
      deltaF: { value: number; error: number | null };
      transitions: { analysed: number };
      campaign: { outcome: string };
    };
    expectDocumented('report', told);
    const page = readFileSync(output, 'utf8');
    const titles = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    assert.deepEqual(titles.slice(0, 4), ['Campaign', 'Free energy', 'Biased run and its error', 'Collective variable']); // prettier-ignore
    assert.match(page, /<h1>Campaign first<\/h1>/);
    assert.match(page, /the production of round 2 \(round-2\/production\), biased along p\.x of vamp-1/);
    assert.match(page, /<td>pca<\/td>/);
    assert.match(page, /first\/round-2\/production\/replica-1\/COLVAR/);
    const fes = ['fes', 'first/round-2/production', '--cv', 'p.x', '--basin', 'p.x=0..3', '--cores', 'p.x=-2..-0.8,0.8..2', '--json']; // prettier-ignore
    const asked = JSON.parse(runCli(fes, { cwd }).stdout) as typeof told;
    assert.deepEqual(told.transitions, asked.transitions);
    assert.deepEqual(told.deltaF.value, asked.deltaF.value);
    assert.ok(told.transitions.analysed > 10);
    assert.equal(told.campaign.outcome, 'budget');
  });

  test('what is asked for by hand goes before what the campaign says', () => {
    const asked = ['--basin', 'p.x=0.5..3', '--title', 'Mine', '-o', 'other.html', '--json'];
    const { stdout, stderr } = runCli(['report', '--campaign', 'first', ...asked], { cwd });
    const told = JSON.parse(stdout) as { deltaF: { value: number }; error?: object };
    assert.equal(told.error, undefined, stderr);
    const fes = ['fes', 'first/round-2/production', '--cv', 'p.x', '--basin', 'p.x=0.5..3', '--json'];
    const same = JSON.parse(runCli(fes, { cwd }).stdout) as typeof told;
    assert.equal(told.deltaF.value, same.deltaF.value);
    assert.match(readFileSync(join(cwd, 'other.html'), 'utf8'), /<h1>Mine<\/h1>/);
  });

  test('runs that are named go before its last production, and have their own CV', () => {
    const named = ['report', 'first/round-2/production/replica-0', '--campaign', 'first', '-o', 'one.html'];
    assert.match(runCli(named, { cwd }).stderr, /expected --cv or --states but found neither/);
    const { stderr } = runCli([...named, '--cv', 'p.x'], { cwd });
    assert.match(stderr, /wrote one\.html/);
    const page = readFileSync(join(cwd, 'one.html'), 'utf8');
    assert.match(page, /<section id="campaign">/);
    assert.doesNotMatch(page, /the production of round 2/);
  });

  test(
    'in a browser the page is whole, asks for nothing, and unfolds the commands',
    { skip: chromium === undefined ? 'no Chromium on this machine' : false },
    async () => {
      const page = await openInChromium(pathToFileURL(output).href);
      try {
        const seen = `new Promise((resolve) => {
          const look = () => document.querySelectorAll('#campaign svg.plot').length === 2
            ? resolve(true) : setTimeout(look, 50);
          look();
        })`;
        await page.evaluate(seen);
        const inside = `[...document.querySelectorAll('#campaign *')]
          .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length`;
        assert.equal(await page.evaluate(inside), 0);
        const shown = `document.querySelector('#campaign details pre').checkVisibility()`;
        assert.equal(await page.evaluate(shown), false);
        await page.evaluate(`document.querySelector('#campaign summary').click()`);
        assert.equal(await page.evaluate(shown), true);
        assert.deepEqual(page.problems, []);
      } finally {
        await page.close();
      }
      assert.deepEqual(
        page.requested.filter((address) => !/^(file|data|about):/.test(address)),
        [],
      );
    },
  );
});

test('a campaign without a production has its chapter alone', () => {
  const folder = temporaryFolder('report-one-state');
  writeCampaign(folder, oneState);
  const page = join(folder, 'report.html');
  const { code, stdout } = runCli(['report', '--campaign', folder, '-o', page, '--json']);
  assert.equal(code, 4);
  expectDocumented('report', JSON.parse(stdout) as object);
  const text = readFileSync(page, 'utf8');
  assert.match(text, /No second state was found and returned from/);
  assert.doesNotMatch(text, /Biased run and its error/);
  writeCampaign(folder, { ...converged, rounds: [] });
  assert.equal(runCli(['report', '--campaign', folder, '-o', page]).code, 0);
});

test('what is no campaign is told, and its record is never written over', () => {
  const folder = temporaryFolder('report-no-campaign');
  const asked = (...words: string[]) => runCli(['report', ...words], { cwd: folder });
  const nothing = asked('-o', 'page.html');
  assert.deepEqual([nothing.code, /or --campaign, but found neither/.test(nothing.stderr)], [2, true]);
  const none = asked('--campaign', '.', '-o', 'page.html');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /expected the folder of a campaign for --campaign but found no campaign\.json/);
  writeFileSync(join(folder, 'campaign.json'), '{');
  assert.match(asked('--campaign', '.', '-o', 'page.html').stderr, /campaign\.json: /);
  writeCampaign(folder, oneState);
  copyFileSync(join(folder, 'campaign.json'), join(folder, 'kept.json'));
  assert.equal(asked('--campaign', '.', '-o', 'campaign.json').code, 2);
  assert.equal(readFileSync(join(folder, 'campaign.json'), 'utf8'), readFileSync(join(folder, 'kept.json'), 'utf8')); // prettier-ignore
  rmSync(folder, { recursive: true });
});
