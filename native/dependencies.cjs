// Where the native builds find what npm installed. CMake, binding.gyp and `latentcv plugin` all ask here,
// so that a package hoisted by npm is found by Node's own rules and nothing is listed twice.
// usage: node dependencies.cjs sources|node-addon-api|onnxruntime
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

/** The sources of the core and of what reads trajectories, absolute. */
function sources() {
  return ['core', 'trajectories'].flatMap((part) => {
    const lines = readFileSync(join(__dirname, part, 'sources.txt'), 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => join(__dirname, part, line));
  });
}

/** Folder that holds `napi.h`. */
const nodeAddonApi = () => dirname(require.resolve('node-addon-api/package.json'));

/** onnxruntime-node's shared library for this machine, or an empty string where the package has none. */
function onnxruntime() {
  try {
    const root = dirname(require.resolve('onnxruntime-node/package.json'));
    const library = join(root, 'bin', 'napi-v6', process.platform, process.arch, 'libonnxruntime.so.1');
    return existsSync(library) ? library : '';
  } catch {
    return '';
  }
}

module.exports = { sources, nodeAddonApi, onnxruntime };

if (require.main === module) {
  const fromRoot = (path) => relative(dirname(__dirname), path);
  const answers = {
    // gyp wants sources relative to binding.gyp
    sources: () => sources().map(fromRoot).join('\n'),
    'node-addon-api': nodeAddonApi,
    onnxruntime,
  };
  console.log(answers[process.argv[2]]());
}
