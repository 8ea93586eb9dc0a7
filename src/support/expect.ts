import { invalidArgument } from './errors.js';

// What public functions ask of their arguments before they use them: each throws `bad-argument` and costs nothing by frame.

/** A text that is not empty: a path, a label. */
export function expectText(value: unknown, name: string): void {
  if (typeof value !== 'string' || value === '') throw invalidArgument('a text', name, kindInWords(value));
}

/** One path, or a list of some. */
export function expectPaths(value: unknown, name: string): void {
  if (typeof value === 'string') return expectText(value, name);
  expectList(value, name);
  for (const [i, path] of (value as unknown[]).entries()) expectText(path, `${name}[${i}]`);
}

/** A whole number between two others, which count. */
export function expectWhole(
  value: unknown,
  name: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  throw invalidArgument(`a whole number ${range}`, name, kindInWords(value));
}

/** A number that is neither NaN nor infinite; above zero where it is to be positive. */
export function expectNumber(value: unknown, name: string, { positive = false } = {}): void {
  if (Number.isFinite(value) && (!positive || (value as number) > 0)) return;
  throw invalidArgument(positive ? 'a positive number' : 'a finite number', name, kindInWords(value));
}

/** A list, of as many as told. */
export function expectList(value: unknown, name: string, count?: number): void {
  if (!Array.isArray(value)) throw invalidArgument('a list', name, kindInWords(value));
  expectCount(value, name, count);
}

/** Numbers in a list or in an array of a type of its own, as many as told. */
export function expectNumbers(value: unknown, name: string, count?: number): void {
  const isNumbers = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (!isNumbers) throw invalidArgument('an array of numbers', name, kindInWords(value));
  expectCount(value as ArrayLike<unknown>, name, count);
}

/** A Float64Array or Float32Array, of as many as told. */
export function expectFloats(value: unknown, name: string, count?: number): void {
  if (!(value instanceof Float64Array || value instanceof Float32Array))
    throw invalidArgument('a Float64Array or Float32Array', name, kindInWords(value));
  expectCount(value, name, count);
}

/** An object with properties: options, a question, a structure. */
export function expectObject(value: unknown, name: string, what = 'an object'): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw invalidArgument(what, name, kindInWords(value));
}

export function expectFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw invalidArgument('a function', name, kindInWords(value));
}

/** One of some words. */
export function expectChoice(value: unknown, name: string, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  throw invalidArgument(choices.join(' or '), name, kindInWords(value));
}

function expectCount({ length }: ArrayLike<unknown>, name: string, count: number | undefined): void {
  if (count !== undefined && length !== count)
    throw invalidArgument(`${count} values`, name, unquoted(`${length}`));
}

/** What came, short enough for a message. */
function kindInWords(value: unknown): unknown {
  if (Array.isArray(value)) return unquoted(`a list of ${value.length}`);
  if (ArrayBuffer.isView(value)) return unquoted(`a ${value.constructor.name}`);
  if (typeof value === 'function') return unquoted('a function');
  if (typeof value === 'object' && value !== null) return unquoted('an object');
  return value;
}

/** Words of ours, which a message does not quote. */
const unquoted = (words: string): { toString: () => string } => ({ toString: () => words });
