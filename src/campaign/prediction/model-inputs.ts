import { domainInWords, sameDomain, type Column } from '../../frames/index.js';
import { rangesAreRandom, type ModelInput, type ModelMetadata } from '../../onnx/index.js';
import { LatentcvError, digits } from '../../support/index.js';

/** A column of frames that goes into a model. */
export interface InputColumn {
  column: Column;
  values: Float64Array;
}

/**
 * Whether columns, in the order of a model's inputs, are what it was trained on: the same domains where they are periodic,
 * and values that lie where the training's did. Frames in another unit are refused, frames far outside told.
 * @throws LatentcvError `bad-data`
 */
export function checkModelInputs(
  columns: readonly InputColumn[],
  { inputs, training }: Pick<ModelMetadata, 'inputs' | 'training'>,
  onWarning: (message: string) => void = () => undefined,
): void {
  columns.forEach(({ column }, i) => checkDomain(column, inputs[i]));
  if (rangesAreRandom({ training })) return;
  const placed = columns.flatMap(({ column: { label }, values }, i) => {
    const { period, min, max } = inputs[i];
    if (period || min === undefined || max === undefined || max <= min) return [];
    return [{ label, values, min, max }];
  });
  if (placed.length === 0 || columns[0].values.length === 0) return;
  refuseOtherUnit(placed);
  const warning = farOutside(placed, columns[0].values.length);
  if (warning !== undefined) onWarning(warning);
}

function checkDomain({ label, period }: Column, input: ModelInput): void {
  if (sameDomain(period, input.period)) return;
  const words = (domain: Column['period']): string =>
    domain ? `the domain ${domainInWords({ label: '', period: domain }).trim()}` : 'no period';
  throw new LatentcvError(
    'bad-data',
    `column ${label} has ${words(period)} but the model was trained on ${words(input.period)}`,
    period && input.period
      ? 'convert the column to what the model takes'
      : '‘periodic’ says a period that a table does not tell',
  );
}

/** The values of an input beside the range of the training. */
interface Placed {
  label: string;
  values: Float64Array;
  min: number;
  max: number;
}

/** Part of the training range that a value has to lie beyond it, to be far outside; and of frames, to be told. */
const far = 0.5;
const manyFrames = 0.01;

/** Part of the frames that lie in the training range, once divided by a factor; `slack` is a part of the range. */
function inside({ values, min, max }: Placed, factor = 1, slack = 0): number {
  const [low, high] = [min - slack * (max - min), max + slack * (max - min)];
  let count = 0;
  for (const value of values) if (value / factor >= low && value / factor <= high) count++;
  return count / values.length;
}

const units: readonly { factor: number; words: string }[] = [
  { factor: 10, words: 'lengths in Å where the model takes nm' },
  { factor: 0.1, words: 'lengths in nm where the model takes Å' },
  { factor: 180 / Math.PI, words: 'angles in degrees where the model takes radians' },
  { factor: Math.PI / 180, words: 'angles in radians where the model takes degrees' },
];

/** Frames are in another unit where all inputs lie outside the training's range, and inside once they are converted. */
function refuseOtherUnit(inputs: readonly Placed[]): void {
  const least = Math.min(...inputs.map((input) => 1 - inside(input)));
  if (least < 0.5) return;
  const mean = (factor: number): number =>
    inputs.reduce((sum, input) => sum + inside(input, factor, far) / inputs.length, 0);
  const found = units.find(({ factor }) => mean(factor) > 0.8);
  if (!found) return;
  throw new LatentcvError(
    'bad-data',
    `${percent(least)} of the frames lie outside the training range of ${inputs.length} of ${inputs.length} inputs, by a ` +
      `factor of about ${digits(found.factor)}: are they ${found.words}?`,
    'convert the columns, or train on a table in these units',
  );
}

const inDigits = (value: number): string => digits(value, 4);
const percent = (part: number): string => `${digits(100 * part, 2)} %`;

function farOutside(inputs: readonly Placed[], frames: number): string | undefined {
  const any = new Uint8Array(frames);
  const counts = inputs.map(({ values, min, max }) => {
    const slack = far * (max - min);
    let count = 0;
    for (let frame = 0; frame < frames; frame++)
      if (values[frame] < min - slack || values[frame] > max + slack) {
        any[frame] = 1;
        count++;
      }
    return count;
  });
  const part = any.reduce((sum, one) => sum + one, 0) / frames;
  if (part < manyFrames) return undefined;
  const worst = inputs[counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0))];
  const range = worst.values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  return (
    `${percent(part)} of the frames lie far outside the training range (by more than half of it) in ` +
    `${counts.filter((count) => count > 0).length} of ${inputs.length} inputs, most in ${worst.label}: ` +
    `${inDigits(range[0])} to ${inDigits(range[1])} where the training had ${inDigits(worst.min)} to ${inDigits(worst.max)}`
  );
}
