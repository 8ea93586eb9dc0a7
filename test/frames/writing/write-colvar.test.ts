import { test } from 'node:test';
import { readsBack } from './written-tables.js';

test('what is written as colvar is what Python and we read, bit for bit', () =>
  readsBack('colvar', 'rows = np.loadtxt(path).tolist()'));
