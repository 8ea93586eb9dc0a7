import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { confinePlumedInput, parsePlumedInput, type Vector } from '../../../src/plumed/index.js';
import { Random } from '../../../src/support/index.js';
import { chromium, openInChromium } from '../../chromium.js';
import { cube, placed, ring } from '../../plumed/confinement/ring-host.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

// A host that turns and moves, its guest in it or out of it: the funnel is drawn where the host is.

const folder = temporaryFolder('report-confinement');
const run = join(folder, 'run');
const [table, output] = [join(run, 'COLVAR'), join(folder, 'report.html')];
const frames = 240;
const guestAt = (depth: number): Vector[] => [
  [0.05, 0, depth - 0.07],
  [-0.05, 0, depth + 0.07],
];
const gro = (title: string, places: readonly Vector[]): string =>
  [
    title,
    String(places.length),
    ...places.map(
      (x, i) =>
        `${i < ring.length ? '    1HST' : '    2GST'}  ${`C${i + 1}`.padStart(5)}${String(i + 1).padStart(5)}` +
        x.map((value) => value.toFixed(3).padStart(8)).join(''),
    ),
    '   9.00000   9.00000   9.00000',
    '',
  ].join('\n');

interface Written {
  confinement: { kind: string; neck: number };
  states: {
    representative: { values: Record<string, number> };
    structures: { gro: string; confined: { origin: number[]; axis: number[] } };
  }[];
}

suite('the confinement on a structure', () => {
  let found: Written;
  before(() => {
    mkdirSync(run);
    const random = new Random(3);
    const depths = Array.from({ length: frames }, (_, i) =>
      Math.floor(i / 6) % 2 === 0 ? random.uniform(-0.05, 0.15) : random.uniform(1.2, 1.6),
    );
    // not through the middle of the ring, and not along z alone
    const { text } = confinePlumedInput(parsePlumedInput(''), {
      shape: {
        kind: 'funnel',
        from: -0.4,
        to: 1.8,
        radius: 0.25,
        neck: 0.7,
        angle: 0.5,
        kappa: 3000,
        clear: 1,
      },
      pose: {
        host: { serials: ring.map((_, i) => i + 1), places: ring },
        guest: { serials: [17, 18], places: guestAt(0) },
      },
      axis: { direction: [0, 0, 1], through: [0, 0, 0] },
    });
    writeFileSync(join(run, 'plumed.dat'), text);
    const rows = depths.map((depth, i) => `${i} ${Math.abs(depth)} ${depth} 0 0`);
    writeFileSync(table, ['#! FIELDS time distance depth radial wall_out.bias', ...rows, ''].join('\n'));
    const trajectory = join(folder, 'traj.gro');
    const whole = (places: readonly Vector[]): Vector[] => {
      const at = placed(places, cube(9), random);
      // images next to the first atom: so small a ring is whole then
      return at.map(
        (x) => x.map((value, k) => value - 9 * Math.round((value - at[0][k]) / 9)) as unknown as Vector,
      );
    };
    writeFileSync(
      trajectory,
      depths.map((depth, i) => gro(`guest t= ${i}.0`, whole([...ring, ...guestAt(depth)]))).join(''),
    );
    const structure = join(folder, 'pose.gro');
    writeFileSync(structure, gro('pose', [...ring, ...guestAt(0)]));
    const states = join(folder, 'states');
    const common = [table, '--temperature', '300', '--bias', 'none', '--discard', '0'];
    const rules = ['--basin', 'bound: depth < 0.7; unbound: depth > 0.7'];
    const words = ['--frames', trajectory, '--structure', structure, '--atoms', 'all', '-o', states];
    const told = runCli(['states', ...common, ...rules, ...words]);
    assert.equal(told.code, 0, told.stderr);
    found = JSON.parse(readFileSync(join(states, 'states.json'), 'utf8')) as Written;
    const made = runCli(['report', ...common, '--cv', 'depth', '--states', states, '-o', output]);
    assert.equal(made.code, 0, made.stderr);
  });

  test('its origin and axis are those of the host in each structure', () => {
    assert.equal(found.confinement.kind, 'funnel');
    for (const { representative, structures } of found.states) {
      const atoms = readFileSync(join(folder, 'states', structures.gro), 'utf8')
        .split('\n')
        .slice(2, 20);
      const places = atoms.map((line) => [20, 30, 40].map((at) => Number(line.slice(at, at + 10))));
      const guest = [0, 1, 2].map((k) => (places[16][k] + places[17][k]) / 2);
      const { origin, axis } = structures.confined;
      const away = guest.map((x, k) => x - origin[k]);
      const depth = away.reduce((sum, x, k) => sum + x * axis[k], 0);
      assert.ok(
        Math.abs(depth - representative.values.depth) < 4e-3,
        `${depth} ${representative.values.depth}`,
      );
      assert.ok(Math.hypot(...away) - Math.abs(depth) < 4e-3);
      // the upper ring is the wider one
      const radii = places.slice(0, 16).map((x) => {
        const own = x.map((value, k) => value - origin[k]);
        const along = own.reduce((sum, value, k) => sum + value * axis[k], 0);
        return [along, Math.sqrt(Math.max(0, Math.hypot(...own) ** 2 - along ** 2))];
      });
      for (const [along, radius] of radii) assert.ok(Math.abs(radius - (along > 0 ? 0.5 : 0.42)) < 6e-3);
    }
  });

  test('the page tells its numbers, and draws it where scripts do not run', () => {
    const page = readFileSync(output, 'utf8');
    const [, card] = /<div class="structure" id="structure-confined">(.*?)<\/p>\s*<\/div>/s.exec(
      page.replaceAll(/\s+/g, ' '),
    )!;
    assert.match(
      card,
      /<b>The confinement<\/b>: a funnel\s+from −0\.4 to 1\.8 nm along the host’s axis, 0\.25 nm/,
    );
    assert.match(card, /a cone below 0\.7 nm that opens by 29°; walls 3000 kJ\/mol\/nm²/);
    assert.match(card, /Volume [\d.]+ nm³, of it [\d.]+ nm³ beyond 1 nm \(dashed\)/);
    assert.equal(card.match(/<circle/g)?.length, 18);
    const count = (kind: string): number =>
      card.match(new RegExp(`<path\\s+class="${kind}"`, 'g'))?.length ?? 0;
    // eight meridians of two stretches, rings of 32
    assert.equal((count('wall') - 16) % 32, 0);
    assert.ok(count('wall') > 16 + 5 * 32, String(count('wall')));
    assert.deepEqual([count('axis'), count('clear')], [4, 32]);
  });

  test(
    'in a browser it is turned by mouse, by itself',
    { skip: chromium === undefined ? 'no Chromium on this machine' : false },
    async () => {
      const page = await openInChromium(pathToFileURL(output).href);
      try {
        await page.evaluate(`new Promise((resolve) => {
          const look = () => {
            const card = document.querySelector('#structure-confined');
            card?.scrollIntoView();
            if (card?.querySelector('.picture.live canvas')) resolve();
            else setTimeout(look, 50);
          };
          look();
        })`);
        const seen = (await page.evaluate(drag)) as {
          wall: number;
          axis: number;
          changed: boolean;
          others: boolean;
        };
        assert.ok(seen.wall > 100, `${seen.wall} points of the wall's colour`);
        assert.ok(seen.axis > 30, `${seen.axis} points of the axis's colour`);
        assert.ok(seen.changed);
        assert.ok(!seen.others);
      } finally {
        await page.close();
      }
      assert.deepEqual(
        page.problems.filter((problem) => !/WebGL|GL Driver/.test(problem)),
        [],
      );
    },
  );
});

/** Drags over the confinement, in one task, so that what was drawn is still there; which points have the colours of its lines. */
const drag = `(() => {
  const own = document.querySelector('#structure-confined canvas');
  const others = [...document.querySelectorAll('.picture.live canvas')].filter((canvas) => canvas !== own);
  const box = own.getBoundingClientRect();
  const mouse = (kind, x) =>
    own.dispatchEvent(new MouseEvent(kind, {
      bubbles: true, cancelable: true, button: 0, buttons: 1, which: 1,
      clientX: box.left + x, clientY: box.top + 60, screenX: box.left + x, screenY: box.top + 60,
    }));
  const pixels = (canvas) => {
    const flat = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    const context = flat.getContext('2d');
    context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const differ = (a, b) => a.some((value, i) => Math.abs(value - b[i]) > 40);
  mouse('mousedown', 40);
  mouse('mousemove', 50);
  const [before, still] = [pixels(own), others.map(pixels)];
  mouse('mousemove', 110);
  const after = pixels(own);
  const moved = others.map(pixels);
  mouse('mouseup', 110);
  let [wall, axis] = [0, 0];
  for (let i = 0; i < after.length; i += 4) {
    const [r, g, b] = after.slice(i, i + 3);
    if (b > r + 20 && b > g + 8 && r < 235) wall++;
    // by its hue, as it is shaded
    if (r > 60 && r > 1.6 * g && g > 1.6 * b) axis++;
  }
  return { wall, axis, changed: differ(before, after), others: moved.some((each, k) => differ(each, still[k])) };
})()`;
