/**
 * Numbers, 0 at first, in memory that threads share: frames in it are not copied into the thread that learns from them.
 * Room that is never written costs nothing.
 */
export function sharedNumbers(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}
