import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineWalker } from '../../../src/frames/tables/line-visitor.js';

function walked(...blocks: [string, boolean?][]): string[] {
  const seen: string[] = [];
  const walker = new LineWalker({
    header: (words, line) => seen.push(`header ${line}: ${words.join('|')}`),
    data: (bytes, start, end, line) => seen.push(`data ${line}: ${bytes.toString('utf8', start, end)}`),
    truncated: (line) => seen.push(`cut ${line}`),
  });
  for (const [text, complete = true] of blocks) walker.walk({ bytes: Buffer.from(text), complete });
  return seen;
}

test('headers, numbers, comments and empty lines, counted over blocks', () => {
  const seen = walked(['#! FIELDS time d1\n # a comment\n\n'], [' 1 2 # so\n 3 4\n']);
  assert.deepEqual(seen, ['header 1: FIELDS|time|d1', 'data 4: 1 2 # so', 'data 5: 3 4']);
});

test('a header behind what a crash left of a line cuts that line off', () => {
  assert.deepEqual(walked([' 1 2\n 3 #! FIELDS time\n']), ['data 1: 1 2', 'cut 2', 'header 2: FIELDS|time']);
});

test('a last line without its end is cut off, a header there is none', () => {
  assert.deepEqual(walked([' 1 2\n 3', false]), ['data 1: 1 2', 'cut 2']);
  assert.deepEqual(walked([' 1 2\n#! FIEL', false]), ['data 1: 1 2']);
});
