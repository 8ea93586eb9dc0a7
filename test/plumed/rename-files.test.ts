import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedFiles } from '../../src/plumed/input-files.js';
import { parsePlumedInput } from '../../src/plumed/parse-input.js';
import { withNames } from '../../src/plumed/rename-files.js';

const renamed = (text: string, to: string): string =>
  withNames(
    text,
    namedFiles(parsePlumedInput(text).all).map((file) => ({ ...file, to })),
  );

test('only the word changes, blanks and comments stay', () => {
  assert.equal(
    renamed('MOLINFO  structure=a.pdb   # STRUCTURE=a.pdb\nPRINT ARG=* FILE=a.pdb\n', 'b.pdb'),
    'MOLINFO  structure=b.pdb   # STRUCTURE=a.pdb\nPRINT ARG=* FILE=a.pdb\n',
  );
});

test('names with blanks stand in braces, names with points are no patterns', () => {
  assert.equal(renamed('MOLINFO STRUCTURE={my a.pdb}\n', 'b.pdb'), 'MOLINFO STRUCTURE=b.pdb\n');
  assert.equal(renamed('MOLINFO STRUCTURE=a.pdb\n', 'my b.pdb'), 'MOLINFO STRUCTURE={my b.pdb}\n');
});

test('in a statement of several lines', () => {
  const text = 'MOLINFO ...\n  MOLTYPE=protein\n  STRUCTURE=a.pdb\n...\n';
  assert.equal(renamed(text, 'b.pdb'), text.replace('a.pdb', 'b.pdb'));
});

test('another file under the same keyword stays', () => {
  const text = 'MOLINFO STRUCTURE=a.pdb\n';
  const [file] = namedFiles(parsePlumedInput(text).all);
  assert.equal(withNames(text, [{ ...file, name: 'c.pdb', to: 'b.pdb' }]), text);
});
