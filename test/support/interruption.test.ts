import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectNoStop } from '../../src/support/interruption.js';

test('nothing is stopped before it is asked for', () => {
  const control = new AbortController();
  expectNoStop(undefined, 'the reading');
  expectNoStop(control.signal, 'the reading');
  control.abort();
  assert.throws(() => expectNoStop(control.signal, 'the reading'), {
    code: 'interrupted',
    message: 'the reading was stopped on request',
  });
});
