import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium, openInChromium, type BrowserPage } from '../../chromium.js';
import { mixtureRun, three } from '../../states/mixture.js';
import { turnedAlanine } from '../../states/turned-alanine.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { alanine } from '../../trajectories/fixtures.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('report-states');
const frames = 4000;
const run = mixtureRun(three, { seed: 6, frames, leave: 0.1 });
const colvar = join(folder, 'COLVAR');
const common = [colvar, '--temperature', '300', '--bias', 'none'];
const output = join(folder, 'report.html');

suite('the report of states', () => {
  before(() => {
    const rows = Array.from({ length: frames }, (_, i) => `${i} ${run.x[i]} ${run.y[i]} ${run.component[i]}`);
    writeFileSync(colvar, ['#! FIELDS time x y which', ...rows, ''].join('\n'));
    const trajectory = join(folder, 'traj.gro');
    writeFileSync(trajectory, turnedAlanine(run.component));
    const files = ['--frames', trajectory, '--structure', alanine, '-o', join(folder, 'states')];
    assert.equal(runCli(['states', ...common, '--cv', 'x,y', ...files]).code, 0);
    const { code, stderr } = runCli(['report', ...common, '--states', join(folder, 'states'), '-o', output]);
    assert.equal(code, 0, stderr);
  });

  test('ranks them, marks them on the landscape, draws passages and what tells them apart', () => {
    const page = readFileSync(output, 'utf8');
    const [, section] = /<section id="states">(.*?)<\/section>/s.exec(page)!;
    assert.match(section, /3 modes of the reweighted density over x, y; .* below 2 kT\./s);
    assert.match(section, /First half shows 3, second half shows 3:\s+each is found again\./);
    const rows = [...section.matchAll(/<td>(M\d)<\/td>\s*<td>([\d.]+) ± [\d.]+ %<\/td>/g)];
    assert.deepEqual(
      rows.map(([, name]) => name),
      ['M1', 'M2', 'M3'],
    );
    rows.forEach(([, , percent], i) => {
      const drawn = run.component.filter((component) => component === i).length / frames;
      assert.ok(Math.abs(Number(percent) - 100 * drawn) < 0.15, percent);
    });
    const [, surface] = /<figure id="figure-states-1"(.*?)<\/figure>/s.exec(section)!;
    for (const name of ['M1', 'M2', 'M3']) assert.ok(surface.includes(`>${name}</text>`), name);
    const { transitions } = JSON.parse(readFileSync(join(folder, 'states', 'states.json'), 'utf8')) as {
      transitions: number[][];
    };
    const [, graph] = /<figure id="figure-passages"(.*?)<\/figure>/s.exec(section)!;
    const counts = [...graph.matchAll(/class="count"[^>]*>(\d+)</g)].map(([, count]) => Number(count));
    assert.deepEqual(
      counts,
      transitions.flatMap((row, i) => row.filter((count, j) => i !== j && count > 0)),
    );
    assert.match(section, /<td>M3<\/td><td>which<\/td><td>2 ± 0<\/td>|<td>M3<\/td>\s*<td>y<\/td>/);
  });

  test('without JavaScript the structures are pictures, and a sentence says so', () => {
    const page = readFileSync(output, 'utf8');
    const pictures = [...page.matchAll(/<div class="picture" data-structure="\d">(.*?)<\/svg>/gs)];
    assert.equal(pictures.length, 3);
    for (const [, picture] of pictures) assert.equal(picture.match(/<circle/g)?.length, 22);
    // 21 bonds, each in two halves
    assert.equal(pictures[0][1].match(/<path/g)?.length, 42);
    assert.match(
      page,
      /<noscript><p class="how">Without JavaScript the structures stand still\.<\/p><\/noscript>/,
    );
    assert.ok(statSync(output).size < 1_200_000, `${statSync(output).size} bytes`);
    assert.match(page, /3Dmol\.js[^]*BSD-3-Clause license/);
  });

  test(
    'in a browser each structure is turned by mouse, all together, and nothing is asked for',
    { skip: chromium === undefined ? 'no Chromium on this machine' : false },
    async () => {
      const page = await openInChromium(pathToFileURL(output).href);
      try {
        // viewers are opened where they come into view
        await until(
          page,
          `document.querySelector('.structures')?.scrollIntoView(), document.querySelectorAll('.picture.live').length === 3`,
        );
        const turned = (await page.evaluate(turn)) as { white: number; changed: boolean[] };
        assert.ok(turned.white > 0.3 && turned.white < 0.98, `${turned.white} of the picture is white`);
        assert.deepEqual(turned.changed, [true, true, true]);
        await page.evaluate(`document.querySelector('.how input').click()`);
        assert.deepEqual(((await page.evaluate(turn)) as { changed: boolean[] }).changed, [
          true,
          false,
          false,
        ]);
      } finally {
        await page.close();
      }
      assert.deepEqual(
        page.requested.filter((address) => !/^(file|data|blob):/.test(address)),
        [],
      );
      assert.deepEqual(
        page.problems.filter((problem) => !/WebGL|GL Driver/.test(problem)),
        [],
      );
    },
  );
});

test('what is no states.json is told, and where there is none', () => {
  const strange = join(folder, 'strange.json');
  writeFileSync(strange, '{"states": []}');
  const asked = (...words: string[]) =>
    runCli(['report', ...common, ...words, '-o', join(folder, 'no.html')]);
  assert.match(
    asked('--states', strange).stderr,
    /expected the states\.json of latentcv states in .*strange\.json but it is not: cv: /,
  );
  assert.match(asked('--states', join(folder, 'nowhere')).stderr, /nowhere: there is no such file/);
  assert.match(asked().stderr, /expected --cv or --states but found neither/);
});

/** Drags over the first structure, in one task, so that what was drawn is still there; whose pictures it changed. */
const turn = `(() => {
  const canvases = [...document.querySelectorAll('.picture canvas')];
  const box = canvases[0].getBoundingClientRect();
  const mouse = (kind, x, where = canvases[0]) =>
    where.dispatchEvent(new MouseEvent(kind, {
      bubbles: true, cancelable: true, button: 0, buttons: 1, which: 1,
      clientX: box.left + x, clientY: box.top + 60, screenX: box.left + x, screenY: box.top + 60,
    }));
  const pixels = (canvas) => {
    const flat = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    const context = flat.getContext('2d');
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  mouse('mousedown', 40);
  mouse('mousemove', 50);
  const before = canvases.map(pixels);
  mouse('mousemove', 110);
  const after = canvases.map(pixels);
  mouse('mouseup', 110);
  let white = 0;
  for (let i = 0; i < after[0].length; i += 4) if (after[0][i] + after[0][i + 1] + after[0][i + 2] > 750) white++;
  return {
    white: (4 * white) / after[0].length,
    changed: after.map((own, k) => own.some((value, i) => Math.abs(value - before[k][i]) > 40)),
  };
})()`;

async function until(page: BrowserPage, condition: string): Promise<void> {
  const wait = `new Promise((resolve) => {
    const look = () => (${condition}) ? resolve() : setTimeout(look, 50);
    look();
  })`;
  await page.evaluate(wait);
}
