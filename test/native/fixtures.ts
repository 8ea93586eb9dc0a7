import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';

/** Runs a script of test/fixtures with the Python that the setup provides. */
export function runFixture(script: string, folder: string): void {
  const interpreter = join(cacheFolder(), 'python', 'bin', 'python');
  const { status, stderr, error } = spawnSync(
    interpreter,
    [join(packageRoot(), 'test', 'fixtures', script), folder],
    { encoding: 'utf8', env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' } },
  );
  assert.equal(status, 0, `${interpreter} ${script}: ${error?.message ?? stderr}`);
}

/** One model of encoders.py; `double` is a reference in double, `float` what Python's onnxruntime gives. */
export interface Encoder {
  name: string;
  path: string;
  d: number;
  k: number;
  x: number[];
  double: { cv: number[]; jacobian: number[] };
  float: { cv: number[]; jacobian?: number[] };
}

export function readEncoders(folder: string): Encoder[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const name = basename(file, '.json');
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Encoder, 'name' | 'path'>;
    return { name, path: join(folder, `${name}.onnx`), ...content };
  });
}

/** Every number within `tolerance`, relative to the expected one's magnitude, at least 1. */
export function assertClose(
  received: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  assert.equal(received.length, expected.length, what);
  expected.forEach((value, i) => {
    const difference = Math.abs(received[i] - value) / Math.max(1, Math.abs(value));
    assert.ok(difference <= tolerance, `${what} ${i}: expected ${value} but received ${received[i]}`);
  });
}
