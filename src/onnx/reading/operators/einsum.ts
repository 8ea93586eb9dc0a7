import {
  gather,
  indexConstant,
  matmul,
  mul,
  reduceSum,
  reshape,
  transpose,
  type Dim,
  type Tensor,
} from '../../../graph/index.js';
import type { NodeReader } from '../node-reader.js';

/** A tensor whose axes have letters. */
interface Lettered {
  x: Tensor;
  letters: readonly string[];
}

/** Einstein's sum: operands joined one after another, letters summed as soon as nothing else needs them. */
export function readEinsum(node: NodeReader): Tensor {
  const operands = node.tensors();
  const { inputs, output } = parse(node, operands);
  const parts = operands.map((x, i) => diagonal(node, { x, letters: inputs[i] }));
  const [first, ...rest] = parts;
  const joined = rest.reduce((left, right, i) => {
    const later = [...output, ...rest.slice(i + 1).flatMap(({ letters }) => letters)];
    return join(
      node,
      sumOut(left, [...later, ...right.letters]),
      sumOut(right, [...later, ...left.letters]),
      later,
    );
  }, first);
  return arrange(sumOut(joined, output), output);
}

function parse(node: NodeReader, operands: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const [left, right] = node.text('equation', '').replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (terms.length !== operands.length) throw node.bad('has an equation for another number of inputs');
  const longestEllipsis = Math.max(
    ...terms.map((term, i) => (term.includes('...') ? operands[i].shape.length - (term.length - 3) : 0)),
  );
  const inputs = terms.map((term, i) =>
    spell(term, operands[i].shape.length - (term.length - 3), longestEllipsis),
  );
  inputs.forEach((letters, i) => {
    if (letters.length !== operands[i].shape.length) throw node.bad('has an equation for other shapes');
  });
  const once = [...new Set(left.replaceAll(/[.,]/g, ''))]
    .filter((letter) => left.split(letter).length === 2)
    .sort();
  const implied = `${left.includes('...') ? '...' : ''}${once.join('')}`;
  return { inputs, output: spell(right ?? implied, longestEllipsis, longestEllipsis) };
}

/** Letters of a term, the axes of an ellipsis counted from the last. */
function spell(term: string, count: number, most: number): string[] {
  const [before, behind] = term.split('...');
  if (behind === undefined) return [...term];
  const axes = Array.from({ length: Math.max(count, 0) }, (_, i) => `.${most - count + i}`);
  return [...before, ...axes, ...behind];
}

/** A letter that stands twice in one operand means the elements where both places are the same. */
function diagonal(node: NodeReader, { x, letters }: Lettered): Lettered {
  const again = letters.findIndex((letter, i) => letters.indexOf(letter) < i);
  if (again < 0) return { x, letters };
  const first = letters.indexOf(letters[again]);
  const length = x.shape[first];
  if (typeof length !== 'number' || x.shape[again] !== length)
    throw node.bad('has a diagonal of unknown length');
  const others = letters.map((_, i) => i).filter((i) => i !== first && i !== again);
  const turned = transpose(x, [...others, first, again]);
  const flat = reshape(turned, [...turned.shape.slice(0, -2), length * length]);
  const places = indexConstant(
    Array.from({ length }, (_, i) => i * (length + 1)),
    [length],
  );
  const taken = gather(flat, places, flat.shape.length - 1);
  return diagonal(node, { x: taken, letters: [...others.map((i) => letters[i]), letters[first]] });
}

function sumOut({ x, letters }: Lettered, needed: readonly string[]): Lettered {
  const axes = letters.flatMap((letter, i) => (needed.includes(letter) ? [] : [i]));
  if (axes.length === 0) return { x, letters };
  return { x: reduceSum(x, axes), letters: letters.filter((letter) => needed.includes(letter)) };
}

/** Two operands as a product of matrices, behind the axes that they share. */
function join(node: NodeReader, a: Lettered, b: Lettered, later: readonly string[]): Lettered {
  const shared = a.letters.filter((letter) => b.letters.includes(letter));
  const summed = shared.filter((letter) => !later.includes(letter));
  const kept = shared.filter((letter) => later.includes(letter));
  const onlyA = a.letters.filter((letter) => !shared.includes(letter));
  const onlyB = b.letters.filter((letter) => !shared.includes(letter));
  if (summed.length === 0) {
    const all = [...kept, ...onlyA, ...onlyB];
    return { x: mul(spread(a, all), spread(b, all)), letters: all };
  }
  // only the last of a's own axes is a row of the matrix: the others may have no known length, to be merged by
  const rows = onlyA.slice(-1);
  const lead = [...kept, ...onlyA.slice(0, -1)];
  const left = merged(node, a, lead, [rows, summed]);
  const right = merged(node, b, lead, [summed, onlyB]);
  const product = matmul(left, right);
  const lengths = [...product.shape.slice(0, lead.length), ...lengthsOf(a, rows), ...lengthsOf(b, onlyB)];
  return { x: reshape(product, lengths), letters: [...lead, ...rows, ...onlyB] };
}

const lengthsOf = ({ x, letters }: Lettered, wanted: readonly string[]): Dim[] =>
  wanted.map((letter) => x.shape[letters.indexOf(letter)]);

/** Axes for all these letters, of length 1 where there is none. */
function spread(part: Lettered, all: readonly string[]): Tensor {
  const own = all.filter((letter) => part.letters.includes(letter));
  const turned = arrange(part, own);
  return reshape(
    turned,
    all.map((letter) => (own.includes(letter) ? turned.shape[own.indexOf(letter)] : 1)),
  );
}

/** Leading axes, of length 1 where there are none, then each group as one axis. */
function merged(
  node: NodeReader,
  part: Lettered,
  lead: readonly string[],
  groups: readonly string[][],
): Tensor {
  const leading = lead.map((letter) => (part.letters.includes(letter) ? lengthsOf(part, [letter])[0] : 1));
  const own = lead.filter((letter) => part.letters.includes(letter));
  const turned = arrange(part, [...own, ...groups.flat()]);
  const lengths = groups.map((group) => {
    const dims = lengthsOf(part, group);
    if (dims.length === 1) return dims[0];
    if (!dims.every((dim) => typeof dim === 'number')) throw node.bad('merges an axis of unknown length');
    return dims.reduce((a, b) => a * b, 1);
  });
  return reshape(turned, [...leading, ...lengths]);
}

function arrange({ x, letters }: Lettered, order: readonly string[]): Tensor {
  return transpose(
    x,
    order.map((letter) => letters.indexOf(letter)),
  );
}
