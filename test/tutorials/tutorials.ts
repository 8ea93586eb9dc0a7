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

/** Frames of 400 ps: the network is that of the page, and what it has learned is not. */
const trainedShortly: Otherwise = {
  'warning: the validation loss': /validation/,
  explains: /explains [\d.]+ % of the variance/,
  'node-0: time scale': /^(all along )?node-0\b/m,
  'node-1: time scale': /^(all along )?node-1\b/m,
  'nothing here speaks': /On 801 frames, those it was trained on/,
  basins: /basins/,
  barrier: /basins/,
  autocorrelation: /autocorrelation/,
  'slowest in inputs': /autocorrelation/,
  'inputs that tell': /sensitivity of node-0/,
  'node-0 at': /sensitivity of node-0/,
  '99.': /sensitivity of node-0/,
};

/** README, and every page whose commands are typed as they stand; those of crystal.md and oxides.md are held to what an example's script types. */
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
  README: {
    steps: 2,
    shorter: { 'conf.gro -o': 'conf.gro --epochs 20 -o', '--length 10ns': '--length 40ps' },
  },
  alanine: {
    steps: 8,
    shorter: {
      'hot --length 10ns': 'hot --length 400ps',
      'run --length 10ns': 'run --length 40ps',
      "'distances heavy' -o": "'distances heavy' --epochs 20 -o",
    },
    // nothing crosses in 40 ps
    exits: { 'latentcv fes': 4, 'latentcv report': 4 },
    otherwise: {
      ...trainedShortly,
      'ΔF(B − A) =': /ΔF\(B − A\) not determined/,
      'first half': /half/,
      'at fixed CV': /half/,
    },
  },
  'plumed-input': {
    steps: 7,
    shorter: {
      'hot -ntmpi 1 -ntomp 1 -nsteps 5000000': 'hot -ntmpi 1 -ntomp 1 -nsteps 200000',
      'biased -ntmpi 1 -ntomp 1 -nsteps 5000000': 'biased -ntmpi 1 -ntomp 1 -nsteps 20000',
      'wide -ntmpi 1 -ntomp 1 -nsteps 2000000': 'wide -ntmpi 1 -ntomp 1 -nsteps 20000',
      '10ps -o': '10ps --epochs 20 -o',
    },
    exits: { diff: 1, 'latentcv fes': 4 },
    otherwise: {
      ...trainedShortly,
      Temperature: /^Temperature +\d+/m,
      'ΔF(B − A) =': /ΔF\(B − A\) not determined/,
      'first half': /half/,
      'at fixed CV': /half/,
    },
  },
  umbrella: {
    steps: 4,
    shorter: { '--windows 16': '--windows 10', '--length 500ps': '--length 20ps' },
    // the short hot run has no frame of the second state
    exits: { 'latentcv fes': 4 },
    otherwise: {
      w0: /^w0\d +91 /m,
      w1: /^w0\d +91 /m,
      // a matrix where there are few windows
      'overlap of': /^overlap/m,
      'warning: windows': /^overlap/m,
      'ΔF(B − A) =': /ΔF\(B − A\) not determined/,
      'first half': /half/,
    },
  },
  nucleobases: {
    steps: 8,
    shorter: {
      'hot-400 --length 4ns': 'hot-400 --length 150ps',
      'hot-500 --length 4ns': 'hot-500 --length 150ps',
      '--lag 2ps -o': '--lag 2ps --epochs 20 -o',
      'biased --length 10ns': 'biased --length 60ps',
    },
    // nothing comes and goes in 60 ps
    exits: { 'latentcv states': 4 },
    otherwise: {
      ...trainedShortly,
      'vamp-autoencoder': /vamp-autoencoder \(frames are ordered in time, 1 ps apart\)/,
      'node-0 is doubtful': /On 302 frames, those it was trained on/,
      'M1 ': /^M1 +/m,
      'M2 ': /^M1 +/m,
      'M3 ': /^M1 +/m,
      'M4 ': /^M1 +/m,
      '4 modes': /^\d modes? in all frames/m,
      'total ': /^ *total +ΔG° not determined/m,
      plateau: /^ *total +ΔG° not determined/m,
    },
  },
  'host-guest': {
    steps: 11,
    shorter: {
      'nstxout-compressed    = 250': 'nstxout-compressed    = 10',
      '--stride 250': '--stride 10',
      '--length 200ps': '--length 4ps',
      '--length 20ps': '--length 2ps',
      '-dump 12 ': '-dump 1.6 ',
      '--lag 2ps': '--lag 0.08ps --epochs 5',
      '--length 40ps': '--length 1.2ps',
      '--length 1ns': '--length 2ps',
    },
    // nothing comes and goes in 2 ps
    exits: { 'latentcv states': 4, 'latentcv pilot': 4 },
    otherwise: {
      '603 frames': /303 frames, 34 columns, network 40-64-32-2 tanh/,
      explains: /explains -?[\d.]+ % of the variance/,
      'no trajectory crosses between': /^(no trajectory crosses|(all along )?node-0)/m,
      'node-1: time scale': /^(no trajectory crosses|(all along )?node-1)/m,
      'node-0 is doubtful': /On 303 frames, those it was trained on/,
      'two ': /^two +0 /m,
      'three ': /^three +0 /m,
      '1602 of': /82 of 102 frames are analysed/,
      'M1 ': /^M1 +/m,
      'M2 ': /^M1 +/m,
      'M1  M2': /^passages/m,
      's      –': /^s +–/m,
      'p      –': /^s +–/m,
      '33.0 %': /^s +–/m,
      'warning: s:': /^warning: s/m,
      'total ': /^ *total +ΔG° not determined/m,
    },
  },
  campaign: {
    steps: 4,
    shorter: {
      'seeds: 5': 'seeds: 1',
      'epochs: 30': 'epochs: 15',
      'temperatures: [3], length: 5000': 'temperatures: [3], length: 400',
      'production: { length: 5000 }': 'production: { length: 600 }',
      'length: 400 }': 'length: 150 }',
      // which one round takes, so that there is no answer
      'nanoseconds: 120': 'nanoseconds: 2.4',
    },
    exits: { 'latentcv campaign': 4, 'latentcv campaign campaign.yaml --dry-run': 0, 'latentcv report': 4 },
    otherwise: {
      'each round: 5 CVs': /each round: 1 CV trained/,
      'round 1: 5 CVs': /round 1: 1 CV of 2 runs/,
      'round 1: pilots': /round 1: pilots along 1 CV, 2 × 150 time units each/,
      'round 1: CVs on the frames': /round 1: free energies/,
      'converged after': /the budget is spent/,
      '1      r1-s5': /^ +1 +r1-s1 +round 1 /m,
      'r1-s': /^ +1 +r1-s1 +round 1 /m,
      'round 1 kept': /round 1 kept r1-s1: crosses most often/,
      'round 2 kept': /round 1 kept r1-s1/,
      'round 3': /round 1/,
      'round-3': /round-1\/production\/replica-1/,
      'round-1/production/replica': /round-1\/production\/replica-0/,
      'ΔF(B − A)': /ΔF\(B − A\)/,
      met: /missing {2}transitions/,
    },
  },
};
