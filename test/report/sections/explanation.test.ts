import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { diagnose } from '../../../src/diagnostics/index.js';
import { constant, input, jacobian, matmul } from '../../../src/graph/index.js';
import { renderReport } from '../../../src/report/index.js';
import { structureToShow } from '../../../src/states/index.js';
import { readStructure } from '../../../src/trajectories/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { dataset, normals, twoStates } from '../../diagnostics/synthetic.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { alanine } from '../../trajectories/fixtures.js';

const frames = 2000;
const state = twoStates(frames, 0.01, 0.02, 3);
const slow = normals(frames, 1).map((value, i) => 0.2 * value + 2 * state[i]);
const inputs = dataset(['slow', 'idle'], [slow, normals(frames, 2)]);
const x = input('x', ['n', 2]);
const cv = matmul(x, constant([1, 0.2], [2, 1], 'w'));
const diagnostics = await diagnose({ x, cv, jacobian: jacobian(cv, x) }, inputs, {
  ...{ cvs: ['node-0'], lag: 10 },
  states: { names: ['<A>', 'B'], state: Int32Array.from(state), from: 'rules' },
  inputAtoms: [
    [
      { serial: 5, name: 'ACE 1 C' },
      { serial: 7, name: 'ALA 2 N' },
    ],
    [{ serial: 19, name: 'NME 3 CH3' }],
  ],
});
const structure = await readStructure(alanine);
const atoms = structure.indices((atom) => atom !== 21);
const explainedOn = {
  structure: structureToShow('alanine', structure, atoms),
  serials: [...atoms].map((atom) => atom + 1),
};
const page = renderReport({ title: 'Two states', diagnostics, explainedOn });

test('tables tell by which inputs states are told apart, and what moves the CV in each', () => {
  const cells = [...page.matchAll(/<td>(.*?)<\/td>/gs)].map(([, text]) => text);
  assert.ok(cells.includes('slow (ACE 1 C, ALA 2 N)'), cells.join('|'));
  assert.ok(cells.some((text) => /^&lt;A&gt; \([\d,]+ frames\)$/.test(text)));
  assert.ok(cells.includes('100.0 %') && cells.includes('enough'));
  assert.ok(cells.some((text) => /^slow \(ACE 1 C, ALA 2 N\) \d+ %, idle \(NME 3 CH3\) \d+ %$/.test(text)));
});

test('the atoms of what moves the CV are coloured, on all frames and in each state', () => {
  const pictures = [...page.matchAll(/<div class="picture" data-structure="(\d)">(.*?)<\/svg>/gs)];
  assert.deepEqual(
    pictures.map(([, place]) => place),
    ['0', '1', '2'],
  );
  for (const [, , svg] of pictures) {
    const fills = [...svg.matchAll(/<circle[^>]*fill="(#\w+)"/g)].map(([, fill]) => fill);
    assert.equal(fills.length, 21);
    assert.equal(fills.filter((fill) => fill === '#d55e00').length, 2, 'of the slow input');
    assert.equal(fills.filter((fill) => fill === '#dfe3ea').length, 18);
  }
  assert.match(page, /<b>node-0 in &lt;A&gt;<\/b>: ACE 1 C \d+ %, ALA 2 N \d+ %, NME 3 CH3 \d+ %/);
  // without a structure nothing is drawn, and what turns structures is not there
  const without = renderReport({ title: 'Two states', diagnostics });
  assert.ok(!without.includes('data-structure') && !without.includes('3Dmol'));
});

test('a structure is shown without the atoms that were left out, its bonds renumbered', () => {
  const { bonds, elements, positions, pdb } = explainedOn.structure;
  assert.equal(elements.length, 21);
  assert.equal(bonds.length, 2 * 20);
  assert.equal(pdb.match(/^(ATOM|HETATM)/gm)?.length, 21);
  for (let i = 0; i < bonds.length; i += 2) {
    const [a, b] = [bonds[i], bonds[i + 1]];
    const length = Math.hypot(...[0, 1, 2].map((k) => positions[3 * a + k] - positions[3 * b + k]));
    assert.ok(length > 0.08 && length < 0.17, `${length}`);
  }
});

test(
  'in a browser the atoms have their colours, too',
  { skip: chromium === undefined ? 'no Chromium on this machine' : false },
  async () => {
    const path = join(temporaryFolder('explanation'), 'page.html');
    writeFileSync(path, page);
    const browser = await openInChromium(pathToFileURL(path).href);
    try {
      for (let left = 200; left > 0; left--) {
        const live = `document.querySelector('.structures')?.scrollIntoView(), document.querySelectorAll('.picture.live').length`;
        if ((await browser.evaluate(live)) === 3) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const [vermilion, grey] = (await browser.evaluate(coloured)) as number[];
      assert.ok(vermilion > 100 && grey > 500, `${vermilion}, ${grey}`);
    } finally {
      await browser.close();
    }
    assert.deepEqual(
      browser.problems.filter((problem) => !/WebGL|GL Driver/.test(problem)),
      [],
    );
  },
);

/** Pixels of the first picture that are vermilion, and that are neither that nor white. */
const coloured = `(() => {
  const place = document.querySelector('.picture.live');
  const canvas = place.querySelector('canvas');
  const mouse = (kind, x) => canvas.dispatchEvent(new MouseEvent(kind, {
    bubbles: true, cancelable: true, button: 0, buttons: 1, which: 1, clientX: x, clientY: 60, screenX: x, screenY: 60,
  }));
  // drawn in the same task, so that it is still there
  mouse('mousedown', 40);
  mouse('mousemove', 42);
  const flat = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = flat.getContext('2d');
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, flat.width, flat.height);
  mouse('mouseup', 42);
  const counts = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = data.subarray(i, i + 3);
    if (r - b > 60 && r > 90) counts[0]++;
    else if (r + g + b < 700) counts[1]++;
  }
  return counts;
})()`;
