import type { Engine, Program } from '../engines/index.js';
import type { Feeds } from '../graph/index.js';
import type { CvMethod, Relabelling } from '../models/index.js';
import type { Tables } from './batch.js';
import type { Packing } from './state.js';
import { appliedGraph, names } from './step.js';

/** Part of the frames below which a change of labels counts as none. */
const fewFrames = 0.01;

/** The labels of a method that renews them as it trains, until hardly any frame changes its state. */
export class Labelling {
  private settled = false;

  private constructor(
    private readonly relabel: Relabelling,
    private readonly program: Program,
    private tables: Tables,
  ) {}

  /** Undefined for a method that keeps to the labels it was given. */
  static async of(
    method: CvMethod,
    packings: Packing[],
    tables: Tables,
    engine: Engine,
  ): Promise<Labelling | undefined> {
    const { relabel } = method;
    if (!relabel) return undefined;
    const states = (...[parameters, x]: Parameters<typeof relabel.states>) => relabel.states(parameters, x);
    const outputs = appliedGraph(states, packings, tables.width);
    return new Labelling(relabel, await engine.compile({ outputs }), tables);
  }

  /** Whether labels are to be renewed after so many of all epochs; the second half of them leaves them alone. */
  due(epoch: number, epochs: number): boolean {
    return !this.settled && epoch % this.relabel.every === 0 && 2 * epoch <= epochs;
  }

  /** The tables with new labels, or undefined where they have settled. */
  async renew(parameters: Feeds): Promise<Tables | undefined> {
    const { frames, stateCount } = this.tables;
    const states = new Float32Array(frames * stateCount);
    let changed = 0;
    (await this.states(parameters)).forEach((state, frame) => {
      states[frame * stateCount + state] = 1;
      if (this.tables.states?.[frame * stateCount + state] !== 1) changed++;
    });
    this.settled = changed < fewFrames * frames;
    if (this.settled) return undefined;
    this.tables = { ...this.tables, states };
    return this.tables;
  }

  /** The likeliest state of each frame. */
  async states(parameters: Feeds): Promise<Int32Array> {
    const { frames, width, features, stateCount } = this.tables;
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
