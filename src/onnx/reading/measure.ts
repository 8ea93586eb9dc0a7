import { LatentcvError } from '../../support/index.js';

/**
 * A walk over the bytes of an ONNX file before anything is made of them: decoded, a message of two bytes takes a
 * hundred times its size, and nested ones the call stack.
 */

/** What a file may hold of names, numbers outside raw bytes, and messages: enough for some hundred thousand nodes. */
const mostItems = 2 ** 22;
/** What a message counts for: decoded, it has lists and fields of its own. */
const ofMessage = 4;
/** Graphs in attributes of nodes of graphs, and so on. */
const deepest = 32;

/** Kinds of messages; `leaf` is one that networks hardly use, counted by its length. */
type Kind = keyof typeof messages;

/** The fields of onnx.proto that hold messages. */
const messages = {
  model: { 7: 'graph', 8: 'entry', 14: 'entry', 20: 'leaf', 25: 'leaf', 26: 'leaf' },
  graph: {
    ...{ 1: 'node', 5: 'tensor', 11: 'valueInfo', 12: 'valueInfo', 13: 'valueInfo' },
    ...{ 14: 'leaf', 15: 'leaf', 16: 'entry' },
  },
  node: { 5: 'attribute', 9: 'entry', 10: 'leaf' },
  attribute: {
    5: 'tensor',
    6: 'graph',
    10: 'tensor',
    11: 'graph',
    14: 'type',
    15: 'type',
    22: 'leaf',
    23: 'leaf',
  },
  tensor: { 3: 'leaf', 13: 'entry', 16: 'entry' },
  valueInfo: { 2: 'type', 4: 'entry' },
  type: { 1: 'tensorType', 4: 'leaf', 5: 'leaf', 8: 'leaf', 9: 'leaf' },
  tensorType: { 2: 'shape' },
  shape: { 1: 'entry' },
  entry: {},
  leaf: {},
} as const;

/** Packed lists of varints, of which each byte may become a number. */
const lists: Readonly<Partial<Record<Kind, readonly number[]>>> = { attribute: [8], tensor: [1, 5, 7, 11] };

/**
 * Checks that a file holds one graph and no more than can be read at a cost of its size.
 * @throws LatentcvError `file-format` where the bytes end early or are no such message, `bad-model` where they hold too much.
 */
export function measureOnnx(bytes: Uint8Array): void {
  new Walk(bytes).message('model', 0, bytes.length, 0);
}

class Walk {
  private items = 0;
  private graphs = 0;

  constructor(private readonly bytes: Uint8Array) {}

  message(kind: Kind, start: number, end: number, depth: number): void {
    if (depth > deepest)
      throw new LatentcvError(
        'bad-model',
        `expected graphs nested at most ${deepest} deep but the file nests more`,
      );
    this.count(ofMessage);
    let at = start;
    while (at < end) {
      const tag = this.varint(at, end);
      const [field, wire] = [Math.floor(tag.value / 8), tag.value % 8];
      at = tag.next;
      if (wire === 2) at = this.lengthDelimited(kind, field, at, end, depth);
      else if (wire === 0) at = this.varint(at, end).next;
      else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
      else throw notOnnx(`a field of the type ${wire}`);
      if (field === 0) throw notOnnx('a field of the number 0');
      if (wire !== 2) this.count(1);
    }
    if (at > end) throw notOnnx('it ends early');
  }

  private lengthDelimited(kind: Kind, field: number, at: number, end: number, depth: number): number {
    const { value: length, next } = this.varint(at, end);
    const stop = next + length;
    if (stop > end) throw notOnnx('it ends early');
    const inner = (messages[kind] as Readonly<Record<number, Kind | undefined>>)[field];
    if (kind === 'model' && inner === 'graph' && this.graphs++ > 0)
      throw new LatentcvError('bad-model', 'expected one graph but the file holds several');
    if (inner === 'leaf') this.count(1 + length / 2);
    else if (inner) this.message(inner, next, stop, inner === 'graph' ? depth + 1 : depth);
    else this.count(lists[kind]?.includes(field) ? length : 1);
    return stop;
  }

  private varint(at: number, end: number): { value: number; next: number } {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      if (at + i >= end) throw notOnnx('it ends early');
      const byte = this.bytes[at + i];
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return { value, next: at + i + 1 };
    }
    throw notOnnx('a number of more than ten bytes');
  }

  private count(items: number): void {
    this.items += items;
    if (this.items > mostItems)
      throw new LatentcvError(
        'bad-model',
        `expected a network of at most ${mostItems} parts but the file holds more`,
        'large weights are read where they stand in raw bytes, as exporters write them',
      );
  }
}

export function notOnnx(why: string): LatentcvError {
  const hint = 'check that the file is an ONNX model and was copied whole';
  return new LatentcvError('file-format', `expected an ONNX model but the bytes are not one: ${why}`, hint);
}
