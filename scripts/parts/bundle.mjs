// What npm bundles into the package (`bundleDependencies` in package.json) with less in it than its makers put there:
// libraries for other systems, sources, builds for browsers, and a script that fetches CUDA's libraries from elsewhere on
// installation. npm packs a bundled package by its own package.json, so that is what is changed in node_modules: which files
// go along, which scripts run, what it depends on. Nothing else is touched and nothing has to be undone: the packages work
// as before, doing it again changes nothing, `npm ci` makes them anew.
// usage: node scripts/parts/bundle.mjs
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './paths.mjs';

// licences that their packages on npm lack
const ofOnnxRuntime = { LICENSE: 'native/third_party/onnxruntime/LICENSE' };
const noticesOfOnnxRuntime = {
  'ThirdPartyNotices.txt': 'native/third_party/onnxruntime/ThirdPartyNotices.txt',
};
const licenceOf = (/** @type {string} */ name) =>
  ['LICENSE', 'LICENSE.txt']
    .map((file) => `node_modules/${name}/${file}`)
    .find((path) => existsSync(join(root, path))) ?? '';
const apache = { LICENSE: 'src/onnx/proto/LICENSE' };
const ofWorker = Object.fromEntries(
  [
    'boolbase',
    'css-select',
    'css-what',
    'cssomnom',
    'dom-serializer',
    'domelementtype',
    'domhandler',
    'domutils',
    'entities',
    'html-escaper',
    'htmlparser2',
    'nth-check',
    'uhyphen',
  ].map((name) => [`LICENSE.${name}`, licenceOf(name)]),
);

/**
 * Of each package the files that go along; npm adds README, licence and package.json, and what a package depends on.
 *
 * @type {Record<string, { files: string[], licences?: Record<string, string>, main?: string, dependencies?: string[] }>}
 */
const bundled = {
  'onnxruntime-node': {
    // what it fetches on installation takes adm-zip and global-agent
    dependencies: ['onnxruntime-common'],
    files: ['dist', 'bin/napi-v6/linux', '!**/*.map'],
    licences: { ...ofOnnxRuntime, ...noticesOfOnnxRuntime },
  },
  'onnxruntime-common': { files: ['dist', '!**/*.map'], licences: ofOnnxRuntime },
  '@bufbuild/protobuf': { files: ['dist/esm'], licences: apache },
  'csv-parse': { files: ['lib'] },
  // the one type that figures are drawn in
  'dejavu-fonts-ttf': { files: ['ttf/DejaVuSans.ttf'] },
  // what a page takes is whole in one file, with what it depends on
  '3dmol': {
    files: ['build/3Dmol-min.js', 'build/3Dmol-min.js.LICENSE.txt'],
    // npm packs what is main, whatever the files are
    main: 'build/3Dmol-min.js',
    dependencies: [],
  },
  h5wasm: {
    files: ['dist/node', 'src/*.d.ts'],
    licences: { 'LICENSE.HDF5': 'native/third_party/hdf5/LICENSE' },
  },
  // its build for workers is one file, which holds what it depends on
  linkedom: { files: ['worker.js'], licences: ofWorker, main: 'worker.js', dependencies: [] },
  yaml: { files: ['dist'] },
  zod: { files: ['**/*.js', '**/*.d.ts', '**/package.json', '!src'] },
};

const folderOf = (/** @type {string} */ name) => join(root, 'node_modules', name);

/** @param {string} name @param {(typeof bundled)[string]} its */
function trim(name, { files, licences = {}, main, dependencies }) {
  const folder = folderOf(name);
  for (const [text, source] of Object.entries(licences)) copyFileSync(join(root, source), join(folder, text));
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.files = [...files, ...Object.keys(licences)];
  if (main !== undefined) manifest.main = main;
  delete manifest.scripts;
  delete manifest.devDependencies;
  if (dependencies)
    manifest.dependencies = Object.fromEntries(
      dependencies.map((/** @type {string} */ other) => [other, manifest.dependencies[other]]),
    );
  const after = `${JSON.stringify(manifest, undefined, 2)}\n`;
  // a rename, so that the file is the old one or the new one whatever happens; and, also where nothing changes, the folder is newer than
  // npm's note of what is in node_modules, which npm would else believe
  writeFileSync(`${path}.new`, after);
  renameSync(`${path}.new`, path);
}

/**
 * Prepares what `npm pack` bundles.
 *
 * @throws {Error} where package.json bundles what is not known here
 */
export function prepareBundle() {
  const { bundleDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const unknown = bundleDependencies.filter((/** @type {string} */ name) => !(name in bundled));
  if (unknown.length > 0)
    throw new Error(
      `expected packages of scripts/parts/bundle.mjs to be bundled but received ${unknown.join(', ')}`,
    );
  for (const [name, its] of Object.entries(bundled)) trim(name, its);
}

if (isMain(import.meta.url)) prepareBundle();
