import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { predict, trainFromTables } from '../../src/campaign/index.js';
import { writeTable } from '../../src/frames/index.js';
import { loadModel } from '../../src/onnx/index.js';
import { dataset, normals } from '../diagnostics/synthetic.js';
import { drive, readNumbers, runFolder } from './driver.js';

let folder: string;
const temperature = 310;

/** A committor of three distances, trained for long enough that it is not flat where the driver's frames are. */
before(async () => {
  folder = await runFolder();
  const frames = 400;
  const inA = (frame: number): boolean => frame % 2 === 0;
  const columns = [1, 2, 3].map((seed) =>
    normals(frames, seed).map((noise, i) => (inA(i) ? 0.4 : 0.9) + 0.25 * noise),
  );
  const table = join(folder, 'COLVAR_training');
  const labels = columns[0].map((_, i) => (i % 5 === 0 ? -1 : inA(i) ? 0 : 1));
  await writeTable(table, dataset(['d1', 'd2', 'd3', 'state'], [...columns, labels]));
  const training = {
    ...{
      method: 'committor' as const,
      labels: 'state',
      temperature,
      latent: 1,
      hidden: [6],
      batch: 100,
      epochs: 5,
    },
    methodOptions: { lambda: 1.3, epsilon: 0.01 },
  };
  await trainFromTables({ files: [table], output: join(folder, 'committor.onnx'), training });
});

const distances = 'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=2,3\nd3: DISTANCE ATOMS=3,5\n';
const model = `cv: ONNX_MODEL FILE=committor.onnx ARG=d1,d2,d3 COMMITTOR KOLMOGOROV`;
const print = `PRINT ARG=d1,d2,d3,cv.committor,cv.kolmogorov,vk.bias FILE=COLVAR FMT=%.12g`;
const bias = 'vk: BIASVALUE ARG=cv.kolmogorov\n';

/** q and the bias by ONNX Runtime at these distances. */
async function predicted(rows: readonly number[][]): Promise<number[][]> {
  const columns = [1, 2, 3].map((i) => Float64Array.from(rows, (row) => row[i]));
  const { columns: given, data } = await predict(
    await loadModel(join(folder, 'committor.onnx')),
    dataset(['d1', 'd2', 'd3'], columns),
  );
  assert.deepEqual(
    given.map(({ label }) => label),
    ['node-0', 'committor', 'kolmogorov'],
  );
  return rows.map((_, frame) => [data[3 * frame + 1], data[3 * frame + 2]]);
}

test('PLUMED has the committor and its bias as ONNX Runtime does, and applies it', async () => {
  await drive(folder, `${distances}${model} TEMP=${temperature}\n${bias}${print}`);
  const rows = await readNumbers(join(folder, 'COLVAR'));
  const expected = await predicted(rows);
  rows.forEach(([, , , , q, kolmogorov, applied], frame) => {
    assert.ok(q > 0 && q < 1 && Math.abs(q - expected[frame][0]) < 1e-6, `${q} for ${expected[frame][0]}`);
    assert.ok(kolmogorov < -0.1 && Math.abs(kolmogorov - expected[frame][1]) < 1e-5 * Math.abs(kolmogorov));
    assert.equal(applied, kolmogorov);
  });
});

test('its energy is in the unit of UNITS', async () => {
  await drive(folder, `UNITS ENERGY=kcal/mol\n${distances}${model} TEMP=${temperature}\n${bias}${print}`);
  const rows = await readNumbers(join(folder, 'COLVAR'));
  const expected = await predicted(rows);
  rows.forEach(([, , , , , kolmogorov], frame) =>
    assert.ok(Math.abs(4.184 * kolmogorov - expected[frame][1]) < 1e-5 * Math.abs(expected[frame][1])),
  );
});

for (const energy of ['kj/mol', 'kcal/mol'])
  test(`its forces are those of differences, in ${energy}`, async () => {
    const read = async (numerical: string, scalar: string): Promise<number[][]> => {
      const input = `UNITS ENERGY=${energy}\n${distances}${model} TEMP=${temperature}${numerical}\n${scalar}`;
      await drive(
        folder,
        `${input}DUMPDERIVATIVES ARG=cv.kolmogorov,cv.committor FILE=DERIVATIVES FMT=%.12g`,
      );
      return readNumbers(join(folder, 'DERIVATIVES'));
    };
    const [exact, numerical] = [await read('', ''), await read(' NUMERICAL_DERIVATIVES', '')];
    assert.ok(exact.some(([, , slope]) => Math.abs(slope) > 0.1));
    exact.forEach((row, i) =>
      row.forEach((value, j) =>
        assert.ok(
          Math.abs(value - numerical[i][j]) < 1e-4 * Math.max(1, Math.abs(value)),
          `${value} ${numerical[i][j]}`,
        ),
      ),
    );
  });

test('the force that BIASVALUE puts on atoms is that of differences', async () => {
  const extra = ['--debug-forces', 'debug', '--dump-forces-fmt', '%.10f'];
  const units = 'UNITS ENERGY=kcal/mol\n';
  await drive(folder, `${units}${distances}${model} TEMP=${temperature}\n${bias}${print}`, { extra });
  const rows = (await readNumbers(join(folder, 'debug'))).filter((row) => row.length >= 3);
  const largest = Math.max(...rows.map((row) => Math.abs(row.at(-2)!)));
  assert.ok(rows.length > 27 && largest > 0.5, `${rows.length} rows up to ${largest}`);
  // PLUMED's are one-sided differences with a step of 1.5e-8
  for (const row of rows) {
    const [exact, numerical] = [row.at(-2)!, row.at(-1)!];
    assert.ok(Math.abs(exact - numerical) < 1e-5 * largest, `${exact}, not ${numerical}`);
  }
});

test('at another temperature, or at one that nobody tells, it is refused', async () => {
  const refused = (word: string, message: RegExp): Promise<void> =>
    assert.rejects(drive(folder, `${distances}${model}${word}\n${bias}${print}`), message);
  await refused(
    ' TEMP=300',
    /expected a temperature of 300 K, as the run has, but committor.onnx has the bias at 310 K/,
  );
  await refused('', /expected TEMP with KOLMOGOROV, as the engine does not tell the temperature/);
});
