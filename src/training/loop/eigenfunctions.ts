import { Matrix } from 'ml-matrix';
import type { Feeds } from '../../graph/index.js';
import { relaxingDirections, type GeneratorOfMethod } from '../../models/index.js';
import type { Program, Runtime } from '../../runtimes/index.js';
import { LatentcvError } from '../../support/index.js';
import { allSamples } from '../all-samples.js';
import type { Samples } from '../learnable.js';
import type { Eigenfunctions } from '../learned.js';
import type { Prepared } from '../prepared.js';
import { plainBatch, plainFeeds } from './batch.js';
import type { Fit } from './progress.js';
import { packedInput, unpackTensors, valueFeeds } from './state.js';

/** Frames computed at once. */
const framesAtOnce = 4096;

/** Latents `[n, k]` and Γ of each two of them `[n, k²]` of some samples, which weigh `weight`. */
interface Piece {
  latent: Float64Array;
  dissipation: Float64Array;
  weight: Float64Array;
}

/**
 * Eigenfunctions of the method's generator in the span of its latent at the best epoch, by all samples in memory; undefined of a
 * method without one.
 * @throws LatentcvError `bad-data` where these tell no rate
 */
export async function eigenfunctionsOf(
  prepared: Prepared,
  fit: Pick<Fit, 'packings' | 'values'>,
  runtime: Runtime,
): Promise<Eigenfunctions | undefined> {
  const { generator } = prepared.method;
  if (!generator) return undefined;
  const k = prepared.settings.latent;
  const relaxation = new Sums(k);
  await eachPiece(prepared, { fit, generator, runtime }, (piece) => relaxation.add(piece));
  const found = relaxingDirections(relaxation.result());
  expectRates(found.eigenvalues);
  const parts = new Parts(found.directions);
  await eachPiece(prepared, { fit, generator, runtime }, (piece) => parts.add(piece));
  return { ...found, carriers: parts.carriers() };
}

interface Evaluated {
  fit: Pick<Fit, 'packings' | 'values'>;
  generator: GeneratorOfMethod;
  runtime: Runtime;
}

async function eachPiece(
  { method, shape, split }: Prepared,
  { fit: { packings, values }, generator, runtime }: Evaluated,
  visit: (piece: Piece) => void,
): Promise<void> {
  const samples = allSamples(split);
  const compiled = (frames: number): Promise<Program> => {
    const parameters = unpackTensors(
      packings,
      packings.map((packing) => packedInput(packing, '')),
    );
    const batch = plainBatch(shape, frames);
    return runtime.compile({
      outputs: {
        latent: method.encode(parameters, batch.now),
        dissipation: generator.dissipation(parameters, batch),
      },
    });
  };
  const parameters = valueFeeds(packings, values);
  const pieces = piecesOf(samples);
  for (const frames of new Set(pieces.map(({ now }) => now.length))) {
    const program = await compiled(frames);
    try {
      for (const piece of pieces.filter(({ now }) => now.length === frames))
        visit(await computed(program, { ...plainFeeds(shape, piece), ...parameters }, piece));
    } finally {
      await program.release();
    }
  }
}

async function computed(program: Program, feeds: Feeds, { now, weight }: Samples): Promise<Piece> {
  const { latent, dissipation } = await program.run(feeds);
  return {
    latent: Float64Array.from(latent.data),
    dissipation: Float64Array.from(dissipation.data),
    weight: Float64Array.from(weight ?? new Float64Array(now.length).fill(1)),
  };
}

function piecesOf({ now, weight }: Samples): Samples[] {
  const pieces: Samples[] = [];
  for (let first = 0; first < now.length; first += framesAtOnce) {
    const of = <A extends Int32Array | Float32Array>(all: A): A =>
      all.subarray(first, first + framesAtOnce) as A;
    pieces.push({ now: of(now), ...(weight && { weight: of(weight) }) });
  }
  return pieces;
}

/** Weighted sums of a latent, of its products and of Γ. */
class Sums {
  private total = 0;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly dissipation: Float64Array;

  constructor(private readonly k: number) {
    this.first = new Float64Array(k);
    this.second = new Float64Array(k * k);
    this.dissipation = new Float64Array(k * k);
  }

  add({ latent, dissipation, weight }: Piece): void {
    const { k } = this;
    weight.forEach((w, frame) => {
      this.total += w;
      for (let i = 0; i < k; i++) {
        this.first[i] += w * latent[frame * k + i];
        for (let j = 0; j < k; j++) {
          this.second[i * k + j] += w * latent[frame * k + i] * latent[frame * k + j];
          this.dissipation[i * k + j] += w * dissipation[(frame * k + i) * k + j];
        }
      }
    });
  }

  result(): { mean: number[]; covariance: Matrix; dissipation: Matrix } {
    const { k, total } = this;
    const mean = Array.from(this.first, (sum) => sum / total);
    const matrix = (value: (i: number, j: number) => number): Matrix =>
      new Matrix(Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_, j) => value(i, j))));
    return {
      mean,
      covariance: matrix((i, j) => this.second[i * k + j] / total - mean[i] * mean[j]),
      dissipation: matrix((i, j) => this.dissipation[i * k + j] / total),
    };
  }
}

/** How many frames the rate of each direction rests on: those have a part in it by their weight and their Γ. */
class Parts {
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;

  constructor(private readonly directions: Matrix) {
    this.sum = new Float64Array(directions.columns);
    this.squares = new Float64Array(directions.columns);
  }

  add({ dissipation, weight }: Piece): void {
    const { rows: k, columns } = this.directions;
    weight.forEach((w, frame) => {
      for (let v = 0; v < columns; v++) {
        let part = 0;
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++)
            part +=
              this.directions.get(i, v) * this.directions.get(j, v) * dissipation[(frame * k + i) * k + j];
        this.sum[v] += w * part;
        this.squares[v] += (w * part) ** 2;
      }
    });
  }

  carriers(): number[] {
    return Array.from(this.sum, (sum, v) => sum ** 2 / this.squares[v]);
  }
}

function expectRates(rates: readonly number[]): void {
  const at = rates.findIndex((rate) => !(rate > 0 && rate < Infinity));
  if (at < 0) return;
  throw new LatentcvError(
    'bad-data',
    `expected a rate above 0 of each eigenfunction but number ${at + 1} has ${rates[at]}`,
    'the network gave up on it: try fewer CVs, another seed, or ‘precision: double’',
  );
}
