import type { ErrorCode } from '../support/index.js';

/** What the command line's exit codes mean; every help text says so. */
export const exitCodes = {
  ok: 0,
  /** The job failed: what is in a file does not do, a program ended with an error, a disk is full. */
  failure: 1,
  /** The command does not fit: an option, a value, a column or a file that is not there, a file of another kind. */
  usage: 2,
  /** A tool that this needs is missing: `latentcv doctor` says how to get it. */
  missingTool: 3,
  /** The job is done, but the free-energy difference that was asked for is not determined by its frames. */
  notDetermined: 4,
  /** Ctrl-C, as shells have it: 128 + SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of each error, by the `code` that `--json` prints. */
export const exitCodeOf: Readonly<Record<ErrorCode | 'fault', ExitCode>> = {
  'bad-argument': exitCodes.usage,
  'file-not-found': exitCodes.usage,
  'other-kind': exitCodes.usage,
  'file-access': exitCodes.failure,
  'file-format': exitCodes.failure,
  'bad-data': exitCodes.failure,
  'bad-graph': exitCodes.failure,
  'bad-model': exitCodes.failure,
  'plumed-input': exitCodes.failure,
  'tool-failed': exitCodes.failure,
  fault: exitCodes.failure,
  'missing-tool': exitCodes.missingTool,
  interrupted: exitCodes.interrupted,
};

/** What each means, in a line; `latentcv help exit-codes` prints them with the errors that end so. */
export const exitCodesInWords: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'the job failed: what is in a file does not do, a program ended with an error, a file could not be written',
  2: 'the command does not fit: an option, a value, a column or a file that is not there, a file of another kind',
  3: 'a program or library is missing: latentcv doctor says how to get it',
  4: 'done and written, but ΔF is not determined by these frames',
  130: 'interrupted',
};

export const exitCodesHelp =
  'Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a tool is missing, 4 ΔF not determined,\n130 interrupted (latentcv help exit-codes).';
