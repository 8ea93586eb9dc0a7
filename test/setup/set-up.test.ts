import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { NotAvailable } from '../../src/setup/failures.js';
import { type SetUpOptions, setUp, type Step } from '../../src/setup/index.js';
import { hashOf } from '../../src/setup/stamps.js';
import { LatentcvError } from '../../src/support/index.js';
import { hasEnded } from '../has-ended.js';
import { temporaryFolder } from '../temporary-folder.js';

let cache: string;
beforeEach(() => {
  cache = temporaryFolder('setup');
  process.env.LATENTCV_CACHE = cache;
});

/** A step that writes a file, and what was written in which order. */
function writing(order: string[], name: string, more: Partial<Step> = {}): [string, Step] {
  const result = join(cache, name);
  const make = (): void => {
    order.push(name);
    writeFileSync(result, name);
  };
  return [name, { name: `the ${name}`, result, sources: ['package.json'], make, ...more }];
}

async function made(steps: [string, Step][], options: Partial<SetUpOptions> = {}): Promise<string[]> {
  return (await setUp(new Map(steps), { say: () => undefined, ...options })).made;
}

const failing = (error: Error) => () => {
  throw error;
};

test('a step is made once, behind those that it waits for, and again where its sources or its result are others', async () => {
  const order: string[] = [];
  const slow = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('a');
    writeFileSync(join(cache, 'a'), '');
  };
  const steps = (b: Partial<Step> = {}): [string, Step][] => [
    writing(order, 'a', { make: slow }),
    writing(order, 'b', { after: ['a'], ...b }),
  ];
  assert.deepEqual(await made(steps()), ['the a', 'the b']);
  assert.deepEqual(order, ['a', 'b']);
  assert.deepEqual(await made(steps()), []);
  assert.deepEqual(await made(steps({ also: () => ['another cache'] })), ['the b']);
  rmSync(join(cache, 'a'));
  assert.deepEqual(await made(steps({ also: () => ['another cache'] })), ['the a']);
});

test('sources are told apart by content and name, and what is not there counts as nothing', () => {
  assert.equal(hashOf(['package.json']), hashOf(['package.json', 'nowhere']));
  assert.notEqual(hashOf(['package.json']), hashOf(['package.json'], 'more'));
});

test('what the machine has is used, and told', async () => {
  const order: string[] = [];
  const said: string[] = [];
  const step = writing(order, 'a', { onMachine: () => Promise.resolve('A 2.0 at /opt') });
  assert.deepEqual(await made([step], { say: (line) => said.push(line) }), []);
  assert.deepEqual([order, said], [[], ['the a: A 2.0 at /opt']]);
});

test('a command that is missing is told with what to install, before the first step begins', async () => {
  const order: string[] = [];
  const before = process.env.PATH;
  process.env.PATH = cache;
  try {
    const steps = [writing(order, 'a'), writing(order, 'b', { needs: ['cmake'], purpose: 'the C++ build' })];
    await assert.rejects(made(steps), {
      code: 'missing-tool',
      message: 'expected cmake, which the C++ build needs, but there is none',
      hint: /apt-get install cmake/,
    });
  } finally {
    process.env.PATH = before;
  }
  assert.deepEqual(order, []);
});

test('a step that fails stops the others, or only those behind it', async () => {
  const error = new LatentcvError('tool-failed', 'exit code 1', 'again');
  const steps = (order: string[]): [string, Step][] => [
    writing(order, 'a', { make: failing(error) }),
    writing(order, 'b', { after: ['a'] }),
    writing(order, 'c'),
    writing(order, 'd', { after: ['c'] }),
  ];
  const going: string[] = [];
  const expected = { code: 'tool-failed', message: 'the a: exit code 1', hint: 'again' };
  await assert.rejects(made(steps(going), { keepGoing: true }), expected);
  assert.deepEqual(going, ['c', 'd']);
  assert.ok(!existsSync(join(cache, 'stamps', 'a')));
  rmSync(cache, { recursive: true });
  mkdirSync(cache);
  const stopped: string[] = [];
  await assert.rejects(made(steps(stopped)), expected);
  assert.ok(!stopped.includes('d'), stopped.join());
});

test('an optional step that a machine cannot have is told, and what waits for it is made', async () => {
  const order: string[] = [];
  const make = failing(new NotAvailable('this machine has no apt'));
  const steps = [
    writing(order, 'a', { make, optional: 'b is made another way' }),
    writing(order, 'b', { after: ['a'] }),
  ];
  const { missing } = await setUp(new Map(steps), { say: () => undefined });
  assert.deepEqual([missing, order], [['the a'], ['b']]);
  await assert.rejects(made([writing(order, 'a', { make })]), { code: 'missing-tool', message: /no apt/ });
});

test('two at once: one makes it, the other waits and finds it', async () => {
  const order: string[] = [];
  const said: string[] = [];
  const slow = async (): Promise<void> => {
    order.push('a');
    await new Promise((resolve) => setTimeout(resolve, 400));
    writeFileSync(join(cache, 'a'), '');
  };
  const step = writing(order, 'a', { make: slow });
  const both = await Promise.all([1, 2].map(() => made([step], { say: (line) => said.push(line) })));
  assert.deepEqual(both.flat(), ['the a']);
  assert.deepEqual(order, ['a']);
  assert.match(said.join('\n'), /^the a is being set up by process \d+ .*: waiting for it$/m);
});

test('what a script printed before it failed becomes a sentence, with what to do', async () => {
  const saying = (words: string, code = 1): [string, Step][] => [
    [
      'a',
      {
        name: 'A',
        result: join(cache, 'a'),
        make: (run) => run('bash', ['-c', `echo "${words}" >&2; exit ${code}`]),
      },
    ],
  ];
  const cases: [string, number, RegExp, RegExp | undefined][] = [
    ['tar: a: Cannot write: No space left on device', 1, /^A: the disk is full \(tar: a: Cannot/, /df -h/],
    ['ERROR: No matching distribution found for a', 1, /^A: a download failed/, /package registries/],
    ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 1, /^A: the registry sent another file/, /pip config/],
    ['A is fetched for x86_64 only', 3, /^A: A is fetched for x86_64 only$/, undefined],
    ['no idea', 7, /^A: exit code 7 \(whole log: .*a\.log\):\n {4}no idea$/, undefined],
  ];
  for (const [words, code, message, hint] of cases) {
    const error = await made(saying(words, code)).catch((thrown: unknown) => thrown as LatentcvError);
    assert.ok(error instanceof LatentcvError, words);
    assert.match(error.message, message);
    if (hint) assert.match(error.hint ?? '', hint);
    assert.equal(readFileSync(join(cache, 'logs', 'a.log'), 'utf8'), `${words}\n`);
  }
});

test('stopped on request, a command ends with all that it started', async () => {
  const stop = new AbortController();
  const step: Step = {
    name: 'A',
    result: join(cache, 'a'),
    make: (run) => run('bash', ['-c', `(sleep 1000 & echo $! > "${cache}/pid"; wait); true`]),
  };
  const ended = made([['a', step]], { signal: stop.signal });
  while (!existsSync(join(cache, 'pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await assert.rejects(ended, { code: 'interrupted' });
  assert.ok(hasEnded(Number(readFileSync(join(cache, 'pid'), 'utf8'))));
});
