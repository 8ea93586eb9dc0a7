import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RowParser } from '../../../src/frames/tables/row-parser.js';

function parse(text: string, targets = [0]): { columns: number; row: Float64Array; parser: RowParser } {
  const parser = new RowParser(Int32Array.from(targets));
  const row = new Float64Array(Math.max(...targets) + 1);
  const bytes = Buffer.from(text);
  return { columns: parser.parse(bytes, 0, bytes.length, row, 0), row, parser };
}

// The reference is the language's own conversion, which rounds correctly by specification.
test('every spelling of a number reads as the nearest double', () => {
  const texts = [
    '0', '-0', '+1', '007', '1.', '.5', '-.5', '1.5', '0.1', '-3.141593', '123456.789012', '1e5', '1E-5', '1.25e+3',
    '9007199254740991', '9007199254740992', '9007199254740993', '90071992547409931234', '0.30000000000000004',
    '1e22', '1e23', '1e-22', '1e-23', '123e-25', '4.9e-324', '2.2250738585072011e-308', '1.7976931348623157e308',
    '0.000000000000000000000000001', '3.5844466002796428e298', '8.9255e-22', '1448997445238699e3',
  ]; // prettier-ignore
  for (const text of texts) {
    const { columns, row, parser } = parse(text);
    assert.equal(columns, 1);
    assert.ok(Object.is(row[0], Number(text)), `${text}: ${row[0]} is not ${Number(text)}`);
    assert.equal(parser.notNumber, -1);
  }
});

test('random numbers in every format read bit for bit', () => {
  let state = 12345;
  const random = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let i = 0; i < 20000; i++) {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 60 - 30);
    const digits = Math.floor(random() * 18);
    for (const text of [String(value), value.toFixed(digits), value.toExponential(digits)]) {
      assert.ok(Object.is(parse(text).row[0], Number(text)), text);
    }
  }
});

test('only the wanted columns are read, wherever they go', () => {
  const { columns, row } = parse('\t1.5  x 3.5 4.5 \r', [1, -1, 0, -1]);
  assert.equal(columns, 4);
  assert.deepEqual([...row], [3.5, 1.5]);
});

test('a comment ends the line', () => {
  assert.equal(parse('1.5 # 2 3').columns, 1);
});

test('what is no finite number is told with its column', () => {
  for (const text of ['nan', '-nan', 'NaN', 'inf', '-inf', 'Infinity', '1e999']) {
    const { parser } = parse(`1 ${text}`, [0, 1]);
    assert.equal(parser.notFinite, 1, text);
    assert.equal(parser.offending, text);
  }
  for (const text of ['abc', '1.2.3', '1e', '--1', '0x10', '1,5', '.', '-', '1_0', '1e5x', '12a']) {
    const { parser } = parse(`1 ${text}`, [0, 1]);
    assert.equal(parser.notNumber, 1, text);
    assert.equal(parser.offending, text);
  }
});
