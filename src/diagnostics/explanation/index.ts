/**
 * What a model's CVs are made of, state by state: which inputs move them there, and which few inputs tell each state from the others.
 * Inputs that go together stand for one another: of such only one or two are named.
 */
export { atomShares, inputInWords, type AtomShare, type InputAtom } from './atom-shares.js';
export { explain, type Explanation, type KnownStates } from './explain.js';
export { LogisticLasso, type LassoFit } from './logistic-lasso.js';
export { stateLasso, type LassoStep, type StateLasso } from './state-lasso.js';
export { stateSensitivity, type StateSensitivity } from './state-sensitivity.js';
