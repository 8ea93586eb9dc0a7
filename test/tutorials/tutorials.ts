import type { Otherwise } from './printed.js';

/** How a page of docs/tutorials is typed by its test. */
export interface Tutorial {
  /** Blocks of commands that the page has: none is passed over. */
  steps: number;
  /** Texts of its files and commands, and the shorter runs that the test has in their place. */
  shorter: Record<string, string>;
  /** Commands, by their beginnings, that are to end with another exit code than 0. */
  exits?: Record<string, number>;
  /** Lines that depend on a run's length, by their beginnings, and what is to be found in their place. */
  otherwise?: Otherwise;
}

/** Every page whose commands are typed as they stand; those of crystal.md and oxides.md are held to what an example's script types. */
export const tutorials: Record<string, Tutorial> = {
  'failing-cv': {
    steps: 7,
    shorter: { 'nstep 400000': 'nstep 60000' },
    exits: { 'latentcv fes pca ': 4 },
    otherwise: {
      'ΔF(B − A) not determined': /ΔF\(B − A\) not determined: (no|\d) transitions?/,
      'first half': /half/,
      'at fixed CV': /half/,
      // a second CV that crosses, a first that does not
      'tica   ': /^tica +([6-9]|\d\d+) /m,
      'pca    ': /^pca +[0-2] /m,
    },
  },
};
