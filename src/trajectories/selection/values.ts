import type { NumberProperty, NumberRange, WordPattern } from './selection.js';

const special = /[.+^${}()|\\]/g;

/** A word as it is, or a pattern where it has `*`, `?` or `[…]`: `C*`, `H?`, `C[AB]`, `[!H]*`. */
export function wordPattern(word: string): WordPattern {
  if (!/[*?]|\[[^\]]+\]/.test(word)) return { word };
  const source = word.replaceAll(
    /\[(!?)([^\]]+)\]|[*?]|[^*?[]+|\[/g,
    (part: string, not?: string, set?: string) => {
      if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll(/[\\\]^]/g, '\\$&')}]`;
      if (part === '*') return '.*';
      return part === '?' ? '.' : part.replaceAll(special, '\\$&').replaceAll('[', '\\[');
    },
  );
  return patternOf(word, source);
}

/** A set such as `[z-a]` is no pattern: the word then means itself. */
function patternOf(word: string, source: string): WordPattern {
  try {
    return { word, pattern: new RegExp(`^${source}$`, 's') };
  } catch {
    return { word };
  }
}

const wholeRange = /^([-+]?\d+)([A-Za-z]?)(?:[-:]([-+]?\d+)([A-Za-z]?))?$/;
const realRange =
  /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:[-:]([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))?$/;

/** `10`, `10-20`, `10:20`; of residues also `163A`; undefined where the text is none. */
export function numberRange(text: string, property: NumberProperty): NumberRange | undefined {
  const whole = property === 'resid' || property === 'index' || property === 'serial';
  const parts = (whole ? wholeRange : realRange).exec(text);
  if (!parts) return undefined;
  if (!whole) return numbers(parts[1], '', parts[2], '');
  const [, first, firstCode, last, lastCode] = parts;
  if (property !== 'resid' && (firstCode || lastCode)) return undefined;
  return numbers(first, firstCode, last, lastCode);
}

function numbers(
  first: string,
  firstCode: string,
  last: string | undefined,
  lastCode: string | undefined,
): NumberRange {
  return last === undefined
    ? { first: Number(first), last: Number(first), firstCode, lastCode: firstCode }
    : { first: Number(first), last: Number(last), firstCode, lastCode: lastCode ?? '' };
}
