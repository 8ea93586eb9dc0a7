import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText, sectionOf } from '../../../src/cli/topics/plain-text.js';

const page = `# Page

A paragraph with **words** that matter, a [link](other.md), one to
[elsewhere](https://example.org/a) and \`code\`.

## Table

<!-- options train -->
| option | default | |
|---|---|---|
| \`--a <x>\` | 3 | first\\|second |
| \`--b\` | – | last |

### Deeper

- one that is longer than
  a line
- two

## Code

    latentcv train [x](y)

\`\`\`python
x = '**'
\`\`\`
`;

test('links, emphasis and code become words, lines no longer than asked for', () => {
  assert.equal(
    plainText(page, 40),
    `Page

A paragraph with words that matter, a
link, one to elsewhere
(https://example.org/a) and code.

Table

option – default
  --a <x>: 3 – first|second
  --b: last

Deeper

- one that is longer than a line
- two

Code

    latentcv train [x](y)

    x = '**'`,
  );
});

test('a section ends at the next heading of its level', () => {
  assert.match(sectionOf(page, 'Table')!, /Deeper[^]*two\n$/);
  assert.doesNotMatch(sectionOf(page, 'Table')!, /Code/);
  assert.match(sectionOf(page, 'Code')!, /python/);
  assert.equal(sectionOf(page, 'None'), undefined);
});
