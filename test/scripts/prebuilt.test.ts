import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite, test } from 'node:test';
import { addonPath } from '../../src/native/addon.js';
import { loadNativeModel } from '../../src/native/index.js';
import { prebuiltCore } from '../../src/programs/plugin/prebuilt-core.js';
import { packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

const root = packageRoot();

interface Prebuilt {
  zig: string;
  addonFor: (arch: string) => string;
  newerThanAllowed: (path: string) => string[];
}
const prebuilt = (await import(
  pathToFileURL(join(root, 'scripts', 'parts', 'prebuilt.mjs')).href
)) as Prebuilt;

test('both builds are told of every source', () => {
  const { sources } = createRequire(import.meta.url)(join(root, 'native', 'build.cjs')) as {
    sources: () => string[];
  };
  const there = ['core', 'trajectories', 'addon'].flatMap((part) => {
    const folder = join(root, 'native', part);
    const names = readdirSync(folder, { recursive: true }) as string[];
    return names.filter((name) => name.endsWith('.cpp')).map((name) => join(folder, name));
  });
  assert.deepEqual(sources().sort(), there.sort());
});

suite('what ships compiled', () => {
  const folder = temporaryFolder('prebuilt');

  test('the addon that tests load is the one that ships', { skip: process.env.LATENTCV_ADDON }, () => {
    assert.equal(addonPath(), prebuilt.addonFor(process.arch));
  });

  const others = ['x64', 'arm64'].filter((arch) => existsSync(prebuilt.addonFor(arch)));
  const skip = existsSync(prebuilt.zig) ? false : 'no Zig';
  for (const arch of new Set([process.arch, ...others]))
    test(`the addon for ${arch} loads on RHEL 8: GLIBC_2.28 and GLIBCXX_3.4.22 at most`, { skip }, () => {
      assert.deepEqual(prebuilt.newerThanAllowed(prebuilt.addonFor(arch)), []);
    });

  const processor = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  test('the addon computes with the widest vectors that the processor has', () => {
    const path = join(root, 'plumed-plugin', 'regtest', 'rt-arg-scalars', 'model.onnx');
    const has = (flag: string): boolean => new RegExp(`^flags\\b.* ${flag}\\b`, 'm').test(processor);
    const widest = has('avx512f') ? 'AVX-512' : has('avx2') && has('fma') ? 'AVX2' : '128-bit vectors';
    assert.match(loadNativeModel(path).reason, new RegExp(`; in double, ${widest}`));
  });

  test('a library that needs more is told', () => {
    const source = join(folder, 'newer.c');
    writeFileSync(
      source,
      '__asm__(".symver newer, newer@GLIBC_2.33"); int newer(void); int f(void) { return newer(); }',
    );
    const path = join(folder, 'newer.so');
    // stands for a C library of which nothing is linked
    const stub = join(folder, 'stub.c');
    writeFileSync(stub, 'int newer(void) { return 0; }');
    const versions = join(folder, 'versions');
    writeFileSync(versions, 'GLIBC_2.33 { global: newer; };');
    const library = join(folder, 'libstub.so');
    execFileSync('c++', [
      '-x',
      'c',
      '-shared',
      '-fPIC',
      stub,
      `-Wl,--version-script=${versions}`,
      '-o',
      library,
    ]);
    execFileSync('c++', ['-x', 'c', '-shared', '-fPIC', source, '-x', 'none', library, '-o', path]);
    assert.deepEqual(prebuilt.newerThanAllowed(path), ['GLIBC_2.33']);
  });

  test('the addon shows Node its own doors and nothing of the C++ library inside', () => {
    const table = execFileSync('readelf', ['--dyn-syms', '--wide', addonPath()], { encoding: 'utf8' });
    const shown = table.split('\n').flatMap((line) => {
      const [, , , , binding, , place, name] = line.trim().split(/\s+/);
      return binding !== 'LOCAL' && /^\d+$/.test(place ?? '') ? [name.split('@')[0]] : [];
    });
    assert.deepEqual(shown.sort(), ['napi_register_module_v1', 'node_api_module_get_api_version_v1']);
  });

  test('the core for plugins needs nothing of a C++ library newer than GCC 7', () => {
    const core = join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'liblatentcv_core.a');
    const path = join(folder, 'core.so');
    const whole = ['-Wl,--whole-archive', core, '-Wl,--no-whole-archive'];
    execFileSync('c++', ['-shared', ...whole, '-ldl', '-pthread', '-o', path]);
    const newer = prebuilt.newerThanAllowed(path).filter((version) => version.startsWith('GLIBCXX'));
    assert.deepEqual(newer, []);
  });

  test('a core that does not fit the compiler is compiled', async () => {
    assert.ok(await prebuiltCore('c++', folder), 'it fits this compiler');
    assert.equal(await prebuiltCore('false', folder), undefined, 'nothing is linked');
    process.env.CXXFLAGS = '-D_GLIBCXX_USE_CXX11_ABI=0';
    try {
      assert.equal(await prebuiltCore('c++', folder), undefined, 'the user has flags');
    } finally {
      delete process.env.CXXFLAGS;
    }
  });
});
