import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium, openInChromium } from '../../chromium.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const cwd = temporaryFolder('fes-plot');
const common = ['fes', 'COLVAR', '--temperature', '300', '--bias', 'none'];

/** Two wells on the torus, and a distance; the input that printed them. */
const rows = Array.from({ length: 600 }, (_, i) => {
  const [a, b] = [Math.sin(0.7 * i), Math.cos(1.3 * i)];
  const inB = Math.floor(i / 25) % 2 === 1;
  return `${i} ${inB ? 1 + 0.3 * a : -1.4 + 0.5 * a} ${inB ? -0.8 + 0.3 * b : 1.2 + 0.5 * b} ${0.4 + 0.1 * a * b}`;
});
const head = ['phi', 'psi'].map((name) => `#! SET min_${name} -pi\n#! SET max_${name} pi`);
writeFileSync(join(cwd, 'COLVAR'), ['#! FIELDS time phi psi d', ...head, ...rows, ''].join('\n'));
writeFileSync(
  join(cwd, 'plumed.dat'),
  'phi: TORSION ATOMS=1,2,3,4\npsi: TORSION ATOMS=2,3,4,5\nd: DISTANCE ATOMS=1,5\nPRINT ARG=phi,psi,d FILE=COLVAR\n',
);

test('a profile has its axes’ units and its states, and the table is written beside it', () => {
  const { code, stdout, stderr } = runCli(
    [...common, '--cv', 'phi', '--basin', 'C7ax:phi=0..2.3', '--plot', 'fes.svg', '-o', 'fes.dat', '--json'],
    { cwd },
  );
  assert.equal(code, 0, stderr);
  assert.equal((JSON.parse(stdout) as { plot: string }).plot, 'fes.svg');
  const svg = readFileSync(join(cwd, 'fes.svg'), 'utf8');
  for (const words of ['φ (rad)', '>−π/2<', 'Free energy (kJ/mol)', '>C7ax<', '>A<'])
    assert.ok(svg.includes(words), words);
  assert.ok(existsSync(join(cwd, 'fes.dat')));
  const length = runCli([...common, '--cv', 'd', '--plot', 'd.svg', '-o', 'fes.dat'], { cwd });
  assert.match(length.stderr, /^Free energy along d\. The band is one standard error/m);
  assert.match(length.stderr, /^wrote d\.svg$/m);
  assert.ok(readFileSync(join(cwd, 'd.svg'), 'utf8').includes('d (nm)'));
});

test('of another ending nothing is read, and inputs and the table are not written over', () => {
  const other = runCli([...common, 'nowhere', '--cv', 'phi', '--plot', 'fes.jpg'], { cwd });
  assert.equal(other.code, 2);
  assert.match(other.stderr, /for --plot but received fes\.jpg/);
  const same = runCli([...common, '--cv', 'phi', '--plot', 'same.svg', '-o', 'same.svg'], { cwd });
  assert.equal(same.code, 2);
  assert.ok(!existsSync(join(cwd, 'same.svg')));
});

test(
  'a browser opens the surface as SVG and as PNG',
  { skip: chromium === undefined && 'no Chromium' },
  async () => {
    for (const plot of ['both.svg', 'both.png']) {
      const { code, stderr } = runCli(
        [...common, '--cv', 'phi,psi', '--points', '40', '--plot', plot, '-o', 'b.dat'],
        { cwd },
      );
      assert.equal(code, 0, stderr);
    }
    const page = await openInChromium('about:blank');
    try {
      const opened = async (file: string, type: string): Promise<unknown> =>
        page.evaluate(`(async () => {
          const image = new Image();
          image.src = 'data:${type};base64,${readFileSync(join(cwd, file)).toString('base64')}';
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          const colours = new Set();
          for (let i = 0; i < data.length; i += 4) colours.add(data[i] + ',' + data[i + 1] + ',' + data[i + 2]);
          return [image.naturalWidth, image.naturalHeight, colours.size > 20];
        })()`);
      assert.deepEqual(await opened('both.svg', 'image/svg+xml'), [522, 420, true]);
      assert.deepEqual(await opened('both.png', 'image/png'), [1566, 1260, true]);
    } finally {
      await page.close();
    }
  },
);
