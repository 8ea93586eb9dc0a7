import { LatentcvError, asNumbers, isGroup, type H5Dataset, type H5Group } from '../../support/index.js';
import { attributeNumber, attributeText, groupAt, numbersAt, numbersIn, shapeOf } from './entities.js';
import type { Hdf5Reading } from './hdf5-frames.js';
import { picosecondsOf } from './units.js';

/**
 * An element of H5MD 1.1 (https://www.nongnu.org/h5md/h5md.html): an array that counts for all frames, or a group of
 * `value`, whose rows are frames, `step` and `time`.
 */
export class H5mdElement {
  private constructor(
    readonly value: H5Dataset,
    /** Undefined where the array counts for all frames. */
    private readonly group: H5Group | undefined,
  ) {}

  /**
   * Undefined where the group has no such element.
   * @throws LatentcvError `file-format`.
   */
  static at(parent: H5Group, name: string): H5mdElement | undefined {
    const group = groupAt(parent, name);
    const value = numbersAt(parent, group ? `${name}/value` : name);
    if (value) return new H5mdElement(value, group);
    if (!group) return undefined;
    throw new LatentcvError('file-format', `expected an array ${group.path}/value but there is none`);
  }

  get fixed(): boolean {
    return this.group === undefined;
  }

  /** Rows of `value`; one of an array that counts for all frames. */
  get rows(): number {
    return this.fixed ? 1 : (this.value.shape![0] ?? 0);
  }

  /** What a row is: `[atoms, 3]`. */
  get rowShape(): number[] {
    return this.fixed ? this.value.shape! : this.value.shape!.slice(1);
  }

  /** Rows `[from, to)`. */
  read(from: number, to: number): ArrayLike<number> {
    return numbersIn(this.value, this.fixed ? undefined : [from, to]);
  }

  /** MD steps of its rows; a number alone is the step between them. Rows are counted where the file tells none. */
  steps(): Float64Array {
    return this.series('step') ?? Float64Array.from({ length: this.rows }, (_, i) => i);
  }

  /**
   * ps; undefined where the file tells none. `usual` is the unit where it tells none of its own.
   * @throws LatentcvError `bad-data` where its unit is not known.
   */
  times({ timestepTold }: Hdf5Reading, usual?: string): Float64Array | undefined {
    const dataset = this.group && numbersAt(this.group, 'time');
    const times = this.series('time');
    if (!dataset || !times) return undefined;
    const unit = attributeText(dataset, 'unit') ?? usual;
    if (unit === undefined && timestepTold) return undefined;
    const picoseconds = picosecondsOf(unit, dataset.path);
    return times.map((time) => time * picoseconds);
  }

  /** One number per row: as it stands, or from an increment and the attribute `offset`. */
  private series(name: 'step' | 'time'): Float64Array | undefined {
    const dataset = this.group && numbersAt(this.group, name);
    if (!dataset) return undefined;
    const { rows } = this;
    if (dataset.shape!.length === 1) return Float64Array.from(numbersIn(dataset));
    if (dataset.shape!.length > 1)
      throw new LatentcvError(
        'file-format',
        `expected a number, or one per frame, in ${dataset.path} but received ${shapeOf(dataset)}`,
      );
    const [increment] = asNumbers(dataset.value);
    const offset = attributeNumber(dataset, 'offset') ?? 0;
    return Float64Array.from({ length: rows }, (_, i) => offset + i * increment);
  }

  /**
   * Which row belongs to each of these steps, −1 where none does; undefined where all rows are in the same order, or where
   * the array counts for all frames.
   */
  rowsOf(steps: Float64Array): Int32Array | undefined {
    if (this.fixed) return undefined;
    const own = this.steps();
    if (own.length >= steps.length && this.rows >= steps.length && steps.every((step, i) => step === own[i]))
      return undefined;
    const rows = new Map(Array.from(own.subarray(0, this.rows), (step, i) => [step, i]));
    return Int32Array.from(steps, (step) => rows.get(step) ?? -1);
  }
}

/** An element whose rows are those of other steps, row by row. */
export class MatchedElement {
  private readonly rows: Int32Array | undefined;

  constructor(
    private readonly element: H5mdElement,
    private readonly name: string,
    private readonly steps: Float64Array,
  ) {
    this.rows = element.rowsOf(steps);
  }

  /**
   * Of frame `index`.
   * @throws LatentcvError `bad-data` where the file has none of its step.
   */
  read(index: number): ArrayLike<number> {
    const row = this.rows ? this.rows[index] : index;
    if (row >= 0) return this.element.read(row, row + 1);
    throw new LatentcvError(
      'bad-data',
      `expected ${this.name} of step ${this.steps[index]} but there is none`,
    );
  }
}

/** Groups of particles that have an element. */
export function groupsWith(particles: H5Group, name: string): H5Group[] {
  return particles
    .keys()
    .map((key) => particles.get(key))
    .filter(isGroup)
    .filter((group) => group.keys().includes(name));
}
