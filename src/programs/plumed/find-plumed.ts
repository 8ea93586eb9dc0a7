import { LatentcvError, cacheFolder } from '../../support/index.js';
import { fromCache, fromKernel, fromPath, fromPkgConfig, type PlumedInstall } from './plumed-places.js';
import { isSupported } from './plumed-version.js';

/**
 * The PLUMED to use: the one of PLUMED_KERNEL, else `plumed` on PATH, else pkg-config's, else the one that the set-up
 * put in the cache folder; that one too where the user's is older than 2.9.
 * @throws LatentcvError `missing-tool` where there is none, its version cannot be told, or its command runs a kernel of
 * another version
 */
export async function findPlumed(): Promise<PlumedInstall> {
  if (process.env.PLUMED_KERNEL) return fromKernel(process.env.PLUMED_KERNEL);
  const own = await fromPath();
  if (own && isSupported(own)) return own;
  const configured = await fromPkgConfig();
  if (configured && isSupported(configured)) return configured;
  const passedOver = own ?? configured;
  const cached = await fromCache();
  if (cached) return { ...cached, ...(passedOver && { note: insteadOf(passedOver, cached) }) };
  if (passedOver) return passedOver;
  throw new LatentcvError(
    'missing-tool',
    `expected PLUMED at PLUMED_KERNEL, on PATH or in ${cacheFolder()} but found none`,
    'npm run setup fetches one',
  );
}

function insteadOf(theirs: PlumedInstall, ours: PlumedInstall): string {
  return (
    `PLUMED ${theirs.longVersion} at ${theirs.kernel} is not one that latentcv works with: ` +
    `the ${ours.longVersion} that the set-up fetched is used instead`
  );
}
