import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../src/support/folders.js';
import type { Sources } from './architecture-rules.js';
import {
  findCrowdedFolders,
  findForbiddenIncludes,
  findForbiddenRoomIncludes,
  findIncludeRings,
  readNativeRooms,
} from './native-rooms.js';

const root = packageRoot();
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

function read(folder: string): [string, string][] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(cpp|h)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

const folders = ['native', 'plumed-plugin', 'bench/native'];
const native: Sources = new Map(folders.flatMap(read));

test('the table in docs/architecture.md names every room of native/core and native/trajectories', () => {
  const rooms = ['native/core', 'native/trajectories'].flatMap((part) =>
    readdirSync(join(root, part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'include')
      .map((entry) => `${part}/${entry.name}`),
  );
  assert.deepEqual([...readNativeRooms(page).keys()].sort(), rooms.sort());
});

test('native rooms include only what the table allows', () => {
  assert.ok(native.size > 200);
  assert.deepEqual(findForbiddenRoomIncludes(native, readNativeRooms(page)), []);
});

test('no native files include one another in a ring', () => {
  assert.deepEqual(findIncludeRings(native), []);
});

test('no folder of the native side has more than 25 sources', () => {
  assert.deepEqual(findCrowdedFolders(native, 25), []);
});

test('the core knows neither Node nor PLUMED; addon and plugin know only its public headers', () => {
  assert.deepEqual(findForbiddenIncludes(native), []);
});

// the checkers themselves must be able to fail

const rooms = readNativeRooms(`
| room | knows | may include |
|---|---|---|
| \`native/core/onnx\` | files | nothing |
| \`native/core/network\` | steps | onnx |
| \`native/core/model\` | models | onnx, network |
| \`native/trajectories/text\` | lines | nothing |
`);

test('the table is read row by row', () => {
  assert.deepEqual(rooms.get('native/core/onnx'), []);
  assert.deepEqual(rooms.get('native/core/model'), ['native/core/onnx', 'native/core/network']);
  assert.throws(() => readNativeRooms('| `native/core/onnx` | x | network |'), /native\/core\/network/);
});

const target = ['native/core/network/plan.h', ''] as const;
const forbidden: [string, string, string][] = [
  ['a later room', 'native/core/onnx/file.cpp', '#include "network/plan.h"'],
  ['a later room by a path', 'native/core/onnx/file.h', '#include "../network/plan.h"'],
  ['a room without a row', 'native/core/extra/thing.h', ''],
  ['a file outside the rooms', 'native/core/thing.h', ''],
  ['a room inside another part', 'native/trajectories/extra/thing.h', ''],
];
for (const [name, path, text] of forbidden) {
  test(`the checker sees ${name}`, () => {
    assert.equal(findForbiddenRoomIncludes(new Map([target, [path, text]]), rooms).length, 1);
  });
}

test('the checker lets through what the table allows, public headers and folders within a room', () => {
  const sources = new Map([
    target,
    ['native/core/include/latentcv/model.h', ''],
    ['native/core/network/steps/sum.h', '#include "network/plan.h"\n#include "latentcv/model.h"'],
    ['native/core/model/model.cpp', '#include "network/steps/sum.h"\n// #include "text/lines.h"'],
    ['native/trajectories/text/lines.h', '#include "latentcv/model.h"'],
  ]);
  assert.deepEqual(findForbiddenRoomIncludes(sources, rooms), []);
});

test('the checker sees a ring of headers, and one that closes through a source', () => {
  const headers = new Map([
    ['native/core/onnx/a.h', '#include "onnx/b.h"'],
    ['native/core/onnx/b.h', '#include "onnx/a.h"'],
    ['native/core/onnx/c.h', '#include "onnx/a.h"'],
  ]);
  assert.deepEqual(findIncludeRings(headers), ['native/core/onnx/a', 'native/core/onnx/b']);
  const sources = new Map([
    ['native/core/onnx/a.h', ''],
    ['native/core/onnx/a.cpp', '#include "onnx/a.h"\n#include "onnx/b.h"'],
    ['native/core/onnx/b.h', '#include "onnx/a.h"'],
  ]);
  assert.deepEqual(findIncludeRings(sources), ['native/core/onnx/a', 'native/core/onnx/b']);
});

test('the checker sees a crowded folder', () => {
  const sources = new Map(['a.h', 'b.h', 'c/d.h'].map((name) => [`native/core/${name}`, '']));
  assert.deepEqual(findCrowdedFolders(sources, 1), ['native/core: 2']);
});

test('the checker sees includes across the native parts', () => {
  const seen = (path: string, line: string): number =>
    findForbiddenIncludes(
      new Map([
        [path, line],
        ['native/core/network/layers.h', ''],
        ['native/trajectories/text/lines.h', ''],
      ]),
    ).length;
  assert.equal(seen('native/core/network/a.cpp', '#include <napi.h>'), 1);
  assert.equal(seen('native/core/network/a.cpp', '#include "plumed/core/Action.h"'), 1);
  assert.equal(seen('native/core/network/a.cpp', '#include "network/layers.h"'), 0);
  assert.equal(seen('native/addon/addon.cpp', '#include "network/layers.h"'), 1);
  assert.equal(seen('native/addon/addon.cpp', '#include "text/lines.h"'), 1);
  assert.equal(seen('native/addon/addon.cpp', '#include "../core/descriptors/vectors.h"'), 1);
  assert.equal(seen('native/addon/addon.cpp', '#include "latentcv/model.h"'), 0);
  assert.equal(seen('native/addon/addon.cpp', '#include <napi.h>'), 0);
  assert.equal(seen('plumed-plugin/onnx_model.cpp', '#include "../native/addon/x.h"'), 1);
  assert.equal(seen('plumed-plugin/onnx_model.cpp', '#include <napi.h>'), 1);
  assert.equal(seen('plumed-plugin/onnx_model.cpp', '#include "latentcv/model.h"'), 0);
});
