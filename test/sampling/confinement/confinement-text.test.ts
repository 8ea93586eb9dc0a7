import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confinementText, parseConfinement, type Confinement } from '../../../src/sampling/index.js';

test('what is written is read back', () => {
  const funnel: Confinement = {
    ...{ kind: 'funnel', distance: 'distance', depth: 'funnel_ps.lp', radial: 'funnel_ps.ld', kappa: 9980 },
    ...{ from: -0.27, to: 1.53, radius: 0.2, neck: 0.46, angle: 0.5235987756, clear: 0.73 },
  };
  assert.deepEqual(parseConfinement(confinementText(funnel)), funnel);
  const sphere: Confinement = { kind: 'sphere', distance: 'd', radius: 1.5, kappa: 1000 };
  assert.deepEqual(parseConfinement('sphere distance=d radius=1.5 kappa=1000'), sphere);
});

test('what cannot be meant is told', () => {
  for (const [text, problem] of [
    ['sphere distance=d radius=1.5', /^kappa: /],
    ['cube distance=d', /^kind: /],
    ['sphere distance=d radius=x kappa=1', /^radius: /],
    ['sphere distance=d radius=1 kappa=1 neck=2', /a sphere has no neck/],
    ['sphere distance=d radius=1 radius=2 kappa=1', /radius is given twice/],
    ['sphere d', /no key=value/],
    ['cylinder distance=d depth=z radial=r from=2 to=1 radius=1 kappa=1', /lies before/],
  ] as const) {
    const read = parseConfinement(text);
    assert.ok('problem' in read && problem.test(read.problem), `${text}: ${JSON.stringify(read)}`);
  }
});
