import { latentCvs } from './latent-cvs.js';
import { predictedProperties } from '../../src/properties/index.js';
import { someColumns, someRows } from '../../src/properties/some-rows.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import type { Oxides } from './oxides.js';

/** What one of our models says of all rows, having seen some. */
export interface Own {
  /** `[rows]`; absent of a model that predicts nothing. */
  predicted?: number[];
  /** `[rows][k]` */
  latent: number[][];
  seconds: number;
}

/** How a model of ours is trained. */
export interface OwnSettings {
  property: string;
  rows: Int32Array;
  options: Pick<TrainOptions, 'latent' | 'seed' | 'method' | 'epochs'>;
}

/** Trains one model by the defaults of rows, on some rows; an autoencoder without the property where its method asks for none. */
export async function ownModel({ table, features }: Oxides, settings: OwnSettings): Promise<Own> {
  const { property, rows, options } = settings;
  const alone = options.method === 'autoencoder';
  const inputs = someColumns(table, alone ? features : [...features, property]);
  const began = performance.now();
  const encoder = await train(someRows(inputs, rows), {
    rows: true,
    ...(!alone && { properties: [property] }),
    ...options,
  });
  const seconds = (performance.now() - began) / 1000;
  const all = someColumns(
    table,
    encoder.inputs.columns.map(({ label }) => label),
  );
  const latent = await latentCvs(encoder, all);
  const digits = (value: number): number => Number(value.toPrecision(7));
  return {
    ...(!alone && { predicted: Array.from(await predictedProperties(encoder, all), digits) }),
    latent: latent.map((row) => row.map(digits)),
    seconds,
  };
}
