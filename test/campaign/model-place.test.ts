import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trainFromTables } from '../../src/campaign/index.js';
import { writeTable, type Dataset } from '../../src/frames/index.js';
import { mostModelBytes, trainSettings, type TrainOptions } from '../../src/training/index.js';
import { canMount, runMounted, type Mounted } from '../mounts.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps, tableOf, withColumns } from '../training/data.js';
import { Random } from '../../src/support/random.js';

const folder = temporaryFolder('model-place');
const { dataset, state } = hiddenJumps(1500);
const table = join(folder, 'frames.csv');
await writeTable(table, dataset);
mkdirSync(join(folder, 'disk'));

function wide(width: number): Dataset {
  const random = new Random(1);
  const columns = Array.from({ length: width }, (_, i) => ({ label: `distance_between_${i}` }));
  return tableOf(
    columns,
    Float64Array.from({ length: 600 * width }, () => random.normal()),
  );
}

test('the room that is kept holds the model, and is not much more', async () => {
  const labelled = withColumns(dataset, { state });
  const cases: [string, Dataset, TrainOptions, { ensemble?: number; keep?: number }][] = [
    ['usual', dataset, { epochs: 40 }, {}],
    ['double', dataset, { precision: 'double', epochs: 3 }, {}],
    ['ensemble', dataset, { epochs: 4 }, { ensemble: 2 }],
    ['keep', wide(60), { epochs: 3, lag: 1 }, { keep: 40 }],
    ['wide', wide(100), { epochs: 3, method: 'autoencoder' }, {}],
    ['tica', dataset, { method: 'tica' }, {}],
    ['deep-tda', labelled, { method: 'deep-tda', labels: 'state', latent: 1, epochs: 3 }, {}],
  ];
  for (const [name, frames, options, more] of cases) {
    const [file, output] = [join(folder, `${name}.csv`), join(folder, `${name}.onnx`)];
    await writeTable(file, frames);
    const training = { lag: 5, seed: 1, ...options };
    await trainFromTables({ files: [file], output, training, ...more });
    const { keep, ensemble: members = 1 } = more;
    const kept = mostModelBytes({
      columns: frames.columns.slice(0, keep),
      ...{ settings: trainSettings(training), frames: frames.frames, members, decoder: true },
      ...(keep !== undefined && { ranked: frames.columns }),
    });
    const { length } = readFileSync(output);
    assert.ok(length <= kept && kept < 3 * length + 150_000, `${name}: ${length} in ${kept} bytes`);
  }
});

const skip = canMount ? false : 'a disk of its own cannot be mounted here (unshare -rm)';

const quick = ['--layers', '64,32', '--lag', '5ps', '--batch', '256', '--epochs', '5', '--seed', '1'];
const output = join(folder, 'disk', 'a.onnx');
const onDisk = (kilobytes: number, before: string, ...more: string[]): Mounted =>
  runMounted(['train', table, '-o', output, ...quick, ...more], {
    full: { folder: join(folder, 'disk'), kilobytes },
    before,
  });

test('a full disk: refused before the first epoch, or the model is written', { skip }, () => {
  const outcomes = [4, 40, 60, 100, 1000].map((kilobytes) => {
    const { code, stderr, left } = onDisk(kilobytes, '');
    const names = Object.keys(left).sort();
    assert.doesNotMatch(stderr, /fault of latentcv/);
    if (code === 0) {
      assert.ok(left['a.onnx'] > 15_000);
      assert.ok(
        names.every((name) => /^a\.onnx(\.checkpoint)?$/.test(name)),
        names.join(),
      );
      return names.length;
    }
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      /cannot write \S+a\.onnx: the disk is full, before the training \(it may take \d+ kB\)\nhint: make room/,
    );
    assert.doesNotMatch(stderr, /loss/);
    assert.deepEqual(names, []);
    return 0;
  });
  // without room, with room for the model alone, and for what is kept of its training too
  assert.deepEqual([...new Set(outcomes)], [0, 1, 2]);
});

test(
  'a disk that fills up meanwhile takes the checkpoint, not the model; the file that was there stays till then',
  { skip },
  () => {
    const disk = join(folder, 'disk');
    // once the room for the model is there
    const kept = `for i in $(seq 500); do find '${disk}' -name '*.part' -size +20k | grep -q . && break; sleep 0.02; done`;
    const fill = `echo old > '${output}'; (${kept}; head -c 2M /dev/zero > '${disk}/other') 2>/dev/null &`;
    const { code, stderr, left } = onDisk(300, fill, '--epochs', '1500', '--patience', '1500');
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /no checkpoint was written, the last one stays: cannot write \S+checkpoint: the disk is full/,
    );
    assert.equal(stderr.match(/no checkpoint was written/g)?.length, 1);
    assert.ok(left['a.onnx'] > 15_000);
  },
);

test(
  'a model larger than its room, on a full disk: the checkpoint gives its own, if that is enough',
  { skip },
  () => {
    const { href } = new URL('../../src/campaign/model-place.js', import.meta.url);
    const saved = (checkpoint: number): { stdout: string; left: string } => {
      const disk = join(folder, 'disk');
      const script = `
      import { randomBytes } from 'node:crypto';
      import { readdirSync, writeFileSync } from 'node:fs';
      import { ModelPlace } from '${href}';
      process.chdir('${disk}');
      writeFileSync('c', randomBytes(${checkpoint}));
      await ModelPlace.whileHeld({ output: 'm.onnx', files: [] }, async (place) => {
        await place.keepRoom(10000);
        try { writeFileSync('rest', randomBytes(1000000)); } catch {}
        await place.save(randomBytes(100000), ['c']);
      }).then(() => console.log('written'), ({ message, hint }) => console.log(message, hint));
      console.log(readdirSync('.').join());`;
      const { stdout, stderr } = spawnSync(
        'unshare',
        [
          '-rm',
          'bash',
          '-c',
          `mount -t tmpfs -o size=300k none '${disk}' && exec '${process.execPath}' --input-type=module -e "$0"`,
          script,
        ],
        { encoding: 'utf8' },
      );
      assert.equal(stderr, '');
      const [said, left] = stdout.trim().split('\n');
      return { stdout: said, left };
    };
    assert.deepEqual(saved(120_000), { stdout: 'written', left: 'm.onnx,rest' });
    const refused = saved(20_000);
    assert.match(
      refused.stdout,
      /^cannot write m\.onnx: the disk is full; what was trained is kept in the checkpoint make room \(df -h \S+\), then the same command with ‘resume’ writes it$/,
    );
    assert.equal(refused.left, 'c,rest');
  },
);

test('two trainings to one output: the second is refused at once, the first goes on', async () => {
  const job = { files: [table], output: join(folder, 'two.onnx'), training: { lag: 5, epochs: 3 } };
  let first: Promise<unknown> = Promise.resolve();
  await new Promise<void>((begun) => {
    first = trainFromTables({ ...job, hooks: { onStage: () => begun() } });
  });
  await assert.rejects(trainFromTables(job), {
    code: 'file-access',
    message: /two\.onnx is being trained by process \d+ on /,
  });
  await first;
  await trainFromTables(job);
});
