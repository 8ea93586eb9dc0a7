/**
 * What a model file says of itself beside the network, as plain text in its `metadata_props`: written and read back bit for
 * bit, and checked. `docs/architecture.md` lists the keys.
 */
export { verifyCheckVectors } from './check-vectors.js';
export { decodeMetadata, hasMetadata } from './decode-metadata.js';
export { encodeMetadata } from './encode-metadata.js';
export {
  randomRanges,
  rangesAreRandom,
  sideNames,
  type CheckVectors,
  type KolmogorovFacts,
  type ModelInput,
  type ModelMetadata,
  type ModelOutput,
  type SideCheck,
  type SideName,
  type Sides,
} from './metadata.js';
