import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  confinedFrame,
  confinePlumedInput,
  formatReferencePdb,
  parsePlumedInput,
  placeOfFrame,
  type ConfinementShape,
  type Vector,
} from '../../../src/plumed/index.js';
import { Random } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { cube, flatRing, placed, ring } from './ring-host.js';

const cylinder: ConfinementShape = { kind: 'cylinder', from: -0.3, to: 1.4, radius: 0.4, kappa: 3000 };
const funnel: ConfinementShape = { ...cylinder, kind: 'funnel', neck: 0.5, angle: 0.6 };
const guest: Vector = [0.05, 0, 0.3];
const through: Vector = [0.02, -0.03, 0.04];

/** Where an input says that a confinement stands, of a host that is turned and moved, with the places of its origin and axis. */
function found(
  shape: ConfinementShape,
  host: readonly Vector[],
  { reference, units = '' }: { reference?: string; units?: string } = {},
): { at: ReturnType<typeof placeOfFrame>; origin: Vector; tip: Vector } {
  const folder = temporaryFolder('confined-frame');
  const serials = host.map((_, i) => i + 1);
  if (reference !== undefined)
    writeFileSync(
      join(folder, reference),
      formatReferencePdb({
        atoms: serials,
        weights: serials.map(() => 1),
        positions: host.map(
          (x) => x.map((value) => Math.round(value * 1e4) / 1e4) as [number, number, number],
        ),
      }),
    );
  const made = confinePlumedInput(parsePlumedInput(units), {
    shape,
    pose: {
      host: { serials, places: host },
      guest: { serials: [host.length + 1], places: [guest] },
    },
    axis: { direction: [0, 0, 1], through },
    reference,
  });
  const frame = confinedFrame(parsePlumedInput(made.text), made.confinement, folder);
  assert.ok(frame, made.text);
  const tip: Vector = [through[0], through[1], through[2] + 1];
  // so far apart that no place is at another image
  const at = placed([...host, through, tip, guest], cube(1e6), new Random(4));
  const [origin, end] = at.slice(host.length);
  return { at: placeOfFrame(frame, Float64Array.from(at.flat())), origin, tip: end };
}

const near = (a: Vector, b: Vector, within: number, what: string): void =>
  assert.ok(Math.hypot(...a.map((x, k) => x - b[k])) < within, `${what}: ${a.join(' ')}, not ${b.join(' ')}`);

test('origin and axis go with the host: by centres, of a flat host, by FUNNEL_PS, in other units', () => {
  for (const [what, shape, host, more] of [
    ['cylinder', cylinder, ring, {}],
    ['funnel', funnel, ring, {}],
    ['Å', cylinder, ring, { units: 'UNITS LENGTH=A\n' }],
    ['FUNNEL_PS', funnel, ring, { reference: 'host.pdb' }],
    ['FUNNEL_PS in Å', funnel, ring, { reference: 'host.pdb', units: 'UNITS LENGTH=A\n' }],
  ] as const) {
    const { at, origin, tip } = found(shape, host, more);
    // of numbers up to a million
    const within = 'reference' in more ? 1e-3 : 1e-6;
    near(at.origin, origin, within, what);
    near(at.axis!, tip.map((x, k) => x - origin[k]) as unknown as Vector, within, what);
  }
  // a flat host tells the normal through its plane
  const flat = found(cylinder, flatRing);
  near(flat.at.axis!, flat.tip.map((x, k) => x - flat.origin[k]) as unknown as Vector, 1e-6, 'flat');
  const sphere = found({ kind: 'sphere', radius: 1, kappa: 3000 }, ring);
  assert.equal(sphere.at.axis, undefined);
});

test('statements of another making, and a host whose file is gone, tell nothing', () => {
  const { text, confinement } = confinePlumedInput(parsePlumedInput(''), {
    shape: funnel,
    pose: {
      host: { serials: ring.map((_, i) => i + 1), places: ring },
      guest: { serials: [17], places: [guest] },
    },
    axis: { direction: [0, 0, 1], through },
    reference: 'gone.pdb',
  });
  assert.equal(confinedFrame(parsePlumedInput(text), confinement, temporaryFolder('gone')), undefined);
  const other = parsePlumedInput('distance: DISTANCE ATOMS=1,2\nw: UPPER_WALLS ARG=distance AT=1 KAPPA=10\n');
  const sphere = { kind: 'sphere', distance: 'distance', radius: 1, kappa: 10 } as const;
  assert.equal(confinedFrame(other, sphere, '.'), undefined);
});
