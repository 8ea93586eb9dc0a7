import { closestName, LatentcvError, shortList } from '../support/index.js';

/** What is wanted of one property: a bound, a value, or as little or as much as there is. */
export type Want = ValueWant | EndWant;
export interface ValueWant {
  property: string;
  kind: 'below' | 'above' | 'near';
  value: number;
}
export interface EndWant {
  property: string;
  kind: 'min' | 'max';
}

const hasValue = (want: Want): want is ValueWant => 'value' in want;

const bounds = { '<': 'below', '>': 'above', '~': 'near' } as const;

/**
 * Wants in words: `'ehull < 20, gap ~ 1.5'`, `'min ehull, max gap'`; commas or semicolons between them. A property whose name has
 * blanks or commas stands in quotes.
 * @param properties those that the model predicts
 * @throws LatentcvError `bad-argument` naming the words that are none
 */
export function parseWants(text: string, properties: readonly string[]): Want[] {
  const parts = partsOf(text);
  if (parts.length === 0) throw refused(text);
  return parts.map((part) => parseWant(part, properties));
}

/** Parts between commas and semicolons that stand in no quotes. */
function partsOf(text: string): string[] {
  const parts = text.match(/("[^"]*"|'[^']*'|[^,;"'])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function parseWant(part: string, properties: readonly string[]): Want {
  const end = /^(min|max)(?:imise|imize|imum)?\s+(.+)$/i.exec(part);
  if (end) return { property: known(end[2], properties), kind: end[1].toLowerCase() as 'min' | 'max' };
  const bound = /^(.+?)\s*([<>~])=?\s*([-+\d.eE]+)$/.exec(part);
  const value = Number(bound?.[3]);
  if (!bound || !Number.isFinite(value)) throw refused(part);
  return { property: known(bound[1], properties), kind: bounds[bound[2] as '<' | '>' | '~'], value };
}

function known(word: string, properties: readonly string[]): string {
  const name = word.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (properties.includes(name)) return name;
  const closest = closestName(name, properties);
  throw new LatentcvError(
    'bad-argument',
    `expected a property of the model (${shortList(properties)}) but received ${name}`,
    closest === undefined ? undefined : `did you mean ${closest}?`,
  );
}

const refused = (text: string): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    `expected what is wanted, such as 'a < 20', 'a ~ 1.5', 'min a' or several with commas between, but received ${JSON.stringify(text)}`,
  );

/** The words of a want, as `parseWants` takes them. */
export function wantInWords(want: Want): string {
  if (!hasValue(want)) return `${want.kind} ${want.property}`;
  const sign = { below: '<', above: '>', near: '~' }[want.kind];
  return `${want.property} ${sign} ${want.value}`;
}

/**
 * How far a value of the property is from what is wanted, in units of its deviation `scale`, and the slope by the value: squared
 * beyond a bound and about a value; in a line where as little or as much as there is wanted.
 */
export function shortfall(want: Want, value: number, scale: number): { loss: number; slope: number } {
  if (!hasValue(want)) {
    const sign = want.kind === 'min' ? 1 : -1;
    return { loss: (sign * value) / scale, slope: sign / scale };
  }
  const off = (value - want.value) / scale;
  const meets = (want.kind === 'below' && off <= 0) || (want.kind === 'above' && off >= 0);
  return meets ? { loss: 0, slope: 0 } : { loss: off ** 2, slope: (2 * off) / scale };
}

/** Whether a value is what is wanted; within a tenth of the property's deviation, where a value is. */
export function meets(want: Want, value: number, scale: number): boolean {
  if (!hasValue(want)) return true;
  if (want.kind === 'below') return value < want.value;
  if (want.kind === 'above') return value > want.value;
  return Math.abs(value - want.value) <= 0.1 * scale;
}
