import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertLines } from '../../src/plumed/insert-lines.js';

test('lines go before the line that is named, in order, and to the end', () => {
  const insertions = [
    { before: 2, lines: ['x', 'y'] },
    { before: undefined, lines: ['end'] },
    { before: 2, lines: ['z'] },
  ];
  assert.equal(insertLines('a\nb\n', insertions), 'a\nx\ny\nz\nb\nend\n');
});

test('new lines end as the first does, and a final newline is added only before lines at the end', () => {
  assert.equal(insertLines('a\r\nb', [{ before: 1, lines: ['x'] }]), 'x\r\na\r\nb');
  assert.equal(insertLines('a\r\nb', [{ before: undefined, lines: ['x'] }]), 'a\r\nb\r\nx\r\n');
  assert.equal(insertLines('', [{ before: undefined, lines: ['x'] }]), 'x\n');
});
