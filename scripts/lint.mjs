// Formatters and linters, each one check. usage: node scripts/lint.mjs [--fix]
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { argv } from 'node:process';
import { cache, isMain, packageScript, python, root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

const pythonModule = join(root, 'python');

function nativeFiles() {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.cpp', '*.h'],
    { cwd: root, encoding: 'utf8' },
  );
  return listed.split('\n').filter((name) => name !== '' && !name.startsWith('native/third_party/'));
}

/** Name, command, arguments and, where it is not the checkout, folder of each check. */
function checks(fix) {
  const node = process.execPath;
  const sources = nativeFiles();
  const clangFormat = join(cache, 'python', 'bin', 'clang-format');
  return [
    [
      'eslint',
      node,
      [packageScript('eslint', 'bin', 'eslint.js'), ...(fix ? ['--fix'] : []), '--max-warnings', '0', '.'],
    ],
    [
      'prettier',
      node,
      [
        packageScript('prettier', 'bin', 'prettier.cjs'),
        fix ? '--write' : '--check',
        '--log-level',
        'warn',
        '.',
      ],
    ],
    [
      'types',
      node,
      [packageScript('typescript', 'bin', 'tsc'), '-p', '.', '--noEmit', '--incremental', 'false'],
    ],
    ['types of set-up', node, [packageScript('typescript', 'bin', 'tsc'), '-p', 'scripts']],
    ['site', node, [join(root, 'scripts', 'docs.mjs')]],
    ...(sources.length === 0
      ? []
      : [['clang-format', clangFormat, [...(fix ? ['-i'] : ['--dry-run', '-Werror']), ...sources]]]),
    ['ruff', python, ['-m', 'ruff', 'check', '--quiet', ...(fix ? ['--fix'] : []), '.'], pythonModule],
    [
      'format of Python',
      python,
      ['-m', 'ruff', 'format', '--quiet', ...(fix ? [] : ['--check']), '.'],
      pythonModule,
    ],
    ['types of Python', python, ['-m', 'mypy', '--no-error-summary', '.'], pythonModule],
  ];
}

/** Runs every check, even after one failed. Returns how many passed and failed. */
export async function lint(fix = false) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, command, args, folder = root] of checks(fix)) {
    const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit' });
    console.log(`lint: ${name} ${status === 0 ? 'passed' : 'FAILED'}`);
    counts[status === 0 ? 'passed' : 'failed']++;
  }
  // npm's packages are there after set-up
  const { untested, untestedInWords } = await import('./untested.mjs');
  console.log(`lint: ${untestedInWords(untested())} (node scripts/untested.mjs --list)`);
  return counts;
}

if (isMain(import.meta.url)) {
  await setUpOrExit('lint');
  process.exitCode = (await lint(argv.includes('--fix'))).failed === 0 ? 0 : 1;
}
