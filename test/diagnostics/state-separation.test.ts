import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateSeparation } from '../../src/diagnostics/state-separation.js';

describe('states that are known', () => {
  it('are told apart as far as a threshold can', () => {
    const cv = Float64Array.of(0, 1, 2, 3, 4, 5, 9);
    // A threshold at 2.5 has three of three and two of three right.
    assert.deepEqual(stateSeparation(cv, [0, 0, 0, 1, 1, 0, -1])!.balancedAccuracy, (3 / 4 + 1) / 2);
    assert.equal(stateSeparation(Float64Array.of(0, 0, 2, 2), [0, 0, 1, 1])!.betweenStates, 1);
    assert.equal(stateSeparation(Float64Array.of(0, 2, 0, 2), [0, 0, 1, 1])!.betweenStates, 0);
    assert.equal(
      stateSeparation(
        cv,
        cv.map(() => 0),
      ),
      undefined,
    );
  });
});
