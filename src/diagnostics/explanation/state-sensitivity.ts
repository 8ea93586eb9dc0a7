import type { Dataset } from '../../frames/index.js';
import type { ModelGraph } from '../../onnx/index.js';
import { createOnnxRuntime } from '../../runtimes/index.js';
import { inputScales } from '../input-scales.js';

/** How a CV goes with its inputs on some frames. */
export interface StateSensitivity {
  /** Mean of Σᵢ |∂cv/∂xᵢ| σᵢ, as a part of what it is on all frames: below 1 the CV is flatter there. */
  strength: number;
  /** Of each input its part of that sum. */
  share: number[];
}

/** Frames of a state that are looked at, evenly spaced. */
const mostFrames = 2000;
const chunk = 512;

/**
 * Mean |∂cv/∂xᵢ| σᵢ over the frames of each state, σ the inputs' deviations on all frames, `[groups][k]`: the analysis of
 * partial derivatives of Novelli et al. (2022, doi:10.1021/acs.jctc.2c00393) and of mlcolvar/explain/sensitivity.py, whose numbers are
 * `strength · share`. Up to 2000 frames of each group are looked at.
 * @param state of each frame, its place or −1
 * @param wanted places of the states; the first group is all frames, then these
 */
export async function stateSensitivity(
  graph: ModelGraph,
  inputs: Dataset,
  state: Int32Array,
  wanted: readonly number[],
): Promise<StateSensitivity[][]> {
  const runtime = createOnnxRuntime({ precision: 'double' });
  const program = await runtime.compile({ inputs: [graph.x], outputs: { jacobian: graph.jacobian } });
  const scales = inputScales(inputs);
  const k = Number(graph.cv.shape[1]);
  try {
    const all = [...state.keys()];
    const groups = [all, ...wanted.map((own) => all.filter((frame) => state[frame] === own))];
    const means: Float64Array[] = [];
    for (const group of groups) {
      const frames = evenly(group);
      const sums = new Float64Array(k * scales.length);
      for (let start = 0; start < frames.length; start += chunk) {
        const some = frames.slice(start, start + chunk);
        const { jacobian } = await program.run({
          [graph.x.name!]: { shape: [some.length, scales.length], data: rowsOf(inputs, some) },
        });
        for (let at = 0; at < jacobian.data.length; at++)
          sums[at % sums.length] +=
            (Math.abs(jacobian.data[at]) * scales[at % scales.length]) / frames.length;
      }
      means.push(sums);
    }
    return means.map((sums) =>
      Array.from({ length: k }, (_, cv) => sensitivityOf(cv, sums, means[0], scales.length)),
    );
  } finally {
    await program.release();
  }
}

function sensitivityOf(cv: number, sums: Float64Array, all: Float64Array, d: number): StateSensitivity {
  const own = [...sums.subarray(cv * d, (cv + 1) * d)];
  const total = own.reduce((sum, value) => sum + value, 0);
  const usual = all.subarray(cv * d, (cv + 1) * d).reduce((sum, value) => sum + value, 0);
  return {
    strength: usual > 0 ? total / usual : 0,
    share: own.map((value) => (total > 0 ? value / total : 0)),
  };
}

function evenly(frames: readonly number[]): number[] {
  const count = Math.min(mostFrames, frames.length);
  return Array.from({ length: count }, (_, i) => frames[Math.floor((i * frames.length) / count)]);
}

function rowsOf({ data, columns: { length: d } }: Dataset, frames: readonly number[]): Float64Array {
  const rows = new Float64Array(frames.length * d);
  frames.forEach((frame, i) => rows.set(data.subarray(frame * d, (frame + 1) * d), i * d));
  return rows;
}
