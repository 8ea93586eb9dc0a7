import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressIn } from '../../../src/programs/plugin/cmake.js';

test('how far a compilation is stands in what make and ninja print', () => {
  const make =
    '[ 12%] Building CXX object CMakeFiles/latentcv_core.dir/native/core/descriptors/angle.cpp.o\n' +
    '[ 25%] Building CXX object CMakeFiles/latentcv_core.dir/native/core/model/model.cpp.o\n';
  assert.deepEqual(progressIn(make), { done: 0.25, file: 'model.cpp' });
  const ninja = '[3/40] Building CXX object plumed-plugin/CMakeFiles/LatentcvPlumed.dir/onnx_model.cpp.o\n';
  assert.deepEqual(progressIn(ninja), { done: 0.075, file: 'onnx_model.cpp' });
  const joined = '[ 50%] Building CXX object CMakeFiles/latentcv_core.dir/Unity/unity_1_cxx.cxx.o\n';
  assert.deepEqual(progressIn(joined), { done: 0.5, file: 'part 2' });
  assert.equal(progressIn('[100%] Linking CXX static library liblatentcv_core.a\n'), undefined);
});
