import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { packageRoot } from '../../src/support/folders.js';

/** Recipes say version, Node and licence by hand, as package.json has them. */

const { version, license, description, engines } = JSON.parse(
  readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
) as { version: string; license: string; description: string; engines: { node: string } };
const node = /^>=(\d+\.\d+)$/.exec(engines.node)?.[1] ?? '';

const folder = join(packageRoot(), 'packaging');
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

interface Recipe {
  context: { version: string; tarball: string };
  package: { name: string };
  requirements: { build: string[]; run: string[] };
  about: { license: string; summary: string };
}

interface Easyconfig {
  name: string;
  version: string;
  description: string;
  dependencies: [name: string, version: string][];
  sanity_check_commands: string[];
}

/** What an easyconfig, which is Python, sets. */
function easyconfig(path: string): Easyconfig {
  const program =
    'import json, runpy, sys\n' +
    'print(json.dumps({k: v for k, v in runpy.run_path(sys.argv[1]).items() if k[0] != "_"}))';
  return JSON.parse(
    execFileSync('python3', ['-c', program, join(folder, path)], { encoding: 'utf8' }),
  ) as Easyconfig;
}

/** Arguments of the calls by a name in a Python file, those that are literals. */
function calls(path: string, name: string): string[][] {
  const program =
    'import ast, json, sys\n' +
    'tree = ast.parse(open(sys.argv[1], encoding="utf8").read())\n' +
    'print(json.dumps([[a.value for a in n.args if isinstance(a, ast.Constant)] for n in ast.walk(tree)\n' +
    '  if isinstance(n, ast.Call) and getattr(n.func, "id", "") == sys.argv[2]]))';
  return JSON.parse(
    execFileSync('python3', ['-c', program, join(folder, path), name], { encoding: 'utf8' }),
  ) as string[][];
}

const atLeast = (found: string, wanted: string): boolean => {
  const [a, b] = [found, wanted].map((each) => each.split('.').map(Number));
  return a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);
};

test("conda's recipe says what package.json says", () => {
  const recipe = parse(text('conda/recipe.yaml')) as Recipe;
  assert.equal(recipe.package.name, 'latentcv');
  assert.equal(recipe.context.version, version);
  assert.ok(recipe.context.tarball.includes(`/latentcv-${version}.tgz"`), recipe.context.tarball);
  for (const needs of [recipe.requirements.build, recipe.requirements.run])
    assert.ok(needs.includes(`nodejs >=${node}`), needs.join());
  assert.deepEqual(recipe.about, { ...recipe.about, license, summary: description });
});

test("Spack's recipe says what package.json says", () => {
  const path = 'spack/packages/latentcv/package.py';
  assert.deepEqual(calls(path, 'version'), [[version]]);
  assert.deepEqual(calls(path, 'license'), [[license]]);
  assert.ok(calls(path, 'depends_on').some(([name]) => name === `node-js@${node}:`));
  assert.match(text(path), new RegExp(`^tarball = ".*/latentcv-${version}\\.tgz"$`, 'm'));
  assert.equal(
    (parse(text('spack/repo.yaml')) as { repo: { namespace: string } }).repo.namespace,
    'latentcv',
  );
});

test("EasyBuild's recipe says what package.json says, in its name too", () => {
  const [name, ...others] = readdirSync(join(folder, 'easybuild'));
  assert.deepEqual(others, []);
  assert.match(name, new RegExp(`^latentcv-${version}-\\w+-\\w+\\.eb$`));
  const config = easyconfig(`easybuild/${name}`);
  assert.equal(config.version, version);
  assert.ok(config.description.startsWith(description));
  assert.match(text(`easybuild/${name}`), new RegExp(`^# licence: ${license} `, 'm'));
  const nodejs = config.dependencies.find(([each]) => each === 'nodejs')?.[1] ?? '';
  assert.ok(atLeast(nodejs, node), nodejs);
});

test('the recipes of images say what package.json says', () => {
  for (const path of ['docker/Dockerfile', 'apptainer/latentcv.def']) {
    const recipe = text(path);
    assert.match(recipe, new RegExp(`image\\.version[= ]"?${version}"?\\b`));
    assert.match(recipe, new RegExp(`image\\.licenses[= ]"?${license}"?$`, 'm'));
    assert.match(recipe, new RegExp(`tarball=latentcv-${version}\\.tgz$`, 'im'));
    const major = /\bnode:(\d+)-/.exec(recipe)?.[1] ?? '';
    // an image's number without a second one is the newest of it
    assert.ok(Number(major) > Number(node.split('.')[0]), major);
    const versions = recipe.match(/\b\d+\.\d+\.\d+\b/g) ?? [];
    assert.deepEqual([...new Set(versions)], [version]);
  }
});

test('the page of the recipes has a row for each', () => {
  const page = text('README.md');
  const recipes = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory());
  for (const { name } of recipes) {
    const path = /^\| `([^`]+)`/gm;
    const rows = [...page.matchAll(path)].map(([, row]) => row).filter((row) => row.startsWith(`${name}/`));
    assert.equal(rows.length, 1, name);
    assert.ok(existsSync(join(folder, rows[0])), rows[0]);
  }
});
