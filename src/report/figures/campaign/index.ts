/** Figures of a campaign: free energies by round, and how often each CV crossed. Each gives SVG and the sentence under it. */
export { crossingsByCv } from './crossings-by-cv.js';
export { deltaFByRound } from './delta-f-by-round.js';
