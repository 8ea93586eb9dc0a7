import type { DescriptorSet } from '../descriptors/index.js';
import type { Column } from '../frames/index.js';
import { methods } from '../models/index.js';
import { courseOf, featureCount, featureMap } from './data/index.js';
import type { TrainSettings } from './options.js';

/** Nodes of graphs, names, record of the settings. */
const fixed = 24_000;
/** A number as text, with what parts it from the next. */
const digits = 24;
/** Rows of check vectors. */
const checkRows = 3;
/** Curves of losses: of training, of validation and of its parts. */
const mostCurves = 5;
/** Rows whose properties and latent are kept. */
const rowsShown = 1000;
/** Bytes of a row's mark (src/properties/row-marks.ts), and rows up to which they have one. */
const [mostMark, mostMarked] = [6, 100_000];

/** What a model file is going to hold. */
export interface FutureModel {
  columns: readonly Column[];
  settings: TrainSettings;
  /** Frames in all, of which about four fifths train. */
  frames: number;
  /** Encoders. */
  members: number;
  /** Whether a decoder goes with each. */
  decoder: boolean;
  /** Inputs that a first model ranks. */
  ranked?: readonly Column[];
  descriptors?: DescriptorSet;
  /** How many it predicts. */
  properties?: number;
}

/** Bytes that a model file will have at most, more or less: numbers of its layers, and what is told of each input and epoch. */
export function mostModelBytes({
  columns,
  settings,
  frames,
  members,
  decoder,
  ranked = [],
  descriptors,
  properties = 0,
}: FutureModel): number {
  const { hidden, latent, scaling } = settings;
  const widths = [featureCount(featureMap([...columns])), ...hidden, latent];
  const numbers = widths.slice(1).reduce((sum, width, i) => sum + (widths[i] + 1) * width, 0);
  const weights = members * numbers * (scaling === 'each' ? 8 : 4);
  const wayBack = decoder && rebuilds(settings) ? members * decoderBytes(weights / members, latent) : 0;
  const scales = 4 * columns.length * digits;
  const checks = checkRows * (columns.length + 1) * (latent + 2 + properties) * digits;
  // of rows, what is kept for figures and distances
  const shown = settings.rows && properties > 0 ? rowsShown * (2 * properties + latent) * digits : 0;
  const marks = shown > 0 ? mostMark * Math.min(frames, mostMarked) : 0;
  const labels = 2 * textOf([...columns, ...ranked]) + ranked.length * 2 * digits;
  const atoms = descriptors ? JSON.stringify(descriptors).length : 0;
  const most = (ofMeans: boolean): number => courseOf(settings, Math.ceil(0.8 * frames), { ofMeans }).epochs;
  const curves = Math.max(most(true), most(false)) * mostCurves * digits;
  return fixed * members + weights + wayBack + scales + checks + labels + atoms + curves + shown + marks;
}

const rebuilds = ({ method }: TrainSettings): boolean =>
  method === 'auto' || methods[method].rebuilds === true;

/** As large as its encoder, with the inverse of the spread of each CV, in base64: four characters for three bytes. */
const decoderBytes = (encoder: number, latent: number): number =>
  (4 / 3) * (encoder + 12_000 + 4000 * latent);

const textOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, { label }) => sum + Buffer.byteLength(label) + digits, 0);
