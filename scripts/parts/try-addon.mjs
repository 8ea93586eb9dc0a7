// What the addon gives for models of the regression tests and a written trajectory, as JSON: run by the Node of each
// processor, so that the two can be compared. usage: node try-addon.mjs
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';

const library = (name) => import(pathToFileURL(join(root, 'dist', 'src', 'native', name)).href);
const { addonPath, DescriptorReader, loadNativeModel } = await library('index.js');
const began = performance.now();

/** Inputs, or coordinates in nm, from 0 to 1 by Park and Miller's generator: the same on every processor. */
function numbers(count) {
  let state = 1;
  return Float64Array.from(
    { length: count },
    () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647,
  );
}

function evaluated(name, precision) {
  const path = join(root, 'plumed-plugin', 'regtest', name, 'model.onnx');
  const model = loadNativeModel(path, { evaluator: 'native', precision });
  const results =
    model.atoms > 0
      ? model.evaluateAtoms(numbers(3 * model.atoms))
      : model.evaluateWithJacobian(numbers(model.inputs));
  return Object.values(results).flatMap((values) => [...values]);
}

async function frames(name) {
  const path = join(root, 'native', 'test', 'trajectories', 'data', name);
  const source = { path, format: '', perNanometre: 0, salvage: false };
  const descriptors = ['distance 0 1', 'angle 0 1 2', 'torsion 0 1 2 3'];
  const atoms = Uint32Array.of(0, 1, 2, 3);
  const reading = { descriptors, references: [], atoms, total: 12, minimumImage: true, threads: 2 };
  const reader = new DescriptorReader(reading);
  const { frames: count } = await reader.countFrames(source);
  return [...(await reader.read(source, 0, count, 1)).values];
}

/** Whether an error of the core comes through as one of ours. */
function code() {
  try {
    loadNativeModel(join(root, 'package.json'));
    return 'none';
  } catch (error) {
    return error.code;
  }
}

const numbersOf = {};
for (const name of ['rt-atoms-aligned', 'rt-atoms-orthorhombic', 'rt-arg-scalars'])
  for (const precision of ['double', 'float'])
    numbersOf[`${name}, ${precision}`] = evaluated(name, precision);
for (const name of ['mdtraj.xtc', 'gromacs.trr', 'mdtraj.dcd', 'mdtraj.nc', 'mdtraj.lammpstrj'])
  numbersOf[name] = await frames(name);
const seconds = (performance.now() - began) / 1000;
console.log(
  JSON.stringify({ arch: process.arch, addon: addonPath(), code: code(), seconds, numbers: numbersOf }),
);
