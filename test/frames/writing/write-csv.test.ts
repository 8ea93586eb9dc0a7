import { test } from 'node:test';
import { readsBack } from './written-tables.js';

test('what is written as csv is what Python and we read, bit for bit', () =>
  readsBack('csv', 'import csv; rows = [[float(v) for v in r] for r in list(csv.reader(open(path)))[1:]]'));

test('what is written as tsv is what Python and we read, bit for bit', () =>
  readsBack('tsv', 'rows = np.loadtxt(path, delimiter="\\t", skiprows=1).tolist()'));
