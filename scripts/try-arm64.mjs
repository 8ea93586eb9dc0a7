// npm run try:arm64: the addon for arm64 in a Node for arm64, both by qemu, beside this machine's own: models in double and
// in float, and trajectories of five formats, number by number. usage: node scripts/try-arm64.mjs
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, parts } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('arm64');
const ask = (node) =>
  JSON.parse(execFileSync(node, [join(parts, 'try-addon.mjs')], { encoding: 'utf8', maxBuffer: 1 << 26 }));
const [here, there] = [process.execPath, join(cache, 'arm64', 'node')].map(ask);

/** The largest difference, relative to the larger of 1 and the number. */
function difference(name) {
  const [a, b] = [here.numbers[name], there.numbers[name]];
  if (a.length === 0 || a.length !== b.length) return Infinity;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]) / Math.max(1, Math.abs(value))));
}

let good = there.arch === 'arm64' && here.code === 'bad-model' && there.code === here.code;
for (const name of Object.keys(here.numbers)) {
  const most = name.endsWith('float') ? 2e-6 : 1e-12;
  const its = difference(name);
  good &&= its <= most;
  console.log(`${name}: ${here.numbers[name].length} numbers, largest difference ${its.toExponential(1)}`);
}
console.log(`${there.addon}: ${good ? 'good' : 'NOT AS HERE'}, ${there.seconds.toFixed(1)} s`);
process.exitCode = good ? 0 : 1;
