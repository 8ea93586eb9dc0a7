import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  descriptorSet,
  type AtomStatistic,
  type Descriptor,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { switchWords } from '../../src/plumed/descriptors/index.js';
import { generator } from '../graph/numbers.js';
import { drive, plumed, runFolder } from './driver.js';
import { saveIdentity } from './identity-model.js';
import { assertSame, pull } from './pull.js';

// Descriptors of a crystal from ATOMS are PLUMED's own where it has them, in value, force and virial.

const count = 32;
const edge = 0.54;
const all = Array.from({ length: count }, (_, i) => i + 1);

/** Frames of fcc argon, ever more disordered, in a cubic box and in a triclinic one; some atoms an image away. */
function frames(): string {
  const random = generator(5);
  const places = [0, 1].flatMap((i) =>
    [0, 1].flatMap((j) =>
      [0, 1].flatMap((k) =>
        [
          [0, 0, 0],
          [0, 0.5, 0.5],
          [0.5, 0, 0.5],
          [0.5, 0.5, 0],
        ].map(([x, y, z]) => [edge * (i + x), edge * (j + y), edge * (k + z)]),
      ),
    ),
  );
  const shears = [0, 0.12].flatMap((shear) => [0.02, 0.05, 0.08].map((shake) => [shear, shake]));
  const lines = shears.flatMap(([shear, shake]) => {
    const sheared = ([x, y, z]: number[]): number[] => [x + shear * y - shear * z, y + shear * z, z];
    const rows = [0, 1, 2].map((row) => sheared([0, 1, 2].map((c) => (c === row ? 2 * edge : 0))));
    const atoms = places.map((place, n) => {
      const at = sheared(place.map((x) => x + shake * (2 * random() - 1)));
      return `X ${at.map((x, c) => (x + (n % 5 === 0 ? rows[1][c] : 0)).toFixed(8)).join(' ')}`;
    });
    return [
      `${count}`,
      rows
        .flat()
        .map((x) => x.toFixed(8))
        .join(' '),
      ...atoms,
    ];
  });
  return lines.join('\n') + '\n';
}

async function folderWith(descriptors: Descriptor[]): Promise<{ folder: string; action: string }> {
  const folder = await runFolder();
  await writeFile(join(folder, 'random.xyz'), frames());
  const set = descriptorSet(descriptors);
  await saveIdentity(join(folder, 'model.onnx'), set);
  return { folder, action: `cv: ONNX_MODEL FILE=model.onnx ATOMS=${set.atoms.join(',')}` };
}

async function compare(descriptors: Descriptor[], statements: string[], labels: string[]): Promise<void> {
  const { folder, action } = await folderWith(descriptors);
  const ours = await pull(
    folder,
    'ours',
    action,
    descriptors.map((_, i) => `cv.node-${i}`),
  );
  const theirs = await pull(folder, 'theirs', statements.join('\n'), labels);
  assert.equal(theirs.values.length, 6);
  assert.ok(theirs.forces.flat().some((force) => Math.abs(force) > 0.1));
  assertSame(ours.values, theirs.values, 'values');
  assertSame(ours.forces, theirs.forces, 'forces');
}

// of PLUMED 2.9 the tests have no module crystallization
const skip = plumed.version[1] < 10 && 'Q6 of PLUMED 2.9 is in another module';

describe("Steinhardt parameters are PLUMED's Q4 and Q6, which lack a factor √(4π/(2l + 1))", { skip }, () => {
  const switchings: Record<string, SwitchingFunction> = {
    cubic: { form: 'cubic', d0: 0.36, dmax: 0.5 },
    rational: { form: 'rational', r0: 0.4, d0: 0.05, nn: 6, mm: 12, dmax: 0.52 },
  };
  const statistics: AtomStatistic[] = [
    { of: 'mean' },
    { of: 'moment', order: 2 },
    { of: 'moment', order: 3 },
    { of: 'bin', lower: 0.3, upper: 0.5, sigma: 0.04 },
  ];
  const scaled = (label: string, from: string, factor: number): string =>
    `${label}: CUSTOM ARG=${from} FUNC=x*${factor} PERIODIC=NO`;
  for (const [name, switching] of Object.entries(switchings))
    it(name, async () => {
      const words = switchWords(switching);
      const descriptors = [4, 6].flatMap((degree) =>
        statistics.map((statistic): Descriptor => ({
          kind: 'steinhardt',
          atoms: all,
          switching,
          degree,
          statistic,
        })),
      );
      const averaged = [4, 6].map((degree): Descriptor => ({
        kind: 'averaged-steinhardt',
        atoms: all,
        switching,
        degree,
        statistic: statistics[0],
      }));
      const statements = [4, 6].flatMap((l) => {
        const factor = Math.sqrt((4 * Math.PI) / (2 * l + 1));
        return [
          `p${l}: Q${l} SPECIES=1-${count} SWITCH=${words} MEAN BETWEEN={GAUSSIAN LOWER=${0.3 / factor} UPPER=${0.5 / factor} SMEAR=0.2}`,
          scaled(`a${l}`, `p${l}_mean`, factor),
          ...[2, 3].flatMap((order) => [
            `off${l}-${order}: CUSTOM ARG=p${l},p${l}_mean FUNC=(x-y)^${order} PERIODIC=NO`,
            `moment${l}-${order}: MEAN ARG=off${l}-${order} PERIODIC=NO`,
          ]),
          scaled(`b${l}`, `moment${l}-2`, factor ** 2),
          scaled(`c${l}`, `moment${l}-3`, factor ** 3),
          scaled(`h${l}`, `p${l}_between`, 1 / count),
          `l${l}: LOCAL_AVERAGE SPECIES=p${l} SWITCH=${words} MEAN`,
          scaled(`d${l}`, `l${l}_mean`, factor),
        ];
      });
      const labels = ['a4', 'b4', 'c4', 'h4', 'a6', 'b6', 'c6', 'h6', 'd4', 'd6'];
      await compare([...descriptors, ...averaged], statements, labels);
    });
});

it("volume and cell are PLUMED's VOLUME and what CELL says", async () => {
  const descriptors: Descriptor[] = [
    { kind: 'volume', atoms: all },
    { kind: 'volume', atoms: [] },
    { kind: 'cell-b', atoms: [] },
    { kind: 'cell-gamma', atoms: [] },
  ];
  const [a, b] = ['a', 'b'].map((vector) => ['x', 'y', 'z'].map((axis) => `cell.${vector}${axis}`).join(','));
  await compare(
    descriptors,
    [
      'v: VOLUME',
      `each: CUSTOM ARG=v FUNC=x/${count} PERIODIC=NO`,
      'cell: CELL',
      `b: CUSTOM ARG=${b} FUNC=sqrt(x*x+y*y+z*z) PERIODIC=NO`,
      `g: CUSTOM ARG=${a},${b} VAR=x,y,z,u,v,w FUNC=acos((x*u+y*v+z*w)/sqrt((x*x+y*y+z*z)*(u*u+v*v+w*w))) PERIODIC=NO`,
    ],
    ['each', 'v', 'b', 'g'],
  );
});

it('Bragg peaks are those of sums over atoms in fractional coordinates', async () => {
  const planes: [number, number, number][] = [
    [2, 2, 2],
    [4, 0, 0],
    [-1, 2, 1],
  ];
  const descriptors = planes.map((plane): Descriptor => ({ kind: 'bragg', atoms: all, planes: [plane] }));
  const waves = planes.flatMap(([h, k, l], i) => {
    const angle = `6.283185307179586*((${h})*x+(${k})*y+(${l})*z)`;
    const parts = ['cos', 'sin'].flatMap((name) => [
      ...all.map(
        (n) => `${name}${i}at${n}: CUSTOM ARG=p${n}.a,p${n}.b,p${n}.c FUNC=${name}(${angle}) PERIODIC=NO`,
      ),
      `${name}${i}: COMBINE ARG=${all.map((n) => `${name}${i}at${n}`).join(',')} PERIODIC=NO`,
    ]);
    return [...parts, `s${i}: CUSTOM ARG=cos${i},sin${i} FUNC=sqrt(x*x+y*y)/${count} PERIODIC=NO`];
  });
  const places = all.map((n) => `p${n}: POSITION ATOM=${n} SCALED_COMPONENTS`);
  await compare(
    descriptors,
    [...places, ...waves],
    planes.map((_, i) => `s${i}`),
  );
});

it('a model of the box is refused with NOPBC, and without a box it stops', async () => {
  const { folder, action } = await folderWith([{ kind: 'bragg', atoms: all, planes: [[2, 2, 2]] }]);
  const run = { trajectory: join(folder, 'random.xyz'), extra: ['--length-units', 'nm'] };
  await assert.rejects(drive(folder, `${action} NOPBC\nPRINT ARG=cv.node-0`, run), {
    message: /expected periodic boundary conditions, as the model takes the box, but received NOPBC/,
  });
});

it('a cutoff that is in another unit than the box stops the run and says what would do', async () => {
  const switching: SwitchingFunction = { form: 'cubic', d0: 36, dmax: 55 };
  const { folder, action } = await folderWith([
    { kind: 'steinhardt', atoms: all, switching, degree: 6, statistic: { of: 'mean' } },
  ]);
  const run = { trajectory: join(folder, 'random.xyz'), extra: ['--length-units', 'nm'] };
  await assert.rejects(drive(folder, `${action}\nPRINT ARG=cv.node-0`, run), {
    message:
      /expected a cutoff of steinhardt that is less beyond half the shortest vector of the box, 0\.5\d*: of so many/,
  });
});
