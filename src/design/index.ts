/**
 * The way back from CVs: inputs of a model decoded from its latent (`decode`), and what to make, found in the latent by what is
 * wanted of its properties (`design`). Candidates stay where training rows are dense, and are encoded again to be checked.
 */
export { decode, type Cycle, type Decoded } from './decode.js';
