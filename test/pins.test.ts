import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/support/folders.js';

const parts = join(packageRoot(), 'scripts', 'fetch');
const pins = readdirSync(join(parts, 'pins'));

test('every package that pip fetches is pinned by version and hash', () => {
  for (const file of pins) {
    const text = readFileSync(join(parts, 'pins', file), 'utf8');
    const packages = text.replaceAll(/ \\\n\s*/g, ' ').split('\n');
    for (const line of packages.filter((each) => each !== '' && !each.startsWith('#')))
      assert.match(line, /^[\w.-]+==\S+( --hash=sha256:[0-9a-f]{64})+$/, file);
  }
});

test('no script lets pip fetch anything else', () => {
  for (const script of readdirSync(parts).filter((name) => name.endsWith('.sh'))) {
    const text = readFileSync(join(parts, script), 'utf8').replaceAll(/ \\\n\s*/g, ' ');
    for (const line of text.split('\n')) {
      // libtorch.sh gives its file to a function
      if (/\bpip"? .*\b(install|download)\b/.test(line) && !line.includes('fetch()'))
        assert.match(line, /--require-hashes -r /, `${script}: ${line}`);
      const named = /pins\/([\w-]+)\.txt/.exec(line)?.[1];
      if (named !== undefined) assert.ok(pins.includes(`${named}.txt`), `${script}: ${named}`);
    }
  }
});

test('the lists that environments of Python are made of are there', () => {
  const steps = readFileSync(join(packageRoot(), 'scripts', 'parts', 'steps.mjs'), 'utf8');
  const named = [...steps.matchAll(/packages\('([\w-]+)'/g)].map(([, name]) => `${name}.txt`);
  assert.ok(named.length > 2);
  for (const name of named) assert.ok(pins.includes(name), name);
});

test("the CUDA provider is of the very version of npm's ONNX Runtime", () => {
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const pinned = /^onnxruntime-gpu==(\S+)/m.exec(readFileSync(join(parts, 'pins', 'cuda.txt'), 'utf8'))?.[1];
  assert.equal(pinned, dependencies['onnxruntime-node']);
});
