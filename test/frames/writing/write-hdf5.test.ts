import { test } from 'node:test';
import { readsBack } from './written-tables.js';

test('what is written as h5 is what Python and we read, bit for bit', () =>
  readsBack(
    'h5',
    'f = h5py.File(path); assert f["columns"].asstr()[:].tolist() == ["phi", "d1"]; rows = np.column_stack([f["time"], f["data"]]).tolist()',
  ));
