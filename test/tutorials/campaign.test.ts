import { test } from 'node:test';
import '../optimised-plumed.js';
import { temporaryFolder } from '../temporary-folder.js';
import { typeTutorial } from './typed.js';

test('a campaign: its file checked, its rounds, where it stands, its page', (t) =>
  typeTutorial(t, 'campaign', temporaryFolder('tutorials')));
