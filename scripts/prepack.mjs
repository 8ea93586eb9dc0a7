// npm runs this before `npm pack`: what the package holds beside its sources is made as set-up makes it, and refused where
// it would not run on older machines; what npm bundles is made small. usage: node scripts/prepack.mjs
import { prepareBundle } from './parts/bundle.mjs';
import { addonFor, newerThanAllowed } from './parts/prebuilt.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('pack');
for (const arch of ['x64', 'arm64']) {
  const newer = newerThanAllowed(addonFor(arch));
  if (newer.length === 0) continue;
  console.error(
    `error: the addon for ${arch} needs ${newer.join(', ')}: it was compiled for this machine alone\n` +
      'hint: Zig, which compiles it for others, comes from PyPI: run this where pip finds ziglang',
  );
  process.exit(3);
}
prepareBundle();
