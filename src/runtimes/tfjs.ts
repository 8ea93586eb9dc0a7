import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inCaches, LatentcvError, expectObject } from '../support/index.js';
import { bindLengths, inputsOf, mapValues, type Feeds, type NdArray, type TensorOf } from '../graph/index.js';
import type { CompiledGraph, Runtime, Program } from './runtime.js';
import { compute, fed, type TensorFlow, type TfTensor } from './tfjs-rules.js';
import { TfjsStepper } from './tfjs-stepper.js';

export interface TfjsOptions {
  /** `cuda` takes @tensorflow/tfjs-node-gpu and nothing else. */
  device?: 'cpu' | 'cuda';
  /** One package instead of the fastest that is installed. */
  package?: TfjsPackage;
}

export type TfjsPackage = (typeof packages)[number]['name'];

/** From the fastest to what runs everywhere; a backend alone has no ops: those are in the core. */
const packages = [
  { name: '@tensorflow/tfjs-node-gpu', backend: 'tensorflow' },
  { name: '@tensorflow/tfjs-node', backend: 'tensorflow' },
  { name: '@tensorflow/tfjs-backend-wasm', backend: 'wasm', core: '@tensorflow/tfjs-core' },
  { name: '@tensorflow/tfjs', backend: 'cpu' },
  { name: '@tensorflow/tfjs-backend-cpu', backend: 'cpu', core: '@tensorflow/tfjs-core' },
] as const;

/**
 * TensorFlow.js, whichever of its packages is installed (this package depends on none of them): the same graph,
 * op by op, in single precision. A process can use one of its backends at a time.
 * @throws LatentcvError `missing-tool` where none is installed.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function createTfjsRuntime(options: TfjsOptions = {}): Promise<Runtime> {
  expectObject(options, 'options');
  const { tf, name } = await loadTensorFlow(options);
  return {
    name: `tfjs (${name.replace('@tensorflow/', '')})`,
    precision: 'float',
    compile: (graph) => Promise.resolve(compile(tf, graph)),
    compileSteps: (step) => Promise.resolve(new TfjsStepper(tf, step)),
  };
}

interface Loaded {
  tf: TensorFlow;
  name: TfjsPackage;
}

async function loadTensorFlow({ device = 'cpu', package: only }: TfjsOptions): Promise<Loaded> {
  const wanted = device === 'cuda' ? packages[0].name : only;
  const tried = packages.filter(({ name }) => wanted === undefined || name === wanted);
  for (const one of tried) {
    for (const place of places()) {
      const tf = await importFrom(place, one);
      if (tf) return { tf, name: one.name };
    }
  }
  throw new LatentcvError(
    'missing-tool',
    `${wanted ?? 'TensorFlow.js'} is not installed`,
    `npm install ${wanted ?? '@tensorflow/tfjs-node'}, or take ‘engine: onnxruntime’`,
  );
}

/** Beside this package, in the folder one works in, and where this package's own set-up puts it. */
function places(): string[] {
  const folders = [process.cwd(), inCaches('tfjs-node')];
  return [import.meta.url, ...folders.map((folder) => pathToFileURL(join(folder, 'package.json')).href)];
}

async function importFrom(
  place: string,
  { name, backend, ...more }: { name: string; backend: string; core?: string },
): Promise<TensorFlow | undefined> {
  const { resolve } = createRequire(place);
  const path = whereIs(resolve, name);
  const core = more.core === undefined ? path : whereIs(resolve, more.core);
  if (path === undefined || core === undefined) return undefined;
  // as CommonJS: a backend then registers in the very core that is used here
  const { default: tf } = (await import(pathToFileURL(core).href)) as { default: TensorFlow };
  await import(pathToFileURL(path).href);
  await tf.setBackend(backend);
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
      const results = tf.tidy<Record<string, TfTensor>>(() => {
        const values = new Map(all.map((tensor) => [tensor, fed(tf, tensor, feeds[tensor.name!])] as const));
        return compute(tf, outputs, values, lengths);
      });
      const arrays = mapValues(results, toNdArray);
      for (const tensor of Object.values(results)) tensor.dispose();
      return Promise.resolve(arrays);
    },
    release: () => Promise.resolve(),
  };
}

function toNdArray(tensor: TfTensor): NdArray {
  return { shape: [...tensor.shape], data: Float64Array.from(tensor.dataSync()) };
}
