import { LatentcvError, counted, digits } from '../../support/index.js';
import { holeFrom, singleRoundoff, toldBySpacing } from '../timeline/index.js';
import { LeftOut, type RunRows } from './run-rows.js';

/** PLUMED prints times with six decimals, of which two that are the same may differ by one in the last. */
const printed = 2e-6;

/** A frame's row, and whether the frame before it is none of its neighbours in time. */
export interface Partner {
  row: number;
  begins: boolean;
}

/** What came of a run: a line to tell, and whether it is no more than that one of both is written more often. */
export interface JoinedWords {
  line: string;
  usual: boolean;
}

const inPs = (time: number): string => digits(Number(time.toFixed(5)), 9);
const between = (first: number, last: number): string =>
  first === last ? `at ${inPs(first)} ps` : `${inPs(first)} to ${inPs(last)} ps`;

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}

/** The frames of one run as they come, and the rows of its tables. */
export class JoinedRun {
  private readonly leftOut = new LeftOut();
  private frames = 0;
  private first = NaN;
  private last = NaN;
  /** Between frames: the least there was. */
  private spacing = Infinity;
  private segment = -1;
  private matched: { time: number; segment: number; count: number; first: number } | undefined;
  private broken = true;
  /** No frame of the stream's segment has come yet. */
  private fresh = true;
  private holes = 0;

  /** @param timeUnit ps of a unit of the tables' times, to which they are printed */
  constructor(
    readonly source: string,
    private readonly tables: readonly string[],
    private readonly rows: RunRows | undefined,
    private readonly timeUnit: number,
    private readonly width: number,
  ) {}

  /** The frames that follow are of this segment of the stream. */
  enter(segment: number): void {
    if (segment !== this.segment) this.broken = this.fresh = true;
    this.segment = segment;
  }

  /**
   * The row of a frame; undefined where it has none. Those of a run without tables have one each, without values.
   * @throws LatentcvError `bad-data` where time goes back within the run
   */
  partnerOf(time: number): Partner | undefined {
    if (!this.rows) {
      const begins = this.broken;
      this.broken = false;
      return { row: -1, begins };
    }
    this.follow(time);
    const found = this.rows.take(time, this.tolerance(time));
    if (!found) {
      this.leftOut.add(time);
      return undefined;
    }
    const begins = this.broken || this.begins(time, found.segment);
    const { count, first } = this.matched ?? { count: 0, first: time };
    this.matched = { time, segment: found.segment, count: count + 1, first };
    this.broken = false;
    return { row: found.row, begins };
  }

  /** Puts the values of a row there; zeros of a run without tables. */
  put(row: number, into: Float64Array, at: number): void {
    if (this.rows) this.rows.put(row, into, at);
    else into.fill(0, at, at + this.width);
  }

  /**
   * No frame follows.
   * @returns what to tell; nothing where every frame and row has a partner
   * @throws LatentcvError `bad-data` where none has
   */
  finish(): JoinedWords | undefined {
    if (!this.rows || this.frames === 0) return undefined;
    this.rows.finish();
    const { leftOut: rows } = this.rows;
    if (!this.matched || this.isChance(this.matched.count)) throw this.noCommonTime();
    if (this.leftOut.count === 0 && rows.count === 0) return undefined;
    const parts = [
      ...(this.leftOut.count > 0
        ? [`${counted(this.leftOut.count, 'frame')} (${between(this.leftOut.first, this.leftOut.last)})`]
        : []),
      ...(rows.count > 0 ? [`${counted(rows.count, 'row')} (${between(rows.first, rows.last)})`] : []),
    ];
    const { count, first, time } = this.matched;
    return {
      line:
        `${this.source} and ${this.tables.join(', ')}: ${counted(count, 'frame')} at common times, ` +
        `${between(first, time)}; without a partner, and left out, are ${parts.join(' and ')}`,
      usual: this.isUsual(),
    };
  }

  private follow(time: number): void {
    if (this.frames > 0 && time <= this.last)
      throw new LatentcvError(
        'bad-data',
        `expected the frames of ${this.source} at growing times, to join them with ${this.tables.join(', ')}, but one at ${inPs(time)} ps follows one at ${inPs(this.last)} ps`,
        '‘parts’ says that it is one run, whose frames were written again',
      );
    if (!this.fresh) this.spacing = Math.min(this.spacing, time - this.last);
    this.fresh = false;
    if (this.frames++ === 0) this.first = time;
    this.last = time;
  }

  /** Times closer than this are the same; never as much as a quarter of what lies between two frames or rows. */
  private tolerance(time: number): number {
    const kept = toldBySpacing * (this.rows!.spacing || 0);
    const coarse = printed * this.timeUnit + singleRoundoff(time) + kept;
    const spacings = [this.spacing, this.rows!.spacing].filter((spacing) => spacing > 0);
    return Math.min(coarse, ...spacings.map((spacing) => spacing / 4));
  }

  /** Whether a break lies between the frame before and this one, in the table or as common times that both should have had. */
  private begins(time: number, segment: number): boolean {
    if (!this.matched) return false;
    if (segment !== this.matched.segment) return true;
    const gap = time - this.matched.time;
    const [ofFrames, ofRows] = [this.spacing, this.rows!.spacing].map((spacing) => Math.round(gap / spacing));
    const hole = ofFrames > 0 && ofRows > 0 && commonFactor(ofFrames, ofRows) > 1;
    if (hole) this.holes++;
    return hole;
  }

  /** Whether both begin and end together and all common times are there. */
  private isUsual(): boolean {
    const most = holeFrom * Math.max(this.spacing, this.rows!.spacing);
    const ends = [this.rows!.first - this.first, this.rows!.last - this.last];
    return this.holes === 0 && ends.every((end) => Math.abs(end) < most);
  }

  /** A few common times of two that go by different units. */
  private isChance(matched: number): boolean {
    return matched < 0.05 * Math.min(this.frames, this.rows!.count) && this.otherUnit() !== undefined;
  }

  /** ps of what the table's times look like. */
  private otherUnit(): number | undefined {
    const { last, first } = this.rows!;
    const span = (this.last - this.first) / (last - first);
    return [1e3, 1e-3, 1e6, 1e-6].find((factor) => Math.abs(span / factor - 1) < 0.05);
  }

  private noCommonTime(): LatentcvError {
    const { count, first, last } = this.rows!;
    const unit = this.otherUnit();
    const hint =
      unit === undefined
        ? 'are they of one run? ‘timeUnit’ says in which unit a table’s times are, ‘timestep’ what a step of a trajectory without times is'
        : `times differ by a factor of ${unit}: ‘timeUnit’ says in which unit those of the table are, ‘timestep’ what a step of a trajectory without times is`;
    return new LatentcvError(
      'bad-data',
      `expected frames and rows at common times but ${this.source} has ${counted(this.frames, 'frame')}, ${between(this.first, this.last)}, ` +
        `and ${this.tables.join(', ')} ${counted(count, 'row')}, ${between(first, last)}`,
      hint,
    );
  }
}
