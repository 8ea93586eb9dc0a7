import { LatentcvError, cacheFolder } from '../../support/index.js';
import {
  fromCache,
  fromKernel,
  fromLibraryPath,
  fromPath,
  fromPkgConfig,
  fromRoot,
  type PlumedInstall,
} from './plumed-places.js';
import { isSupported } from './plumed-version.js';

/** Where a user's PLUMED may be, besides PLUMED_KERNEL, best first. */
const places = [fromPath, fromRoot, fromLibraryPath, fromPkgConfig];

/**
 * The PLUMED to use: the one of PLUMED_KERNEL, else `plumed` on PATH, else the one of PLUMED_ROOT, the kernel on
 * LD_LIBRARY_PATH, pkg-config's, else the one that the set-up put in the cache folder; that one too where the user's is
 * older than 2.9.
 * @throws LatentcvError `missing-tool` where there is none, its version cannot be told, or its command runs a kernel of
 * another version
 */
export async function findPlumed(): Promise<PlumedInstall> {
  if (process.env.PLUMED_KERNEL) return fromKernel(process.env.PLUMED_KERNEL);
  let passedOver: PlumedInstall | undefined;
  for (const place of places) {
    const found = await place();
    if (found && isSupported(found)) return found;
    passedOver ??= found;
  }
  const cached = await fromCache();
  if (cached) return { ...cached, ...(passedOver && { note: insteadOf(passedOver, cached) }) };
  if (passedOver) return passedOver;
  throw new LatentcvError(
    'missing-tool',
    `expected PLUMED at PLUMED_KERNEL, on PATH, at PLUMED_ROOT, on LD_LIBRARY_PATH or in ${cacheFolder()} but found none`,
    'latentcv setup plumed fetches one',
  );
}

function insteadOf(theirs: PlumedInstall, ours: PlumedInstall): string {
  return (
    `PLUMED ${theirs.longVersion} at ${theirs.kernel} is not one that latentcv works with: ` +
    `the ${ours.longVersion} that the set-up fetched is used instead`
  );
}
