import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { buildPlugin, pluginPath, type PlumedInstall } from '../../../src/programs/index.js';
import { cacheFolder } from '../../../src/support/folders.js';
import { plugin, plumed } from '../../plugin/driver.js';
import { temporaryFolder } from '../../temporary-folder.js';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
const scratch = temporaryFolder('build-plugin');

/** A kernel that is not PLUMED's, with headers that are: as one compiled with another C++ library would look. */
function otherKernel(): PlumedInstall {
  const libDir = join(scratch, 'other');
  mkdirSync(libDir, { recursive: true });
  const source = join(libDir, 'empty.cpp');
  writeFileSync(source, 'extern "C" int nothing() { return 0; }\n');
  const kernel = join(libDir, 'libplumedKernel.so');
  execFileSync('c++', ['-shared', '-fPIC', source, '-o', kernel]);
  return { ...plumed, kernel, libDir };
}

describe('buildPlugin', () => {
  it('does nothing where the plugin is there', async () => {
    assert.deepEqual(await buildPlugin(plumed), { path: plugin.path, built: false });
    assert.equal(await pluginPath(plumed), plugin.path);
  });

  it('refuses a PLUMED that is too old, or without headers', async () => {
    await assert.rejects(buildPlugin({ ...plumed, version: [2, 8, 3] }), {
      code: 'missing-tool',
      message: `expected PLUMED 2.9 or later but ${plumed.kernel} is 2.8.3`,
    });
    await assert.rejects(buildPlugin({ ...plumed, includeDir: scratch }), {
      code: 'missing-tool',
      message: `expected PLUMED's headers in ${join(scratch, 'plumed')} but found none`,
    });
  });

  it('refuses PLUMED 3, and headers of another version than the kernel', async () => {
    await assert.rejects(buildPlugin({ ...plumed, version: [3, 0, 0] }), {
      code: 'missing-tool',
      message: `expected PLUMED 2.9 or later, but of PLUMED 2: ${plumed.kernel} is 3.0.0`,
    });
    const includeDir = join(scratch, 'other-headers');
    for (const folder of ['core', 'config'])
      mkdirSync(join(includeDir, 'plumed', folder), { recursive: true });
    writeFileSync(join(includeDir, 'plumed', 'core', 'ActionWithValue.h'), '');
    writeFileSync(join(includeDir, 'plumed', 'config', 'version.h'), '#define PLUMED_VERSION_LONG "2.9.0"\n');
    await assert.rejects(buildPlugin({ ...plumed, includeDir }), {
      code: 'missing-tool',
      message: `expected one version of PLUMED but ${plumed.kernel} is ${plumed.longVersion} and the headers in ${includeDir} are 2.9.0`,
    });
  });

  it('needs neither compiler nor headers where the plugin is there; other flags are another plugin', async () => {
    process.env.CXXFLAGS = '-O1';
    assert.notEqual(await pluginPath(plumed), plugin.path);
    delete process.env.CXXFLAGS;
    process.env.PATH = '/nowhere';
    assert.deepEqual(await buildPlugin(plumed), { path: plugin.path, built: false });
  });

  it('takes a plugin that was built with other flags where nothing can be built, and says so', async () => {
    Object.assign(process.env, { PATH: '/nowhere', CXX: 'g++', CXXFLAGS: '-O1' });
    const said: string[] = [];
    const found = await buildPlugin(plumed, { onBuild: (line) => said.push(line) });
    assert.deepEqual(found, { path: plugin.path, built: false });
    assert.match(said.join('\n'), /^the plugin that is there was built otherwise than CXX, CXXFLAGS/);
  });

  it('finds the plugin of a shared folder, whatever it was built with, and only reads there', async () => {
    const key = basename(dirname(plugin.path));
    const site = temporaryFolder('site');
    const there = join(site, 'plugin', `${key}-0123abcd`);
    mkdirSync(there, { recursive: true });
    copyFileSync(plugin.path, join(there, basename(plugin.path)));
    const cache = temporaryFolder('own-cache');
    Object.assign(process.env, { LATENTCV_SITE: site, LATENTCV_CACHE: cache });
    assert.deepEqual(await buildPlugin(plumed), { path: join(there, basename(plugin.path)), built: false });
    assert.deepEqual([readdirSync(cache), readdirSync(there)], [[], [basename(plugin.path)]]);
    // the user's own goes before
    mkdirSync(join(cache, 'plugin', key), { recursive: true });
    copyFileSync(plugin.path, join(cache, 'plugin', key, basename(plugin.path)));
    assert.equal(await pluginPath(plumed), join(cache, 'plugin', key, basename(plugin.path)));
  });

  it('keeps a link to ONNX Runtime beside the plugin, and mends one that leads nowhere', async () => {
    const link = join(dirname(plugin.path), 'libonnxruntime.so.1');
    assert.ok(existsSync(link));
    const cache = temporaryFolder('moved');
    const own = join(cache, 'plugin', basename(dirname(plugin.path)));
    mkdirSync(own, { recursive: true });
    copyFileSync(plugin.path, join(own, basename(plugin.path)));
    symlinkSync('/nowhere/libonnxruntime.so.1', join(own, 'libonnxruntime.so.1'));
    process.env.LATENTCV_CACHE = cache;
    await buildPlugin(plumed);
    assert.equal(readlinkSync(join(own, 'libonnxruntime.so.1')), readlinkSync(link));
  });

  it('says what to set where the cache folder cannot be written', async () => {
    const cache = join(scratch, 'no-folder');
    writeFileSync(cache, '');
    process.env.LATENTCV_CACHE = cache;
    await assert.rejects(buildPlugin(plumed), {
      code: 'tool-failed',
      message: new RegExp(`^expected to write in the cache folder ${cache} but cannot: `),
      hint: /LATENTCV_CACHE/,
    });
  });

  it('builds where cache, headers and kernel have blanks in their paths, from the core that is there', async () => {
    const spaced = join(scratch, 'a cache');
    const [includeDir, libDir] = [join(spaced, 'their include'), join(spaced, 'their lib')];
    mkdirSync(spaced);
    symlinkSync(join(cacheFolder(), 'core'), join(spaced, 'core'));
    symlinkSync(plumed.includeDir, includeDir);
    symlinkSync(plumed.libDir, libDir);
    process.env.LATENTCV_CACHE = spaced;
    const seen: number[] = [];
    const kernel = join(libDir, basename(plumed.kernel));
    const built = await buildPlugin(
      { ...plumed, includeDir, libDir, kernel },
      { onProgress: ({ done }) => seen.push(done) },
    );
    assert.ok(built.built && built.path.startsWith(spaced));
    assert.ok(seen.length > 0 && seen.every((done) => done > 0 && done <= 1), seen.join(' '));
    // with the plugin alone in it, the cache made no core of its own
    assert.deepEqual(readdirSync(spaced).sort(), ['core', 'plugin', 'their include', 'their lib']);
  });

  it('refuses a compiler that does not run', async () => {
    Object.assign(process.env, { CXX: '/nowhere/g++', LATENTCV_CACHE: temporaryFolder('no-compiler') });
    await assert.rejects(buildPlugin(plumed), {
      code: 'missing-tool',
      message: /C\+\+ compiler at CXX=\/nowhere\/g\+\+/,
    });
  });

  it('says so where the kernel was compiled differently', async () => {
    const cache = temporaryFolder('cache');
    symlinkSync(join(cacheFolder(), 'core'), join(cache, 'core'));
    process.env.LATENTCV_CACHE = cache;
    await assert.rejects(buildPlugin(otherKernel()), {
      code: 'tool-failed',
      message: /this PLUMED's kernel was compiled differently from the plugin: it has no .*PLMD::/,
      hint: /set CXX to the compiler PLUMED was built with, .*_GLIBCXX_USE_CXX11_ABI=0/,
    });
  });
});
