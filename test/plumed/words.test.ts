import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  argumentList,
  isArgument,
  quoteWord,
  withoutComment,
  wordForPath,
  WordSplitter,
} from '../../src/plumed/words.js';

test('blanks separate words, the outermost braces vanish and keep blanks together', () => {
  const split = (line: string): string[] => new WordSplitter().split(line);
  assert.deepEqual(split(' a: GROUP  ATOMS={1, 2}\tX '), ['a:', 'GROUP', 'ATOMS=1, 2', 'X']);
  assert.deepEqual(split('SWITCH={RATIONAL {R_0=1}}'), ['SWITCH=RATIONAL {R_0=1}']);
  assert.throws(() => split('a } b'), /closing brace/);
});

test('braces stay open from line to line', () => {
  const splitter = new WordSplitter();
  splitter.split('A X={1');
  assert.equal(splitter.level, 1);
  splitter.split('2}');
  assert.equal(splitter.level, 0);
});

test('a comment begins anywhere, and takes the blanks before it', () => {
  assert.equal(withoutComment('A B={x \t# y}'), 'A B={x');
  assert.equal(withoutComment('A  '), 'A');
});

test('what is quoted reads back, what cannot be is refused', () => {
  for (const path of ['a/b.onnx', 'my models/a.onnx'])
    assert.deepEqual(new WordSplitter().split(`FILE=${wordForPath(path, 'FILE')}`), [`FILE=${path}`]);
  for (const path of ['a#b', 'a{b', 'a\nb']) {
    assert.equal(quoteWord(path), undefined);
    assert.throws(() => wordForPath(path, 'model'), { code: 'bad-argument', message: /model/ });
  }
});

test('names that PLUMED reads as one argument', () => {
  assert.deepEqual(['cv.node-0', 'a b', 'd*', 'x,y', ''].map(isArgument), [true, false, false, false, false]);
  assert.equal(argumentList(['a', 'b.x']), 'a,b.x');
  assert.throws(() => argumentList(['a', 'b c']), { code: 'plumed-input', message: /"b c"/ });
});
