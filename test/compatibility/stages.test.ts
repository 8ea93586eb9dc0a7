import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StageLog } from '../../src/quickstart/stage-log.js';
import { copyOf, versions } from './written-before.js';

for (const version of versions)
  test(`a quickstart that ${version.commit} began goes on, or starts over with other settings`, async () => {
    const folder = copyOf(version, 'quickstart');
    const log = new StageLog(folder, { engine: 'pesmd', replicas: 2 }, []);
    assert.equal(log.startedOver, false);
    const before = log.seconds;
    assert.ok(before > 0);
    await log.stage('system', () => Promise.resolve());
    assert.equal(log.seconds, before, 'a stage that was done takes no more time');
    assert.equal(new StageLog(folder, { engine: 'pesmd', replicas: 3 }, []).startedOver, true);
  });
