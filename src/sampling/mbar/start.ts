import { spanningTree } from './spanning-tree.js';

/** Frames of sampled states alone, sorted by state: those of state k from `starts[k]` to before `starts[k + 1]`. */
export interface SortedFrames {
  /** `[state][frame]` */
  energies: readonly Float64Array[];
  starts: Int32Array;
}

/**
 * Jeffreys' divergence of every two states `[states, states]`, ⟨u_j − u_i⟩_i + ⟨u_i − u_j⟩_j: how far they are apart, whatever their
 * free energies are (Jeffreys 1946, doi:10.1098/rspa.1946.0056). Of harmonic windows it is the squared distance of their
 * centres in their widths.
 */
export function divergences({ energies, starts }: SortedFrames): Float64Array {
  const width = energies.length;
  const means = new Float64Array(width * width);
  for (let own = 0; own < width; own++)
    energies.forEach((energy, state) => {
      let sum = 0;
      for (let frame = starts[own]; frame < starts[own + 1]; frame++) sum += energy[frame];
      means[own * width + state] = sum / (starts[own + 1] - starts[own]);
    });
  return means.map((_, at) => {
    const [a, b] = [Math.floor(at / width), at % width];
    return means[a * width + b] - means[a * width + a] + means[b * width + a] - means[b * width + b];
  });
}

/**
 * Free energies to begin with: from each state to the nearest that is not known yet by Bennett's acceptance ratio of the two
 * alone (Bennett 1976, doi:10.1016/0021-9991(76)90078-4).
 */
export function startEnergies(frames: SortedFrames): Float64Array {
  const width = frames.energies.length;
  const apart = divergences(frames);
  const f = new Float64Array(width);
  for (const [a, b] of spanningTree(width, (i, j) => apart[i * width + j]))
    f[b] = f[a] + acceptanceRatio(frames, a, b);
  return f;
}

/** f_b − f_a, where Σ_n N_b/(N_b + N_a exp(u_b − u_a − Δ)) = N_b over the frames of both: by bisection, since the sum rises with Δ. */
function acceptanceRatio({ energies, starts }: SortedFrames, a: number, b: number): number {
  const differences = [a, b].flatMap((state) =>
    Array.from(
      energies[b].subarray(starts[state], starts[state + 1]),
      (energy, i) => energy - energies[a][starts[state] + i],
    ),
  );
  const [inA, inB] = [a, b].map((state) => starts[state + 1] - starts[state]);
  const margin = Math.log(differences.length) + 1;
  let low = differences.reduce((least, each) => Math.min(least, each)) - margin;
  let high = differences.reduce((most, each) => Math.max(most, each)) + margin;
  for (let i = 0; i < 60 && high - low > 1e-9 * (1 + Math.abs(low)); i++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (const difference of differences) sum += inB / (inB + inA * Math.exp(difference - middle));
    if (sum < inB) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
