import type { GradientSample } from '../../src/diagnostics/model-values.js';

export const steep = (frames: number, k = 1): GradientSample => ({
  frames: Int32Array.from({ length: frames }, (_, i) => i),
  length: new Float64Array(frames * k).fill(1),
  sensitivity: new Float64Array(k),
});
