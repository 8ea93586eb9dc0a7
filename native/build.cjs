// What both native builds are made of, said once: CMakeLists.txt and binding.gyp ask here for sources, flags and
// definitions, and where npm put what we need (a package hoisted by npm is found by Node's own rules).
// usage: node native/build.cjs standard|optimization|flags|addon-definitions|addon-link-flags|sources|
//        node-addon-api|node-api-headers|onnxruntime
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

/** The C++ standard. */
const standard = 17;

/** How a build that is not for finding faults is optimised. */
const optimization = ['-O3'];

/** For every source of core, trajectories and addon. */
const flags = [
  '-fPIC',
  '-pthread',
  '-fexceptions',
  // nothing of ours is seen by the host, nor by another build of ours in the same process
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  '-Wall',
  '-Wextra',
  // a code or a step without its case does not compile
  '-Werror=switch',
];

const addonDefinitions = ['NAPI_VERSION=8', 'NODE_ADDON_API_CPP_EXCEPTIONS', 'BUILDING_NODE_EXTENSION'];

/** What Node asks for is seen, and nothing else: not the C++ library inside, where it is linked statically. */
const addonLinkFlags = ['-pthread', `-Wl,--version-script=${join(__dirname, 'addon', 'exports.ld')}`];

/** The sources of core, trajectories and addon, absolute. */
function sources() {
  return ['core', 'trajectories', 'addon'].flatMap((part) => {
    const lines = readFileSync(join(__dirname, part, 'sources.txt'), 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => join(__dirname, part, line));
  });
}

/** Folder that holds `napi.h`. */
const nodeAddonApi = () => dirname(require.resolve('node-addon-api/package.json'));

/** Folder that holds `node_api.h`, whose functions every Node has: no headers of one Node are needed. */
const nodeApiHeaders = () => join(dirname(require.resolve('node-api-headers/package.json')), 'include');

/** Where a package of ONNX Runtime has its libraries for this machine. */
const librariesOf = (folder) => join(folder, 'bin', 'napi-v6', process.platform, process.arch);

/**
 * Folder of onnxruntime-node: the package's own, which has libraries for Linux alone, or the one that stands beside the
 * package where only that has some for this machine.
 */
function onnxruntimePackage() {
  const own = dirname(require.resolve('onnxruntime-node/package.json'));
  if (existsSync(librariesOf(own))) return own;
  try {
    const paths = [dirname(dirname(__dirname))];
    const beside = dirname(require.resolve('onnxruntime-node/package.json', { paths }));
    return existsSync(librariesOf(beside)) ? beside : own;
  } catch {
    return own;
  }
}

/** ONNX Runtime's shared library for this machine, or an empty string where there is none. */
function onnxruntime() {
  try {
    const library = join(librariesOf(onnxruntimePackage()), 'libonnxruntime.so.1');
    return existsSync(library) ? library : '';
  } catch {
    return '';
  }
}

module.exports = { standard, sources, onnxruntime, onnxruntimePackage };

if (require.main === module) {
  const fromRoot = (path) => relative(dirname(__dirname), path);
  const lines = {
    standard: () => [standard],
    optimization: () => optimization,
    flags: () => flags,
    'addon-definitions': () => addonDefinitions,
    'addon-link-flags': () => addonLinkFlags,
    // gyp wants sources relative to binding.gyp
    sources: () => sources().map(fromRoot),
    'node-addon-api': () => [nodeAddonApi()],
    'node-api-headers': () => [nodeApiHeaders()],
    onnxruntime: () => [onnxruntime()],
  };
  console.log(lines[process.argv[2]]().join('\n'));
}
