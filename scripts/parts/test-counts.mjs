// A reporter of Node's test runner: by file, milliseconds and how many tests passed, failed and were skipped, and which were
// skipped for what reason, as JSON. Tests within tests and suites count once in the time; suites are no tests, but one that
// is skipped takes all of its tests along.
export default async function* testCounts(events) {
  const files = {};
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || !data.file) continue;
    const file = (files[data.file] ??= { milliseconds: 0, passed: 0, failed: 0, skipped: 0, skips: [] });
    if (data.nesting === 0) file.milliseconds += data.details.duration_ms;
    if (data.skip !== undefined)
      file.skips.push({ name: data.name, reason: typeof data.skip === 'string' ? data.skip : '' });
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) file.skipped++;
    else file[type === 'test:pass' ? 'passed' : 'failed']++;
  }
  yield JSON.stringify(files);
}
