/** A column of numbers: in single precision where a run is so long that double would not fit. */
export type Numbers = Float64Array | Float32Array;

/** An empty column of the same kind. */
export function like(values: Numbers): Numbers {
  return values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
}
