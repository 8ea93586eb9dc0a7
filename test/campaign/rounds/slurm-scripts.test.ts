import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrayText, driverText, type SlurmOptions } from '../../../src/campaign/rounds/slurm-scripts.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('slurm-scripts');
/** Tells its words, and ends as a command does that is warned, or at once. */
const program = join(folder, "somebody's program.mjs");
writeFileSync(
  program,
  `import { writeFileSync } from 'node:fs';
process.on('SIGUSR1', () => process.exit(130));
writeFileSync(process.env.SAID, JSON.stringify(process.argv.slice(2)));
if (process.env.WAITS) setTimeout(() => 0, 60000);
else process.exitCode = 4;
`,
);

const options: SlurmOptions = {
  file: '/a place/the "plan".yaml',
  folder: "/a place/it's here",
  program: [process.execPath, program],
  slurm: { time: '24:00:00', cores: 2, warning: 600, setup: ['export SET_UP=yes'], options: ['--mem=2G'] },
};
const tasks = ['round-1.pilots-a', "round-1.pilots-it's b"].map((name) => ({ name, words: ['pilot'] }));
const step = { name: 'round-1.pilots', title: 'pilots', tasks, cores: 4, nanoseconds: 1 };

function script(name: string, text: string): { path: string; env: NodeJS.ProcessEnv; said: string } {
  const [path, said] = [join(folder, name), join(folder, `${name}.json`)];
  writeFileSync(path, text);
  return { path, said, env: { ...process.env, SAID: said, SLURM_ARRAY_TASK_ID: '1' } };
}

test('each job of an array does its task, whatever stands in names, and ends with its exit code', () => {
  const text = arrayText(options, step, tasks);
  const { path, env, said } = script('array.sh', text);
  const { status, stderr } = spawnSync('bash', [path], { env, encoding: 'utf8' });
  assert.equal(status, 4, stderr);
  assert.deepEqual(JSON.parse(readFileSync(said, 'utf8')), [
    ...['campaign', options.file, '--folder', options.folder, '--task', "round-1.pilots-it's b"],
  ]);
  // the cores of what it runs, where those are more
  assert.match(text, /^#SBATCH .*--cpus-per-task=4$/m);
  assert.match(text, /^#SBATCH --time=24:00:00 --signal=B:USR1@600$/m);
  // sbatch reads no further than the first command
  assert.ok(text.indexOf('#SBATCH --mem=2G') < text.indexOf('export SET_UP=yes'));
});

for (const [what, text] of [
  ['a task', arrayText(options, step, tasks)],
  ['the job that goes on', driverText({ ...options, folder })],
] as const)
  test(`the warning of Slurm reaches the command of ${what}, and not the SIGTERM that every process of a job gets`, async () => {
    const { path, env, said } = script(`${what}.sh`, text);
    const bash = spawn('bash', [path], { env: { ...env, WAITS: 'yes' }, stdio: 'ignore' });
    const ended = new Promise((resolve) => bash.once('close', resolve));
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (spawnSync('test', ['-s', said]).status === 0) break;
      assert.equal(bash.exitCode, null);
    }
    bash.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(bash.exitCode, null);
    bash.kill('SIGUSR1');
    assert.equal(await ended, 130);
  });
