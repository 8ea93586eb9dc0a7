import { LatentcvError } from '../support/errors.js';

/** Path of the plugin for the PLUMED at hand, built if need be. */
export function builtPlugin(): Promise<string> {
  return Promise.reject(new LatentcvError('missing-tool', 'expected --plugin with the path of the plugin'));
}
