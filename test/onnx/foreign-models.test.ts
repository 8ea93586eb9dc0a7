import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { evaluate, jacobian, simplify } from '../../src/graph/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { readForeignModel } from '../../src/onnx/foreign/index.js';
import { differentiateModel } from '../../src/onnx/foreign/differentiate.js';
import { packageRoot } from '../../src/support/folders.js';
import { assertClose } from '../native/fixtures.js';

// What PyTorch's exporters write of mlcolvar's transforms of positions, networks on atoms and single functions:
// make_models.py of the folder says how; values and derivatives are torch's in double.
const folder = join(packageRoot(), 'test', 'fixtures', 'foreign-models');

interface Reference {
  shape: number[];
  k: number;
  /** `[frames, d]` */
  x: number[];
  cv: number[];
  jacobian: number[];
  refused: Record<string, string>;
}

/** What goes by places that are computed of positions, and what an exporter wrote wrongly (see below). */
const notRead = new Set(['schnet.legacy']);

const references = readdirSync(folder).filter((file) => file.endsWith('.json'));

for (const file of references.sort()) {
  const name = basename(file, '.json');
  const reference = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Reference;
  const d = reference.shape.reduce((a, b) => a * b, 1);
  const frames = reference.x.length / d;
  const rows = Array.from({ length: frames }, (_, i) => reference.x.slice(i * d, (i + 1) * d));
  const skipped = (exporter: string) => exporter in reference.refused || notRead.has(`${name}.${exporter}`);
  for (const exporter of ['legacy', 'dynamo'].filter((one) => !skipped(one)))
    describe(`${name}, ${exporter}`, () => {
      const foreign = () => readForeignModel(readFileSync(join(folder, `${name}.${exporter}.onnx`)));
      const feeds = { x: { shape: [frames, d], data: reference.x } };

      it("gives torch's values and derivatives", () => {
        const { x, cv } = foreign();
        const graph = simplify({ cv, j: jacobian(cv, x) });
        const found = evaluate(graph, feeds, [x]);
        assertClose(found.cv.data, reference.cv, 1e-6, 'value');
        assertClose(found.j.data, reference.jacobian, 1e-6, 'derivative');
      });

      it('is written, read again and run by ONNX Runtime in float', async () => {
        const model = foreign();
        const inputs = rows[0].map((_, i) => ({ label: `x${i}`, unit: '', min: 0, max: 0 }));
        const outputs = Array.from({ length: reference.k }, (_, i) => ({ name: `cv${i}`, min: 0, max: 0 }));
        const told = { inputs, outputs, check: rows, record: {} };
        const { model: made, gradientError } = differentiateModel(model, told);
        assert.ok(gradientError < 1e-5, `derivatives differ from differences by ${gradientError}`);
        const { graph } = readModelFile(writeModelFile(made));
        const { x, cv, jacobian: j } = graph!;
        const program = await createOnnxRuntime({ precision: 'float' }).compile({
          inputs: [x],
          outputs: { cv, j },
        });
        const found = await program.run(feeds);
        await program.release();
        assertClose(found.cv.data, reference.cv, 1e-5, 'value');
        assertClose(found.j.data, reference.jacobian, 1e-4, 'derivative');
      });
    });
}
