import assert from 'node:assert/strict';

const number = /-?\d[\d,]*(?:\.\d+)?/g;
const wordsOf = (line: string): string => line.replaceAll(number, '#').replaceAll(/\s+/g, ' ').trim();
const measured = (line: string): [number, number][] =>
  [...line.matchAll(/(-?\d+\.\d+) ± (\d+\.\d+)/g)].map(([, value, error]) => [Number(value), Number(error)]);

/** Lines of an output as those of a page: by their beginnings as a page has them, what a shorter run says instead. */
export type Otherwise = Record<string, RegExp>;

/**
 * Holds an output to what a page shows of it, line by line in the page's order: words as they are, measured numbers (`1.2 ± 0.3`) within
 * four of both errors, other numbers whatever they are. A line that begins as one of `otherwise` is held to its pattern alone.
 */
export function expectPrinted(output: string, lines: readonly string[], otherwise: Otherwise = {}): void {
  const there = output.split('\n');
  let from = 0;
  for (const line of lines.filter((each) => each.trim() !== '…')) {
    const pattern = Object.entries(otherwise).find(([begins]) => line.trim().startsWith(begins))?.[1];
    if (pattern) {
      assert.match(output, pattern, `in place of the line\n${line}`);
      continue;
    }
    const at = there.findIndex((text, i) => i >= from && wordsOf(text).startsWith(wordsOf(line)));
    assert.ok(at >= 0, `expected the line\n${line}\nin\n${output}`);
    expectNear(line, there[at]);
    from = at + 1;
  }
}

function expectNear(line: string, text: string): void {
  const found = measured(text);
  measured(line).forEach(([value, error], i) => {
    const off = Math.abs(value - found[i][0]) / Math.hypot(error, found[i][1]);
    assert.ok(off < 4, `expected ${line} but received ${text}`);
  });
}
