// The addon that ships, by prebuildify from binding.gyp: Zig's compiler links it for the C library of RHEL 8, with its own
// C++ library inside.
// usage: node scripts/parts/prebuilt.mjs [x64|arm64]    then: prebuilds/linux-…/latentcv.glibc.node
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cache, isMain, root } from './paths.mjs';

/** The newest C and C++ library that what ships may need: those of RHEL 8, and of GCC 7. */
const newest = { GLIBC: '2.28', GLIBCXX: '3.4.22' };

export const zig = join(cache, 'zig', 'ziglang', 'zig');

const processors = { x64: 'x86_64', arm64: 'aarch64' };

export const addonFor = (arch) => join(root, 'prebuilds', `linux-${arch}`, 'latentcv.glibc.node');

/** The compiler, as make takes it; this machine's own where there is no Zig, for this machine alone. */
function compiler(arch) {
  if (!existsSync(zig)) {
    return {};
  }
  const target = `-target ${processors[arch]}-linux-gnu.${newest.GLIBC}`;
  return {
    CC: `${zig} cc ${target}`,
    CXX: `${zig} c++ ${target}`,
    ZIG_GLOBAL_CACHE_DIR: join(cache, 'zig-cache'),
    ZIG_LOCAL_CACHE_DIR: join(cache, 'zig-cache'),
  };
}

/**
 * A folder of its own for the build of each processor, so that neither starts from nothing after the other: node-gyp builds
 * below the folder of binding.gyp, which is seen from here, as are the sources.
 */
function folderFor(arch) {
  const folder = join(root, 'build', arch);
  mkdirSync(folder, { recursive: true });
  for (const name of ['binding.gyp', 'native']) {
    const place = join(folder, name);
    if (!lstatSync(place, { throwIfNoEntry: false })) symlinkSync(join('..', '..', name), place);
  }
  return folder;
}

/** Builds it; throws with prebuildify's message where that fails. */
async function build(arch) {
  const { default: prebuildify } = await import('prebuildify');
  Object.assign(process.env, compiler(arch), { LDFLAGS: '-s' });
  const options = {
    name: 'latentcv',
    cwd: folderFor(arch),
    out: root,
    napi: true,
    platform: 'linux',
    arch,
    libc: 'glibc',
    tagLibc: true,
    nodeGyp: join(root, 'native', 'gyp', 'node-gyp.mjs'),
  };
  await promisify(prebuildify)(options);
}

/** Versions of the C and C++ libraries that a shared object needs: `GLIBC_2.17`, … */
export function neededVersions(path) {
  const words = ['--version-info', '--wide', path];
  const { stdout, status, error } = spawnSync('readelf', words, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`readelf cannot read ${path}`);
  return [...new Set(stdout.match(/\bGLIBC(?:XX)?_[\d.]+/g))].sort();
}

/** Those of them that are newer than what the addon may need. */
export function newerThanAllowed(path) {
  return neededVersions(path).filter((version) => {
    const [library, number] = version.split('_');
    return number.localeCompare(newest[library], 'en', { numeric: true }) > 0;
  });
}

if (isMain(import.meta.url)) {
  const arch = process.argv[2] ?? process.arch;
  if (arch !== process.arch && !existsSync(zig)) {
    console.error(`only Zig compiles it on ${process.arch}, and pip found no ziglang on PyPI`);
    process.exit(3);
  }
  await build(arch);
}
