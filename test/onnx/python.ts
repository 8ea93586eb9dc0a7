import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/support/folders.js';

/** Python with onnx, onnxruntime, numpy and Matplotlib, as the project's set-up for its tests provides it. */
export function pythonOfTests(): string {
  const interpreter = join(cacheFolder(), 'python', 'bin', 'python');
  assert.ok(existsSync(interpreter), `no Python for the tests at ${interpreter}: run the setup first`);
  return interpreter;
}

/** What a script prints in it. */
export function python(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(pythonOfTests(), ['-c', script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    maxBuffer: 2 ** 28,
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/**
 * Checks every `<name>.onnx` of a folder with onnx.checker (shape inference included) and runs it with the
 * inputs in `<name>.json`; prints one JSON line per model with the outputs.
 */
export const checkAndRun = `
import json, pathlib, sys
import numpy as np, onnx, onnxruntime
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
types = {'tensor(float)': np.float32, 'tensor(double)': np.float64, 'tensor(int32)': np.int32}
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.onnx')):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    try: session = onnxruntime.InferenceSession(str(path), options, providers=['CPUExecutionProvider'])
    except Exception as error: raise RuntimeError(path.stem) from error
    given = json.loads(path.with_suffix('.json').read_text())
    feeds = {i.name: np.array(given[i.name]['data'], types[i.type]).reshape(given[i.name]['shape']) for i in session.get_inputs()}
    names = [o.name for o in session.get_outputs()]
    values = {n: {'shape': list(v.shape), 'data': v.ravel().tolist()} for n, v in zip(names, session.run(names, feeds))}
    declared = {o.name: o.shape for o in session.get_outputs()}
    print(json.dumps({'model': path.stem, 'ir': model.ir_version, 'opset': model.opset_import[0].version,
                      'outputs': values, 'declared': declared, 'metadata': {p.key: p.value for p in model.metadata_props}}))
`;

/** What `checkAndRun` prints for one model. */
export interface PythonResult {
  model: string;
  ir: number;
  opset: number;
  outputs: Record<string, { shape: number[]; data: number[] }>;
  declared: Record<string, (number | string)[]>;
  metadata: Record<string, string>;
}

export function runFolder(folder: string): PythonResult[] {
  return python(checkAndRun, folder)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PythonResult);
}
