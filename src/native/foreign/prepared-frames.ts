/** What a file says of its atoms, one item per atom; empty texts and NaN where it does not say. */
export interface PreparedAtoms {
  names: readonly string[];
  types: readonly string[];
  residueNames: readonly string[];
  insertionCodes?: readonly string[];
  chains: readonly string[];
  segments?: readonly string[];
  residueIds: ArrayLike<number>;
  /** amu */
  masses: ArrayLike<number>;
  /** Pairs of atoms, from 0. */
  bonds: ArrayLike<number>;
}

/** A frame in nm and ps, or what is wrong with it. */
export interface PreparedFrame {
  /** `[atoms, 3]`; undefined where the file has none. */
  positions?: Float64Array;
  /** Box vectors as rows. */
  box?: ArrayLike<number>;
  /** Whether the system is periodic along each of them; it is where left out. */
  periodic?: readonly boolean[];
  /** NaN where the file does not tell. */
  time: number;
  step: number;
  problem?: string;
}

/** The format's name; native/trajectories/formats/binary/prepared_file.cpp reads it. */
export const preparedFormat = 'latentcv frames';

const version = 1;
const headerWords = 6;
const frameWords = 15;
const states = { good: 0n, withoutPositions: 1n, bad: 2n };
const endOfFrames = 0xffff_ffff_ffff_ffffn;

/** Texts that each end in a zero, which none of them holds. */
function textBytes(atoms: PreparedAtoms): Buffer {
  const { names, types, residueNames, insertionCodes, chains, segments } = atoms;
  const columns = [names, types, residueNames, insertionCodes, chains, segments];
  const texts = Array.from(names, (_, i) => columns.map((column) => column?.[i] ?? ''));
  return Buffer.from(
    texts
      .flat()
      .map((text) => text.replaceAll('\0', '?') + '\0')
      .join(''),
  );
}

/** The bytes before the first frame. */
export function preparedHeader(atoms: PreparedAtoms): Buffer {
  const texts = textBytes(atoms);
  const count = atoms.names.length;
  const bonds = Uint32Array.from(atoms.bonds);
  const numbers = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) numbers.set([atoms.residueIds[i], atoms.masses[i]], 2 * i);
  const bytes = 8 * headerWords + numbers.byteLength + bonds.byteLength + texts.length;
  const words = [version, bytes, count, bonds.length / 2, texts.length];
  return Buffer.concat([
    Buffer.from('LCVFRAME'),
    Buffer.from(BigUint64Array.from(words, BigInt).buffer),
    Buffer.from(numbers.buffer),
    Buffer.from(bonds.buffer),
    texts,
  ]);
}

/** Its first bit is set where there is a box, the next three along vectors that are not periodic. */
function boxFlags({ box, periodic = [] }: PreparedFrame): bigint {
  const open = periodic.reduce((flags, along, i) => (along ? flags : flags | (2 << i)), 0);
  return box ? BigInt(1 | open) : 0n;
}

/** The bytes of one frame. */
export function preparedFrame(frame: PreparedFrame): Buffer {
  const { positions, box, time, step, problem } = frame;
  const rest =
    problem === undefined
      ? Buffer.from(positions?.buffer ?? new ArrayBuffer(0), positions?.byteOffset, positions?.byteLength)
      : Buffer.from(problem);
  const head = Buffer.alloc(8 * frameWords);
  const words = new BigUint64Array(head.buffer, head.byteOffset, frameWords);
  const numbers = new Float64Array(head.buffer, head.byteOffset, frameWords);
  words[0] = BigInt(head.length - 8 + rest.length);
  words[1] = BigInt((positions?.length ?? 0) / 3);
  words[2] = problem !== undefined ? states.bad : positions ? states.good : states.withoutPositions;
  words[3] = BigInt(step);
  numbers[4] = time;
  words[5] = boxFlags(frame);
  numbers.set(box ?? [], 6);
  return Buffer.concat([head, rest]);
}

/** How many bytes a file of such frames takes behind its header. */
export const bytesOfFrames = (frames: number, atoms: number): number =>
  frames * (8 * frameWords + 24 * atoms) + 16;

/** The bytes behind the last frame, without which the file is one that is cut off. */
export function preparedEnd(frames: number): Buffer {
  return Buffer.from(BigUint64Array.of(endOfFrames, BigInt(frames)).buffer);
}
