import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { descriptorSet, type Descriptor } from '../../../src/descriptors/index.js';
import { readTrajectory, type TrajectoryReading } from '../../../src/trajectories/index.js';
import { makeTrajectories, readDistances } from '../fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);

const pair = (a: number, b: number): Descriptor => ({ kind: 'distance', atoms: [a, b] });
const set = descriptorSet([pair(1, 5), pair(1, 19), pair(5, 9), pair(7, 15)]);
const system = { set, atoms: 22 };
const file = (name: string): string => join(folder, name);
const read = (names: string[], reading: TrajectoryReading = {}): ReturnType<typeof readTrajectory> =>
  readTrajectory(names.map(file), system, { threads: 2, timestep: 2, ...reading });

test('distances of an XTC file are those of numpy in double', async () => {
  const { data, frames, time, segments } = await read(['all.xtc']);
  assert.equal(frames, 20);
  assert.deepEqual(
    [...time],
    Array.from({ length: 20 }, (_, k) => 2 * k),
  );
  assert.deepEqual(segments, [{ start: 0, end: 20, source: file('all.xtc') }]);
  const expected = readDistances(folder).flat();
  // round-off of a few operations on numbers below 1
  data.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < 2e-15, `${i}: ${value} ${expected[i]}`),
  );
});

test('every format gives the same frames as far as it keeps digits, in nm and ps', async () => {
  const { data: expected } = await read(['all.trr']);
  // digits of the format, nm; two positions to a distance
  const kept = { dcd: 2e-7, nc: 2e-7, xyz: 1e-6, lammpstrj: 1e-6, xtc: 2e-3, pdb: 4e-4, gro: 2e-3 };
  for (const [ending, tolerance] of Object.entries(kept)) {
    const timestep =
      ending === 'dcd' || ending === 'nc' || ending === 'xyz' || ending === 'pdb' || ending === 'gro'
        ? 2
        : 0.002;
    const { data, frames, time } = await read([`all.${ending}`], { timestep });
    assert.equal(frames, 20, ending);
    // chemfiles writes its ps under units real, of which LAMMPS says that they are fs
    const last = ending === 'lammpstrj' ? 0.038 : 38;
    assert.ok(Math.abs(time[19] - last) < 1e-4, `${ending}: ${time[19]}`);
    const worst = Math.max(...data.map((value, i) => Math.abs(value - expected[i])));
    assert.ok(worst < tolerance, `${ending}: ${worst}`);
  }
});

test("LAMMPS's and AMBER's own endings are known", async () => {
  for (const [ending, own] of [
    ['lammpstrj', 'dump'],
    ['nc', 'ncdf'],
  ]) {
    copyFileSync(file(`all.${ending}`), file(`all.${own}`));
    assert.deepEqual((await read([`all.${own}`])).data, (await read([`all.${ending}`])).data);
  }
});

test('as many threads as one likes give the same bits', async () => {
  const [one, three] = await Promise.all([
    read(['all.xtc'], { threads: 1 }),
    read(['all.xtc'], { threads: 3 }),
  ]);
  assert.deepEqual(three.data, one.data);
});

test('a restart replaces the frames it wrote again; a run of its own is a segment of its own', async () => {
  const whole = await read(['all.xtc']);
  for (const parts of [
    ['first.xtc', 'second.xtc'],
    ['second.xtc', 'first.xtc'],
  ]) {
    const warnings: string[] = [];
    const joined = await read(parts, { parts: true, onWarning: (line) => warnings.push(line) });
    assert.deepEqual(joined.time, whole.time);
    assert.deepEqual(joined.data, whole.data);
    assert.deepEqual(joined.segments, [{ start: 0, end: 20, source: file('first.xtc') }]);
    assert.deepEqual(warnings, [
      `${file('first.xtc')}: 4 frames from 16 ps on are replaced by those of ${file('second.xtc')}, a later part of the run`,
    ]);
  }
  copyFileSync(file('all.xtc'), file('again.xtc'));
  const twice = await read(['all.xtc', 'again.xtc']);
  assert.equal(twice.frames, 40);
  assert.deepEqual(
    twice.segments.map(({ start, end }) => [start, end]),
    [
      [0, 20],
      [20, 40],
    ],
  );
});

test('files are runs of their own, whatever their times and their order, and keep all frames', async () => {
  for (const given of [
    ['first.xtc', 'second.xtc'],
    ['second.xtc', 'first.xtc'],
  ]) {
    const warnings: string[] = [];
    const { frames, segments } = await read(given, { onWarning: (line) => warnings.push(line) });
    assert.equal(frames, 24);
    assert.deepEqual(
      segments,
      given.map((name, i) => ({ start: 12 * i, end: 12 * (i + 1), source: file(name) })),
    );
    assert.match(
      warnings.join(),
      /second\.xtc begins at 16 ps and .*first\.xtc ends at 22 ps.* ‘parts’ joins/,
    );
  }
});

test("what GROMACS calls a part is one, beside the run's own file or its first part", async () => {
  const whole = await read(['all.xtc']);
  for (const first of ['traj.xtc', 'traj.part0001.xtc']) {
    copyFileSync(file('first.xtc'), file(first));
    copyFileSync(file('second.xtc'), file('traj.part0002.xtc'));
    const joined = await read(['traj.part0002.xtc', first]);
    assert.deepEqual(joined.data, whole.data);
    assert.deepEqual(joined.segments, [{ start: 0, end: 20, source: file(first) }]);
  }
});

test('begin, end and stride, also across a restart', async () => {
  const times = async (names: string[], reading: TrajectoryReading): Promise<number[]> => [
    ...(await read(names, reading)).time,
  ];
  assert.deepEqual(await times(['all.xtc'], { begin: 7, end: 14 }), [8, 10, 12, 14]);
  assert.deepEqual(await times(['all.xtc'], { stride: 7 }), [0, 14, 28]);
  const parts = true;
  assert.deepEqual(
    await times(['first.xtc', 'second.xtc'], { parts, stride: 3 }),
    [0, 6, 12, 18, 24, 30, 36],
  );
  assert.deepEqual(
    await times(['first.xtc', 'second.xtc'], { parts, begin: 10, stride: 4 }),
    [10, 18, 26, 34],
  );
  await assert.rejects(read(['all.xtc'], { begin: 100 }), { code: 'bad-data' });
});

test('frames written twice in one file count once, as the restart wrote them', async () => {
  writeFileSync(
    file('again.xtc'),
    Buffer.concat([readFileSync(file('first.xtc')), readFileSync(file('second.xtc'))]),
  );
  const warnings: string[] = [];
  const { time } = await read(['again.xtc'], { onWarning: (line) => warnings.push(line) });
  assert.deepEqual(
    [...time],
    Array.from({ length: 20 }, (_, k) => 2 * k),
  );
  assert.deepEqual(warnings, [
    `${file('again.xtc')}: a restart within it wrote 4 frames from 16 ps on again, which count once`,
  ]);
  // frames that were there before, with other positions: first.xtc has none of all.xtc's from 24 ps on
  writeFileSync(
    file('twice.xtc'),
    Buffer.concat([readFileSync(file('first.xtc')), readFileSync(file('all.xtc'))]),
  );
  const over = await read(['twice.xtc'], { onWarning: (line) => warnings.push(line) });
  assert.deepEqual(
    over.segments.map(({ start, end }) => [start, end]),
    [
      [0, 12],
      [12, 32],
    ],
  );
  assert.match(warnings.at(-1)!, /twice\.xtc: time starts over at 0 ps, so another run begins there/);
});

test('a file without a box says so; one that loses it is refused', async () => {
  const warnings: string[] = [];
  await read(['boxless.trr'], { onWarning: (line) => warnings.push(line) });
  assert.match(warnings.join(), /no box/);
  writeFileSync(
    file('lost.trr'),
    Buffer.concat([readFileSync(file('all.trr')), readFileSync(file('boxless.trr'))]),
  );
  await assert.rejects(read(['lost.trr']), { code: 'bad-data', message: /lost\.trr/ });
});

test('every format keeps the frames before a cut, and those around a damaged one', async () => {
  // where the cut and the damage are: bytes from the end, and one in the middle of frame 10
  for (const ending of ['xtc', 'trr', 'dcd', 'nc', 'xyz', 'gro', 'pdb', 'lammpstrj']) {
    const bytes = readFileSync(file(`all.${ending}`));
    const name = `cut-20.${ending}`;
    writeFileSync(file(name), bytes.subarray(0, bytes.length - 20));
    await assert.rejects(read([name]), {
      code: 'bad-data',
      message: /frame 19: .*cut off/,
      hint: /‘salvage’/,
    });
    const warnings: string[] = [];
    const kept = await read([name], { salvage: true, onWarning: (line) => warnings.push(line) });
    assert.equal(kept.frames, 19, ending);
    assert.match(warnings.join(), /frame 19/);
  }
  const text = readFileSync(file('all.gro'), 'utf8').split('\n');
  const title = 25 * 10;
  text[title + 5] = text[title + 5].replace('.', 'x');
  writeFileSync(file('damaged.gro'), text.join('\n'));
  await assert.rejects(read(['damaged.gro']), { code: 'bad-data', message: /damaged\.gro, frame 10: / });
  const whole = await read(['all.gro']);
  const around = await read(['damaged.gro'], { salvage: true });
  assert.deepEqual(
    [...around.time],
    [...whole.time].filter((_, i) => i !== 10),
  );
  assert.deepEqual(
    around.segments.map(({ start, end }) => [start, end]),
    [
      [0, 10],
      [10, 19],
    ],
  );
  // a stride that passes over the damaged frame does not pass over the hole in a file that lost it
  const xtc = readFileSync(file('all.xtc'));
  const second = xtc.indexOf(Buffer.from([0, 0, 7, 0xcb]), 4);
  const third = xtc.indexOf(Buffer.from([0, 0, 7, 0xcb]), second + 4);
  const fourth = xtc.indexOf(Buffer.from([0, 0, 7, 0xcb]), third + 4);
  xtc.fill(0, second, fourth);
  writeFileSync(file('hole.xtc'), xtc);
  const holed = await read(['hole.xtc'], { salvage: true });
  assert.deepEqual([...holed.time].slice(0, 3), [0, 6, 8]);
  assert.equal(holed.segments.length, 2);
});

test('a DCD file whose header counts more frames than there are is not taken for whole without a word', async () => {
  const bytes = readFileSync(file('all.dcd'));
  const frame = (bytes.length - bytes.indexOf(Buffer.from([22, 0, 0, 0, 4, 0, 0, 0])) - 8) / 20;
  writeFileSync(file('shorter.dcd'), bytes.subarray(0, bytes.length - frame));
  const warnings: string[] = [];
  const kept = await read(['shorter.dcd'], { onWarning: (line) => warnings.push(line) });
  assert.equal(kept.frames, 19);
  assert.match(warnings.join(), /expected 20 frames, as the header says/);
});

test('errors name file and frame, and --salvage keeps what is good', async () => {
  const bytes = readFileSync(file('all.xtc'));
  writeFileSync(file('cut.xtc'), bytes.subarray(0, bytes.length - 10));
  await assert.rejects(read(['cut.xtc']), {
    code: 'bad-data',
    message: /cut\.xtc, frame 19: the file is cut off/,
  });
  const warnings: string[] = [];
  const kept = await read(['cut.xtc'], { salvage: true, onWarning: (line) => warnings.push(line) });
  assert.equal(kept.frames, 19);
  assert.match(warnings.join(), /frame 19/);
  const trr = readFileSync(file('all.trr'));
  writeFileSync(file('cut.trr'), trr.subarray(0, trr.length - 1));
  assert.equal((await read(['cut.trr'], { salvage: true })).frames, 19);
  writeFileSync(file('empty.xtc'), '');
  await assert.rejects(read(['empty.xtc']), { code: 'bad-data', message: /empty/ });
  await assert.rejects(read(['none.xtc']), { code: 'file-not-found' });
  await assert.rejects(readTrajectory([file('all.xtc')], { set, atoms: 23 }), {
    code: 'bad-data',
    message: /frame \d+: expected 23 atoms but received 22/,
  });
  copyFileSync(file('all.xtc'), file('strange.abc'));
  assert.equal((await read(['strange.abc'])).frames, 20, 'its first bytes tell');
  copyFileSync(file('all.gro'), file('text.abc'));
  await assert.rejects(read(['text.abc']), { code: 'bad-data', message: /name its format/ });
  for (const format of ['GRO', 'gro']) assert.equal((await read(['text.abc'], { format })).frames, 20);
});
