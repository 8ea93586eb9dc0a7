import { test } from 'node:test';
import { readsBack } from './written-tables.js';

test('what is written as npy is what Python and we read, bit for bit', () =>
  readsBack('npy', 'rows = np.load(path).tolist()'));
