// Formatters and linters, each one check. usage: node scripts/lint.mjs [--fix]
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { argv } from 'node:process';
import { cache, isMain, packageScript, root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';
import { untested, untestedInWords } from './untested.mjs';

function nativeFiles() {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.cpp', '*.h'],
    { cwd: root, encoding: 'utf8' },
  );
  return listed.split('\n').filter((name) => name !== '' && !name.startsWith('native/third_party/'));
}

/** Name, command and arguments of each check. */
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
    [
      'pages of the library',
      node,
      [packageScript('typedoc', 'bin', 'typedoc'), '--logLevel', 'Warn', '--out', join(cache, 'library')],
    ],
    ...(sources.length === 0
      ? []
      : [['clang-format', clangFormat, [...(fix ? ['-i'] : ['--dry-run', '-Werror']), ...sources]]]),
  ];
}

/** Runs every check, even after one failed. Returns how many passed and failed. */
export function lint(fix = false) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, command, args] of checks(fix)) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    console.log(`lint: ${name} ${status === 0 ? 'passed' : 'FAILED'}`);
    counts[status === 0 ? 'passed' : 'failed']++;
  }
  console.log(`lint: ${untestedInWords(untested())} (node scripts/untested.mjs --list)`);
  return counts;
}

if (isMain(import.meta.url)) {
  await setUpOrExit('lint');
  process.exitCode = lint(argv.includes('--fix')).failed === 0 ? 0 : 1;
}
