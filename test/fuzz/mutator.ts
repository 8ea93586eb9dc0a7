const mostBytes = 1 << 14;

/** mulberry32: numbers from 0 to n (exclusive), the same for a seed. */
export function randomBelow(seed: number): (n: number) => number {
  let state = seed | 0;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const hardWords = [
  '',
  '-1',
  '0',
  '99999999999999999999',
  '1e400',
  'nan',
  '-0',
  '(',
  ')',
  '"',
  "'",
  '\n',
  '\0',
  'é',
];

/** Makes new texts of old ones, by words and by characters. */
export class TextMutator {
  private readonly words: string[];

  constructor(
    private readonly corpus: readonly string[],
    private readonly below: (n: number) => number,
  ) {
    this.words = [...new Set([...hardWords, ...corpus.flatMap((text) => text.split(/(\s+|[=;()[\]])/))])];
  }

  next(): string {
    let text = this.any(this.corpus);
    for (let round = this.below(3); round >= 0; round--)
      text = this.below(3) === 0 ? this.changeCharacters(text) : this.changeWords(text);
    return text.slice(0, mostBytes);
  }

  private any<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  private changeWords(text: string): string {
    const parts = text.split(/(\s+|[=;()[\]])/);
    const at = this.below(parts.length);
    const count = 1 + this.below(6);
    switch (this.below(5)) {
      case 0:
        parts[at] = this.any(this.words);
        break;
      case 1:
        parts.splice(at, count);
        break;
      case 2:
        parts.splice(this.below(parts.length), 0, ...parts.slice(at, at + count));
        break;
      case 3:
        parts.splice(at, 0, this.any(this.words), ' ');
        break;
      default:
        parts.splice(at, Infinity, ...this.any(this.corpus).split(/(\s+)/).slice(this.below(20)));
    }
    return parts.join('');
  }

  private changeCharacters(text: string): string {
    const at = this.below(text.length + 1);
    const count = 1 + this.below(20);
    switch (this.below(4)) {
      case 0:
        return text.slice(0, at) + String.fromCharCode(this.below(256)) + text.slice(at + 1);
      case 1:
        return text.slice(0, at) + text.slice(at + count);
      case 2:
        return text.slice(0, at) + text.slice(0, at).slice(-count) + text.slice(at);
      default:
        return text.slice(0, at);
    }
  }
}
