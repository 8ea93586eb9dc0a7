import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible, visibleLine } from '../../src/cli/visible.js';

test('what could move a cursor or turn text around is written out, letters of any language are not', () => {
  assert.equal(visible('a\u001b[2Jb\u202ec\u0007'), 'a\\u001b[2Jb\\u202ec\\u0007');
  assert.equal(visible('Müller–Brown Å 水\n\tx'), 'Müller–Brown Å 水\n\tx');
  assert.equal(visibleLine('a\n\tb\r'), 'a\\n\\tb\\u000d');
});
