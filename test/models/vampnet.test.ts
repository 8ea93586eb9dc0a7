import { test } from 'node:test';
import { findsTwoProcesses } from './eigenfunctions.js';

test('vampnet: two processes of the double well at a lag as short as the second', () =>
  findsTwoProcesses('vampnet'));
