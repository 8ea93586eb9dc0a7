import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlumed, optimisationProblem } from '../../../src/programs/index.js';
import { isUnoptimised } from '../../../src/programs/plumed/optimisation.js';

test('a PLUMED is without optimisation where a compiler that does not optimise by itself was not told to', () => {
  const told = (compiler: string, flags: string): boolean =>
    isUnoptimised(`# config\nCXX=${compiler}\nCXXFLAGS=${flags}\nCXXFLAGS_NOOPENMP=-O3\n`);
  // as PyPI's hillclimber, and as our builds of 2.9.5 and 2.10.1 tell it
  assert.ok(told('g++', '-Wno-error -fPIC -Wall -pedantic -std=c++17 -fno-gnu-unique -fopenmp'));
  assert.ok(!told('g++', '-O2 -fPIC -fPIC -Wall -pedantic -std=c++17 -fno-gnu-unique -fopenmp'));
  assert.ok(told('/usr/bin/x86_64-conda-linux-gnu-c++', '-fPIC'));
  assert.ok(told('clang++-18', '-O3 -O0 -g'));
  for (const flags of ['-O', '-O1', '-O3 -march=native', '-Os', '-Ofast', '-O0 -O2'])
    assert.ok(!told('g++', flags), flags);
  assert.ok(!told('g++ -O2', '-fPIC'));
  // not sure: compilers that optimise by themselves, and wrappers of any
  for (const compiler of ['icpx', 'icpc', 'mpicxx', 'mpic++', 'CC', 'nvc++', ''])
    assert.ok(!told(compiler, '-fPIC'), compiler);
  assert.ok(!isUnoptimised('nothing of that kind'));
});

test('the PLUMED at hand tells it, one that does not run does not', async () => {
  const plumed = await findPlumed();
  const problem = await optimisationProblem(plumed);
  // the one that setup fetches is
  if (plumed.source === 'cache') assert.match(problem!, /^compiled without optimisation/);
  assert.equal(await optimisationProblem({ ...plumed, executable: '/nowhere/plumed' }), undefined);
});
