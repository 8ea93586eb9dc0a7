// Builds the site of docs and of the library's pages, and looks whether every link of it leads somewhere.
// usage: node scripts/docs.mjs [--out FOLDER] [--base /PATH/] [--without-library] [--serve]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cache, isMain, packageScript, root } from './parts/paths.mjs';
import { siteProblems } from './parts/site-problems.mjs';

/** Runs a package's command in the checkout; whether it did what it was to do. */
function succeeds(script, words) {
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, [script, ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  return status === 0;
}

/**
 * Builds the site into a folder, whose content it replaces. Returns what is wrong with it, a line each.
 *
 * @param {{ out: string, base?: string, library?: boolean }} options `base`: the path that the site will have on its host;
 *   `library`: with TypeDoc's pages, which take longest
 */
export function buildSite({ out, base = '/', library = true }) {
  rmSync(out, { recursive: true, force: true });
  const vitepress = packageScript('vitepress', 'bin', 'vitepress.js');
  if (!succeeds(vitepress, ['build', 'site', '--outDir', out, '--base', base]))
    return ['expected VitePress to build the site but it failed: see above'];
  const typedoc = packageScript('typedoc', 'bin', 'typedoc');
  if (library && !succeeds(typedoc, ['--logLevel', 'Warn', '--out', join(out, 'library')]))
    return ['expected TypeDoc to write the pages of the library but it failed: see above'];
  return siteProblems(out, { base, without: library ? [] : ['library/'] });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(cache, 'site') },
      base: { type: 'string', default: '/' },
      'without-library': { type: 'boolean', default: false },
      serve: { type: 'boolean', default: false },
    },
  });
  const { out, base } = values;
  const problems = buildSite({ out, base, library: !values['without-library'] });
  for (const problem of problems) console.error(`error: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`the site lies in ${out}; every link of it leads somewhere`);
  if (values.serve && problems.length === 0)
    succeeds(packageScript('vitepress', 'bin', 'vitepress.js'), [
      'preview',
      'site',
      '--outDir',
      out,
      '--base',
      base,
    ]);
}
