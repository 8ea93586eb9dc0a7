import { nanosecondsOf, type ReplicaDeltaF, type RunAnswer, type SampledRun } from '../free-energy/index.js';
import type { CommandBlock, Verdict } from '../report/index.js';
import type { Job } from './job.js';

/** What `summary.json` says; energies in kJ/mol (in pesmd in units of kT), unrounded. */
export interface QuickstartSummary {
  engine: 'gromacs' | 'pesmd';
  /** Biased sampling of all replicas together; null in pesmd, whose time has no such unit. */
  nanoseconds: number | null;
  replicas: number;
  /** null where a state was never visited. */
  deltaF: number | null;
  /** null where it is not determined, and then `reason` says why. */
  deltaFError: number | null;
  reason: string | null;
  /** ΔF of each replica. */
  deltaFs: ReplicaDeltaF[];
  referenceDeltaF: number;
  referenceError: number;
  /** Combined standard errors between ΔF and the reference; null where not determined. */
  sigmas: number | null;
  /** In the analysed frames. */
  transitions: number;
  /** As many as there would be in 5 ns of one replica; null in pesmd. */
  transitionsIn5ns: number | null;
  /** How many were wanted of this much sampling. */
  wantedTransitions: number;
  /** What the report makes of it: `good` within two standard errors of the reference, all checks held. */
  verdict: Verdict;
  /** Whether the verdict is good. */
  asExpected: boolean;
  setupSeconds: number | null;
  jobSeconds: number;
  seed: number;
  report: string;
  model: string;
  warnings: string[];
  /** Every step as typed by hand. */
  commands: CommandBlock[];
}

/** The numbers of a finished quickstart. */
export function summarise(
  job: Job,
  run: SampledRun,
  answer: RunAnswer,
  verdict: Verdict,
  commands: CommandBlock[],
): QuickstartSummary {
  const { settings, system, log, setupSeconds, path } = job;
  const { reference, referenceError, wantedTransitions } = system.expected;
  const nanoseconds = settings.engine === 'gromacs' ? nanosecondsOf(run) : null;
  const { value, error, reason, replicas, transitions, warnings } = answer.deltaFs[0];
  const sigmas =
    value === null || error === null ? null : Math.abs(value - reference) / Math.hypot(error, referenceError);
  return {
    engine: settings.engine,
    nanoseconds,
    replicas: settings.replicas,
    deltaF: value,
    deltaFError: error,
    reason,
    deltaFs: replicas,
    referenceDeltaF: reference,
    referenceError,
    sigmas,
    transitions,
    transitionsIn5ns: nanoseconds === null ? null : (5 * transitions) / nanoseconds,
    wantedTransitions,
    verdict,
    asExpected: verdict.level === 'good',
    setupSeconds: setupSeconds ?? null,
    jobSeconds: log.seconds,
    seed: settings.seed,
    report: path('report.html'),
    model: path('model.onnx'),
    warnings,
    commands,
  };
}
