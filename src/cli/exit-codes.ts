/** What the command line's exit codes mean; every help text says so. */
export const exitCodes = {
  ok: 0,
  /** The job failed: bad data, a tool that ended with an error. */
  failure: 1,
  /** The command was not understood: unknown option, value that does not fit. */
  usage: 2,
  /** A tool that this needs is missing: `latentcv doctor` says how to get it. */
  missingTool: 3,
  /** The job is done, but the free-energy difference that was asked for is not determined by its frames. */
  notDetermined: 4,
  /** Ctrl-C, as shells have it: 128 + SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp =
  'Exit codes: 0 done, 1 the job failed, 2 wrong usage, 3 a tool is missing (see latentcv doctor), 4 ΔF is not determined (the rest is written), 130 interrupted.';
