import type { Runtime, Program } from '../../runtimes/index.js';
import type { Feeds } from '../../graph/index.js';
import type { CvMethod, Relabelling } from '../../models/index.js';
import type { LabellingProgress } from './progress.js';
import type { ParameterPack } from './state.js';
import { appliedGraph, names } from './step.js';
import type { Tables } from '../learnable.js';

/** Part of the frames below which a change of labels counts as none. */
const fewFrames = 0.01;

/** What labelling begins with. */
export interface LabellingStart {
  packings: ParameterPack[];
  tables: Tables;
  from?: LabellingProgress;
}

/** The labels of a method that renews them as it trains, until hardly any frame changes its state. */
export class Labelling {
  private constructor(
    private readonly relabel: Relabelling,
    private readonly program: Program,
    private current: Tables,
    private settled: boolean,
  ) {}

  /** The tables with the labels as they are now. */
  get tables(): Tables {
    return this.current;
  }

  get progress(): LabellingProgress {
    const { states } = this.current;
    return { settled: this.settled, states };
  }

  /** Undefined for a method that keeps to the labels it was given. */
  static async of(
    { relabel }: CvMethod,
    { packings, tables, from = { settled: false } }: LabellingStart,
    runtime: Runtime,
  ): Promise<Labelling | undefined> {
    if (!relabel) return undefined;
    const states = (...[parameters, x]: Parameters<typeof relabel.states>) => relabel.states(parameters, x);
    const outputs = appliedGraph(states, packings, tables.width);
    const current = from.states ? { ...tables, states: from.states } : tables;
    return new Labelling(relabel, await runtime.compile({ outputs }), current, from.settled);
  }

  /** Whether labels are to be renewed after so many of all epochs; the second half of them leaves them alone. */
  due(epoch: number, epochs: number): boolean {
    return !this.settled && epoch % this.relabel.every === 0 && 2 * epoch <= epochs;
  }

  /** Whether `tables` have new labels; false where they have settled. */
  async renew(parameters: Feeds): Promise<boolean> {
    const { frames, stateCount } = this.current;
    const states = new Float32Array(frames * stateCount);
    let changed = 0;
    (await this.states(parameters)).forEach((state, frame) => {
      states[frame * stateCount + state] = 1;
      if (this.current.states?.[frame * stateCount + state] !== 1) changed++;
    });
    this.settled = changed < fewFrames * frames;
    if (!this.settled) this.current = { ...this.current, states };
    return !this.settled;
  }

  /** The likeliest state of each frame. */
  async states(parameters: Feeds): Promise<Int32Array> {
    const { frames, width, features, stateCount } = this.current;
    const x = { shape: [frames, width], data: features };
    const { data } = (await this.program.run({ ...parameters, [names.features]: x })).output;
    return Int32Array.from({ length: frames }, (_, frame) => {
      const row = data.subarray(frame * stateCount, (frame + 1) * stateCount);
      return row.indexOf(Math.max(...row));
    });
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
