// A reporter of Node's test runner: milliseconds by file, as JSON. Tests within tests and suites count once.
export default async function* testTimes(events) {
  const times = {};
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting !== 0 || !data.file) continue;
    times[data.file] = (times[data.file] ?? 0) + data.details.duration_ms;
  }
  yield JSON.stringify(times);
}
