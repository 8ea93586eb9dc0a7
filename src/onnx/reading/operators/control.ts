import { concat, reshape, slice } from '../../../graph/index.js';
import type { NodeReader, ReadForms } from '../node-reader.js';
import type { Sequence, Value } from '../values.js';

const sequence = (items: readonly Value[]): Sequence => ({ op: 'sequence', items });

/** What chooses and collects while a file is read: branches whose condition is known, and sequences. */
export const controlForms: ReadForms = {
  If: readIf,
  SequenceConstruct: (node) => sequence(node.values()),
  SequenceEmpty: () => sequence([]),
  SequenceAt: (node) => node.sequence(0).items[placeIn(node, node.sequence(0).items.length, 1)],
  SequenceInsert: readInsert,
  SequenceMap: readMap,
  SplitToSequence: readSplitToSequence,
  ConcatFromSequence: readConcat,
};

/** Exporters ask for what is known of shapes: the branch that is taken is read in the node's place. */
function readIf(node: NodeReader): Value[] {
  const condition = node.constant(0);
  if (!condition) throw node.bad('chooses a branch by the values of its inputs');
  return node.run(condition.data[0] !== 0 ? 'then_branch' : 'else_branch', []);
}

function placeIn(node: NodeReader, count: number, at: number): number {
  const [given] = node.numbers(node.lengths(at));
  const place = given < 0 ? given + count : given;
  if (!(place >= 0 && place < count)) throw node.bad(`takes element ${given} of a sequence of ${count}`);
  return place;
}

function readInsert(node: NodeReader): Sequence {
  const { items } = node.sequence(0);
  const place = node.optional(2) ? placeIn(node, items.length + 1, 2) : items.length;
  return sequence(items.toSpliced(place, 0, node.value(1)));
}

/** The body for each element; inputs that are no sequences are the same for all. */
function readMap(node: NodeReader): Sequence[] {
  const inputs = node.values();
  const results = node.sequence(0).items.map((_, i) =>
    node.run(
      'body',
      inputs.map((input) => (input.op === 'sequence' ? input.items[i] : input)),
    ),
  );
  return node.proto.output.map((_, at) => sequence(results.map((outputs) => outputs[at])));
}

function readSplitToSequence(node: NodeReader): Sequence {
  const x = node.tensor(0);
  const axis = node.axis(x.shape.length, 0);
  const length = Number(x.shape[axis]);
  const parts = node.optional(1) ? node.lengths(1) : undefined;
  const size = parts ? Number(parts.dims[0]) : 1;
  const sizes = parts?.shape.length === 1 ? node.numbers(parts) : equalParts(length, size);
  const keep = parts !== undefined || node.int('keepdims', 1) !== 0;
  let start = 0;
  return sequence(
    sizes.map((count) => {
      const part = slice(x, axis, start, (start += count));
      return keep ? part : reshape(part, part.shape.toSpliced(axis, 1));
    }),
  );
}

function equalParts(length: number, size: number): number[] {
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));
}

function readConcat(node: NodeReader): Value {
  const { items } = node.sequence(0);
  const parts = items.map((item) => {
    if (item.op === 'sequence' || item.op === 'lengths' || item.op === 'whole')
      throw node.bad('joins what is no list of tensors');
    return item;
  });
  const rank = parts[0]?.shape.length ?? 0;
  if (node.int('new_axis', 0) === 0) return concat(parts, node.axis(rank, 0));
  const place = node.axis(rank + 1, 0);
  return concat(
    parts.map((part) => reshape(part, part.shape.toSpliced(place, 0, 1))),
    place,
  );
}
