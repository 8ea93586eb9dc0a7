import type { Samples, Split } from './learnable.js';

/** Training and validation samples together, with their weights. */
export function allSamples({ train, validation }: Split): Samples {
  return {
    now: joined(Int32Array, train.now, validation.now),
    later: train.later && validation.later ? joined(Int32Array, train.later, validation.later) : undefined,
    weight:
      train.weight && validation.weight ? joined(Float32Array, train.weight, validation.weight) : undefined,
  };
}

function joined<A extends Int32Array | Float32Array>(make: new (length: number) => A, a: A, b: A): A {
  const both = new make(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
