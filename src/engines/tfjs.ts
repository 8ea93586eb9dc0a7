import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../support/folders.js';
import { LatentcvError } from '../support/errors.js';
import { bindLengths, inputsOf, mapValues, type Feeds, type NdArray, type TensorOf } from '../graph/index.js';
import type { CompiledGraph, Engine, Program } from './engine.js';
import { compute, fed, type TensorFlow, type TfTensor } from './tfjs-rules.js';
import { TfjsStepper } from './tfjs-stepper.js';

export interface TfjsOptions {
  /** `cuda` takes @tensorflow/tfjs-node-gpu and nothing else. */
  device?: 'cpu' | 'cuda';
  /** Where else than beside this package to look for TensorFlow.js: folders with node_modules. */
  folders?: readonly string[];
}

/** From the fastest to what runs everywhere. */
const packages = [
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-cpu',
] as const;

/**
 * TensorFlow.js, whichever of its packages is installed (this package depends on none of them): the same graph,
 * op by op, in single precision.
 * @throws LatentcvError `missing-tool` where none is installed.
 */
export async function createTfjsEngine(options: TfjsOptions = {}): Promise<Engine> {
  const tf = await loadTensorFlow(options);
  return {
    name: `tfjs (${tf.getBackend()})`,
    precision: 'float',
    compile: (graph) => Promise.resolve(compile(tf, graph)),
    compileSteps: (step) => Promise.resolve(new TfjsStepper(tf, step)),
  };
}

async function loadTensorFlow({ device = 'cpu', folders = [] }: TfjsOptions): Promise<TensorFlow> {
  const wanted = device === 'cuda' ? packages.slice(0, 1) : packages;
  const places = [import.meta.url, ...[...folders, join(cacheFolder(), 'tfjs-node')].map(folderUrl)];
  for (const name of wanted) {
    for (const place of places) {
      const tf = await importFrom(place, name);
      if (tf) return tf;
    }
  }
  const [what, package_] =
    device === 'cuda' ? ['@tensorflow/tfjs-node-gpu', packages[0]] : ['TensorFlow.js', packages[1]];
  throw new LatentcvError(
    'missing-tool',
    `${what} is not installed`,
    `npm install ${package_}, or take --engine onnxruntime`,
  );
}

const folderUrl = (folder: string): string => pathToFileURL(join(folder, 'package.json')).href;

async function importFrom(place: string, name: string): Promise<TensorFlow | undefined> {
  const { resolve } = createRequire(place);
  const path = whereIs(resolve, name);
  if (path === undefined) return undefined;
  // a backend alone has no ops: those are in the core
  const core = name === '@tensorflow/tfjs-backend-cpu' ? whereIs(resolve, '@tensorflow/tfjs-core') : path;
  if (core === undefined) return undefined;
  if (core !== path) await import(pathToFileURL(path).href);
  const loaded = (await import(pathToFileURL(core).href)) as { default?: TensorFlow } & TensorFlow;
  const tf = loaded.default ?? loaded;
  await tf.ready();
  return tf;
}

function whereIs(resolve: NodeJS.RequireResolve, name: string): string | undefined {
  try {
    return resolve(name);
  } catch {
    return undefined;
  }
}

function compile(tf: TensorFlow, { inputs, outputs }: CompiledGraph): Program {
  const all = (inputs ?? inputsOf(Object.values(outputs))) as readonly TensorOf<'input'>[];
  return {
    async run(feeds: Feeds): Promise<Record<string, NdArray>> {
      const lengths = bindLengths(all, feeds);
      const results = tf.tidy(() => {
        const values = new Map(all.map((tensor) => [tensor, fed(tf, tensor, feeds[tensor.name!])] as const));
        return compute(tf, outputs, values, lengths);
      }) as Record<string, TfTensor>;
      const arrays = mapValues(results, toNdArray);
      for (const tensor of Object.values(results)) tensor.dispose();
      return Promise.resolve(arrays);
    },
    release: () => Promise.resolve(),
  };
}

export function toNdArray(tensor: TfTensor): NdArray {
  return { shape: [...tensor.shape], data: Float64Array.from(tensor.dataSync()) };
}
