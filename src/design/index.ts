/**
 * The way back from CVs: inputs of a model decoded from its latent (`decode`), and what to make, found in the latent by what is
 * wanted of its properties (`design`). Candidates stay where training rows are dense, and are encoded again to be checked.
 */
export type { Candidate } from './candidates.js';
export { decode, type Cycle, type Decoded } from './decode.js';
export { design, type DesignOptions, type Designs } from './design.js';
export type { NamedRows, NearRow } from './known-rows.js';
export { parseWants, wantInWords, type EndWant, type ValueWant, type Want } from './wants.js';
