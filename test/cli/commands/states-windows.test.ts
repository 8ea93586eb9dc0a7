import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { confinePlumedInput, parsePlumedInput } from '../../../src/plumed/index.js';
import { Random } from '../../../src/support/index.js';
import { ring } from '../../plumed/confinement/ring-host.js';
import { exactDeltaG, inCylinder } from '../../states/guest-in-well.js';
import { drawWindows, guestWindows } from '../../states/guest-windows.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('states-windows');
const { kappa, centres } = guestWindows;
const confined = confinePlumedInput(parsePlumedInput(''), {
  shape: { kind: 'cylinder', from: -0.3, to: 2, radius: 0.4, kappa: 2000 },
  pose: {
    host: { serials: ring.map((_, i) => i + 1), places: ring },
    guest: { serials: [ring.length + 1], places: [[0, 0, 0.1]] },
  },
  axis: { direction: [0, 0, 1], through: [0, 0, 0] },
}).added;

/** Folders of windows, each with its table and its input; `walls` stands for the confinement of the first. */
function write(name: string, seed: number, walls = confined): string[] {
  const random = new Random(seed);
  return drawWindows(inCylinder, seed, 400).map((depths, i) => {
    const cwd = join(folder, name, `w${String(i).padStart(2, '0')}`);
    mkdirSync(cwd, { recursive: true });
    const restraint = `r: RESTRAINT ARG=depth AT=${centres[i].toFixed(2)} KAPPA=${kappa}`;
    const lines = [...(i === 0 ? walls : confined).slice(0, -1), restraint];
    writeFileSync(
      join(cwd, 'plumed.dat'),
      [...lines, 'PRINT ARG=distance,depth,radial,r.bias FILE=COLVAR', ''].join('\n'),
    );
    const rows = [...depths].map((depth, frame) => {
      const radial = 0.4 * Math.sqrt(random.uniform());
      const bias = 0.5 * kappa * (depth - Number(centres[i].toFixed(2))) ** 2;
      return [frame, Math.hypot(depth, radial), depth, radial, bias].map((x) => x.toFixed(6)).join(' ');
    });
    writeFileSync(
      join(cwd, 'COLVAR'),
      ['#! FIELDS time distance depth radial r.bias', ...rows, ''].join('\n'),
    );
    return join(cwd, 'COLVAR');
  });
}
const rules = ['--basin', 'bound: depth < 0.9; unbound: depth > 0.9', '--unbound', 'depth > 0.9'];
const asked = [...rules, '--temperature', '300', '--discard', '0', '--json'];

test('umbrella windows in one confinement tell ΔG° together, by MBAR, walls left in', () => {
  const { code, stdout, stderr } = runCli(['states', ...write('alike', 5), ...asked]);
  assert.equal(code, 0, stderr);
  const { binding } = JSON.parse(stdout) as {
    binding: { confinement: { kind: string }; total: { deltaG: number; error: number } };
  };
  const { deltaG, error } = binding.total;
  assert.equal(binding.confinement.kind, 'cylinder');
  assert.ok(error > 0.15 && error < 1, String(error));
  assert.ok(Math.abs(deltaG - exactDeltaG(inCylinder)) < 3 * error, `${deltaG} ± ${error}`);
});

test('windows in other volumes, or one without a confinement, are refused', () => {
  const wider = confined.map((line) =>
    line.replaceAll('radius=0.4', 'radius=0.5').replace('AT=0.4 ', 'AT=0.5 '),
  );
  const other = runCli(['states', ...write('wider', 6, wider), ...asked]);
  assert.notEqual(other.code, 0);
  assert.match(
    other.stderr,
    /expected one confinement of all runs but found cylinder .*radius=0\.5 and cylinder .*radius=0\.4/,
  );
  const free = confined.filter((line) => !/^(# latentcv confinement|wall_)/.test(line));
  const none = runCli(['states', ...write('free', 7, free), ...asked]);
  assert.notEqual(none.code, 0);
  assert.match(none.stderr, /expected a confinement of all 15 runs for --unbound but 14 have one/);
});
