import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { foreignFixtures, rowsOf, type ForeignFixture } from '../fixtures/foreign.js';
import { assertClose } from '../native/fixtures.js';
import { drive, readNumbers, runFolder } from './driver.js';

const wanted = /^(autoencoder|variational-autoencoder|deep-.*|torch-sine|torch-residual|torch-piecewise)$/;

/** One atom per input, its x coordinate the value. */
async function trajectoryOf(folder: string, fixture: ForeignFixture): Promise<string> {
  const path = join(folder, 'inputs.xyz');
  const frames = rowsOf(fixture).map((row) => [row.length, '9 9 9', ...row.map((value) => `X ${value} 0 0`)]);
  await writeFile(path, frames.flat().join('\n') + '\n');
  return path;
}

function inputFor({ d, k }: ForeignFixture): string {
  const atoms = Array.from({ length: d }, (_, i) => i + 1);
  const cvs = Array.from({ length: k }, (_, i) => `cv.node-${i}`).join(',');
  return [
    ...atoms.map((i) => `p${i}: POSITION ATOM=${i} NOPBC`),
    `cv: ONNX_MODEL FILE=model.onnx ARG=${atoms.map((i) => `p${i}.x`).join(',')}`,
    `PRINT ARG=${cvs} FILE=COLVAR FMT=%.15g`,
    `DUMPDERIVATIVES ARG=${cvs} FILE=DERIVATIVES FMT=%.15g`,
  ].join('\n');
}

describe('PLUMED gives the values and derivatives of models exported from mlcolvar and PyTorch', () => {
  for (const fixture of foreignFixtures().filter(({ name }) => wanted.test(name)))
    it(fixture.name, async () => {
      const { path, d, k, double } = fixture;
      const folder = await runFolder();
      await copyFile(path, join(folder, 'model.onnx'));
      await drive(folder, inputFor(fixture), { trajectory: await trajectoryOf(folder, fixture) });
      const values = (await readNumbers(join(folder, 'COLVAR'))).map(([, ...cv]) => cv);
      assertClose(values.flat(), double.cv, 1e-6, 'cv');
      // a line per frame and argument: time, the argument's number, the derivative of each component
      const lines = await readNumbers(join(folder, 'DERIVATIVES'));
      const received = double.jacobian.map((_, i) => {
        const [frame, component, argument] = [Math.floor(i / (k * d)), Math.floor(i / d) % k, i % d];
        return lines[frame * d + argument][2 + component];
      });
      assertClose(received, double.jacobian, 1e-6, 'derivatives');
    });
});
