import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  descriptorLabels,
  descriptorSet,
  pointSerial,
  type Descriptor,
  type SwitchingFunction,
} from '../../src/descriptors/index.js';
import { descriptorStatements } from '../../src/plumed/index.js';
import { generator } from '../graph/numbers.js';
import { drive, readNumbers, runFolder } from './driver.js';
import { saveIdentity } from './identity-model.js';

// Far atoms are requested at some steps alone. Whatever those are, values, forces and virial are those of all atoms at every
// step; or the run stops.

const count = 900;
const switching: SwitchingFunction = { form: 'rational', r0: 0.35, d0: 0, nn: 6, mm: 12, dmax: 0.8 };
const partners = Array.from({ length: count - 10 }, (_, i) => 11 + i);
const water: Descriptor[] = [
  { kind: 'coordination', atoms: [1], partners, switching },
  { kind: 'distance', atoms: [2, pointSerial(0)] },
  { kind: 'coordination', atoms: [pointSerial(0), 5], partners, switching: { ...switching, dmax: 0.6 } },
];
const set = descriptorSet(water, { points: [{ kind: 'centre', atoms: [3, 4, 7] }] });
const labels = descriptorLabels(set);
const components = labels.map((_, i) => `cv.node-${i}`);
const action = (words: string, label = 'cv', file = 'model.onnx'): string =>
  `${label}: ONNX_MODEL FILE=${file} ATOMS=${set.atoms.join(',')} ${words}`;

const cubic = [4.4, 0, 0, 0, 4.5, 0, 0, 0, 4.6];
const skewed = [4.6, 0, 0, 1.5, 4.4, 0, -1.4, 1.6, 4.2];

type Change = (frame: number, atoms: (number | string)[][]) => void;

/** Frames of atoms that walk as far as a liquid's do, in a box that swings; a tenth of them shown in another image. */
async function walk(
  folder: string,
  frames: number,
  box = cubic,
  change: Change = () => undefined,
): Promise<void> {
  const random = generator(12);
  const atoms = Array.from({ length: count }, (_, i) => [0, 1, 2].map(() => (i < 10 ? 1 : 4.4) * random()));
  const text = Array.from({ length: frames }, (_, frame) => {
    const scale = 1 + 0.0003 * Math.sin(frame);
    const rows = box.map((x) => x * scale);
    for (const at of atoms) at.forEach((_, c) => (at[c] += 0.008 * (random() - 0.5)));
    const shown: (number | string)[][] = atoms.map((at) => {
      const image = random() < 0.1 ? 1 : 0;
      return at.map((x, c) => scale * x + image * rows[c]);
    });
    change(frame, shown);
    const lines = shown.map(
      (at) => `X ${at.map((x) => (typeof x === 'number' ? x.toFixed(6) : x)).join(' ')}`,
    );
    return [String(count), rows.join(' '), ...lines].join('\n');
  });
  await writeFile(join(folder, 'walk.xyz'), text.join('\n') + '\n');
}

async function prepared(frames: number, box = cubic, change?: Change): Promise<string> {
  const folder = await runFolder();
  await saveIdentity(join(folder, 'model.onnx'), set);
  await walk(folder, frames, box, change);
  return folder;
}

const nm = ['--length-units', 'nm'];
const run = (folder: string, input: string, extra: string[] = []): Promise<string> =>
  drive(folder, input, { trajectory: join(folder, 'walk.xyz'), extra: [...nm, ...extra] });

/** Values of every frame, and forces with the virial where a bias pulls each value with another strength. */
async function pull(folder: string, name: string, definitions: string, columns = components, bias = '') {
  const slopes = columns.map((_, i) => (i + 1) * (i % 2 === 0 ? 1 : -1)).join(',');
  const zeros = columns.map(() => 0).join(',');
  const text = [
    definitions,
    `r: RESTRAINT ARG=${columns.join(',')} AT=${zeros} KAPPA=${zeros} SLOPE=${slopes} ${bias}`,
    `PRINT ARG=${columns.join(',')} FILE=${name} FMT=%.12f`,
  ].join('\n');
  const forces = ['--dump-forces', `${name}.forces`, '--dump-forces-fmt', '%.12f', '--dump-full-virial'];
  const log = await run(folder, text, forces);
  return {
    log,
    values: await readNumbers(join(folder, name)),
    forces: await readNumbers(join(folder, `${name}.forces`)),
  };
}

type Pulled = Awaited<ReturnType<typeof pull>>;

function assertSame(ours: Pulled, theirs: Pulled, within = 1e-8): void {
  for (const what of ['values', 'forces'] as const) {
    assert.equal(ours[what].length, theirs[what].length, what);
    theirs[what].forEach((row, line) => {
      const scale = Math.max(1, ...row.map(Math.abs));
      row.forEach((value, i) => {
        const off = Math.abs(ours[what][line][i] - value) / scale;
        assert.ok(off <= within, `${what}, line ${line + 1}: ${ours[what][line][i]} is not ${value}`);
      });
    });
  }
}

/** How many atoms the log says are requested at all steps. */
const nearAtoms = (log: string): number => Number(/: (\d+) of 896 atoms are near/.exec(log)?.[1]);

describe("coordination of which far atoms are left out is PLUMED's over all pairs", () => {
  for (const [name, box] of Object.entries({ orthorhombic: cubic, triclinic: skewed }))
    it(name, async () => {
      const folder = await prepared(40, box);
      const theirs = await pull(folder, 'theirs', descriptorStatements(set).join('\n'), labels);
      assert.equal(theirs.values.length, 40);
      assert.ok(theirs.values.every((row) => row.slice(1).every((value) => value > 0.1)));
      const byItself = await pull(folder, 'auto', action(''));
      assertSame(byItself, theirs);
      assert.match(byItself.log, /all are after at most 100 steps, sooner as atoms move/);
      assert.ok(nearAtoms(byItself.log) < count / 2, byItself.log);
      for (const words of ['NL_STRIDE=7', 'NL_STRIDE=5 NL_SKIN=0.3'])
        assertSame(await pull(folder, 'fixed', action(words)), theirs);
      const all = await pull(folder, 'all', action('NL_STRIDE=1'));
      assert.match(all.log, /all atoms are requested at every step/);
      assertSame(byItself, all, 0);
    });
});

it('several models, a bias with a stride, and other units of length go together', async () => {
  const folder = await prepared(40);
  const both = (first: string, second: string): string =>
    ['UNITS LENGTH=A', action(first), action(second, 'other')].join('\n');
  const columns = [...components, 'other.node-0', 'other.node-2'];
  const all = await pull(folder, 'all', both('NL_STRIDE=1', 'NL_STRIDE=1'), columns, 'STRIDE=3');
  const ours = await pull(folder, 'ours', both('', 'NL_STRIDE=8 NL_SKIN=3.5'), columns, 'STRIDE=3');
  assert.match(ours.log, /NL_SKIN \(3\.5 A\)/);
  assertSame(ours, all, 0);
});

const far = 500;
const isFar = (log: string): void => assert.ok(nearAtoms(log) < count / 2, log);

it('between two steps at which all are requested a far atom is not asked for', async () => {
  // two of the site's box lengths away, and no number in between
  const place = (frame: number, atoms: (number | string)[][]): void => {
    atoms[far - 1] = frame % 5 === 0 ? [3, 3, 3] : ['nan', 'nan', 'nan'];
  };
  const folder = await prepared(11, cubic, place);
  const print = `\nPRINT ARG=cv.* FILE=COLVAR FMT=%.12f`;
  isFar(await run(folder, action('NL_STRIDE=5') + print));
  const values = await readNumbers(join(folder, 'COLVAR'));
  assert.equal(values.length, 11);
  assert.ok(values.flat().every(Number.isFinite));
  await assert.rejects(
    run(folder, action('NL_STRIDE=1') + print),
    new RegExp(`at step 1: a coordinate of atom ${far} is .*nan`),
  );
});

describe('a run stops where an atom went farther than half the skin', () => {
  const after = (frame: number, atom: number, by: number): Change => {
    return (now, atoms) => {
      if (now === 0 && atom === far) atoms[atom - 1] = [3, 3, 3];
      else if (atom === far) atoms[atom - 1] = [3, 3, now < frame ? 3 : 3 + by];
      else if (now >= frame) atoms[atom - 1][2] = Number(atoms[atom - 1][2]) + by;
    };
  };
  const print = '\nPRINT ARG=cv.* FILE=COLVAR';

  it('a far one at the next step at which all are requested', async () => {
    const folder = await prepared(12, cubic, after(7, far, 0.25));
    await assert.rejects(
      run(folder, action('NL_STRIDE=5') + print),
      /ONNX_MODEL cv at step 10: expected no atom to go farther than half of NL_SKIN, 0\.2 nm, between two steps at which all are requested, but since step 5 atom 500 went 0\.25 nm: values and forces after that step may lack an atom that came near\. Go on from before it, with NL_STRIDE=1, which requests all at every step, or with a wider NL_SKIN/,
    );
    // a wider skin, and all atoms at every step, let it go
    await run(folder, action('NL_STRIDE=5 NL_SKIN=0.7') + print);
    await run(folder, action('NL_STRIDE=1') + print);
  });

  it('by how many steps, where those are many', async () => {
    const folder = await prepared(40, cubic, after(20, far, 0.3));
    await assert.rejects(
      run(folder, action('') + print),
      /at step 31: .*since step 15 atom 500 went 0\.3 nm: .*, with NL_STRIDE=4 or less, or with a wider NL_SKIN/,
    );
  });

  it('one that is always seen at once', async () => {
    const folder = await prepared(12, cubic, after(7, 1, 0.25));
    await assert.rejects(
      run(folder, action('NL_STRIDE=5') + print),
      /at step 7: .*since step 5 atom 1 went 0\.2/,
    );
  });

  it('but not where frames are so far apart that all are requested anyway', async () => {
    const random = generator(3);
    const anywhere: Change = (_, atoms) => {
      for (const at of atoms) at.forEach((__, c) => (at[c] = 4.4 * random()));
    };
    const folder = await prepared(12, cubic, anywhere);
    const theirs = await pull(folder, 'theirs', descriptorStatements(set).join('\n'), labels);
    assertSame(await pull(folder, 'ours', action('')), theirs);
  });
});

describe('where derivatives by all atoms are read, all are requested', () => {
  it('at every step by what reads them', async () => {
    const folder = await prepared(8);
    const input = (words: string): string =>
      `${action(words)}\nDUMPDERIVATIVES ARG=cv.node-0 FILE=derivatives FMT=%.12f`;
    const log = await run(folder, input(''));
    assert.match(log, /all atoms are requested at every step, as DUMPDERIVATIVES reads derivatives/);
    const ours = await readFile(join(folder, 'derivatives'), 'utf8');
    await run(folder, input('NL_STRIDE=1'));
    assert.equal(ours, await readFile(join(folder, 'derivatives'), 'utf8'));
    assert.equal((await readNumbers(join(folder, 'derivatives'))).length % 8, 0);
  });

  it('at the steps at which a bias needs gradients', async () => {
    const folder = await prepared(40);
    const hills = async (words: string): Promise<{ log: string; hills: number[][] }> => {
      const metad = 'METAD ARG=cv.node-0 ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=0.1 PACE=6 FILE=HILLS FMT=%.10g';
      const log = await run(folder, `${action(words)}\n${metad} RESTART=NO\nPRINT ARG=cv.node-0 FILE=COLVAR`);
      return { log, hills: await readNumbers(join(folder, 'HILLS')) };
    };
    const ours = await hills('');
    isFar(ours.log);
    assert.ok(ours.hills.length >= 5);
    assert.deepEqual(ours.hills, (await hills('NL_STRIDE=1')).hills);
  });
});

it('what NL_STRIDE and NL_SKIN cannot mean is refused', async () => {
  const folder = await prepared(1);
  const plain = descriptorSet([{ kind: 'distance', atoms: [1, 2] }]);
  await saveIdentity(join(folder, 'plain.onnx'), plain);
  const refused: [string, RegExp][] = [
    [action('NL_STRIDE=0'), /expected auto or a whole number from 1 on for NL_STRIDE but received 0/],
    [action('NL_STRIDE=often'), /expected auto or a whole number from 1 on for NL_STRIDE but received often/],
    [action('NL_STRIDE=1 NL_SKIN=0.3'), /expected a positive NL_SKIN, and an NL_STRIDE above 1 with it/],
    [action('NL_SKIN=-0.3'), /expected a positive NL_SKIN/],
    [
      'cv: ONNX_MODEL FILE=plain.onnx ATOMS=1,2 NL_STRIDE=5',
      /expected a coordination with DMAX among more than 256 pairs for NL_STRIDE and NL_SKIN but the model has none/,
    ],
    [
      'd: DISTANCE ATOMS=1,2\ncv: ONNX_MODEL FILE=plain.onnx ARG=d LABELS=ignore NL_STRIDE=5',
      /expected NL_STRIDE and NL_SKIN only with ATOMS/,
    ],
  ];
  for (const [input, words] of refused) await assert.rejects(run(folder, `${input}\nPRINT ARG=cv.*`), words);
  // without images an atom may go by a box at once: nobody who did not ask is stopped for that
  const log = await run(folder, `${action('NOPBC')}\nPRINT ARG=cv.*`);
  assert.match(log, /all atoms are requested at every step/);
});
