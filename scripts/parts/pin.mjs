// Writes the hashes of everything that pip fetches into scripts/fetch/pins, so that pip takes those very files and no others.
// usage: node scripts/parts/pin.mjs [NAME …]    (needs `uv`, which pip installs; all files, some minutes, where none is named)
// To change a version: change it in its file, then run this. Of each package it keeps the wheels for Linux on x86-64 and
// arm64 and Python 3.11 to 3.14; source archives only where the head of the file says (sdist).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { root } from './paths.mjs';

const folder = join(root, 'scripts', 'fetch', 'pins');
const pythons = ['3.11', '3.12', '3.13', '3.14'];
const platforms = ['x86_64-manylinux_2_40', 'aarch64-manylinux_2_40'];

/** What uv locks for one Python and platform, as the text of a pylock.toml; undefined where it finds no set. */
function locked(requirements, python, platform, work) {
  const input = join(work, 'requirements.in');
  writeFileSync(input, `${requirements.join('\n')}\n`);
  const words = ['pip', 'compile', '--quiet', '--no-deps', '--no-header', '--format', 'pylock.toml'];
  const where = ['--python-version', python, '--python-platform', platform, '-o', join(work, 'pylock.toml')];
  const { status, error, stderr } = spawnSync('uv', [...words, ...where, input], { encoding: 'utf8' });
  if (error) throw new Error(`uv cannot be started (${error.message}): python3 -m pip install uv`);
  if (status === 0) return readFileSync(join(work, 'pylock.toml'), 'utf8');
  console.error(`${python} on ${platform}: ${stderr.trim().split('\n').at(-1)}`);
  return undefined;
}

/** Files with their hashes, by package as `name==version`. */
function* filesIn(text) {
  for (const entry of text.split('[[packages]]').slice(1)) {
    const [, name] = /^name = "([^"]*)"/m.exec(entry);
    const files = entry.matchAll(/url = "[^"]*\/([^"/]*)"[^}]*hashes = \{ sha256 = "([0-9a-f]{64})" \}/g);
    for (const [, file, hash] of files) yield { name, file, hash };
  }
}

/** A package's name as indexes compare it. */
const normal = (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

function hashesOf(requirements, withSources) {
  const hashes = new Map(requirements.map((requirement) => [normal(requirement.split('==')[0]), new Set()]));
  const work = mkdtempSync(join(tmpdir(), 'latentcv-pin-'));
  try {
    for (const python of pythons) {
      for (const platform of platforms) {
        for (const { name, file, hash } of filesIn(locked(requirements, python, platform, work) ?? '')) {
          if (file.endsWith('.whl') || withSources) hashes.get(normal(name)).add(hash);
        }
      }
    }
  } finally {
    rmSync(work, { recursive: true });
  }
  return hashes;
}

function pin(file) {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !/^\s*--hash/.test(line));
  const bare = lines.map((line) => line.replace(/\s*\\$/, ''));
  const requirements = bare.filter((line) => !line.startsWith('#'));
  const hashes = hashesOf(requirements, /^#.*\(sdist\)/m.test(bare.join('\n')));
  const written = bare.map((line) => {
    const its = [...(hashes.get(normal(line.split('==')[0])) ?? [])].sort();
    if (!line.startsWith('#') && its.length === 0) throw new Error(`${file}: no file for ${line}`);
    return line.startsWith('#')
      ? line
      : [line, ...its.map((hash) => `    --hash=sha256:${hash}`)].join(' \\\n');
  });
  writeFileSync(path, `${written.join('\n')}\n`);
  console.log(`${file}: ${requirements.length} packages`);
}

const named = argv.slice(2).map((name) => `${name}.txt`);
for (const file of named.length > 0 ? named : readdirSync(folder).sort()) pin(file);
