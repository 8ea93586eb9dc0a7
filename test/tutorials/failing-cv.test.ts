import { test } from 'node:test';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { typeTutorial } from './typed.js';

test('a CV that fails: what tells it, and one that crosses', (t) =>
  typeTutorial(t, 'failing-cv', temporaryFolder('tutorials')));
