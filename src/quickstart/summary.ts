import { nanosecondsOf, type DeltaF, type SampledRun } from '../free-energy/index.js';
import type { CommandBlock } from '../report/index.js';
import type { Job } from './job.js';

/** What `summary.json` says; energies in kJ/mol (in pesmd in units of kT), unrounded. */
export interface QuickstartSummary {
  engine: 'gromacs' | 'pesmd';
  /** Biased sampling of all replicas together; null in pesmd, whose time has no such unit. */
  nanoseconds: number | null;
  replicas: number;
  deltaF: number;
  deltaFError: number;
  referenceDeltaF: number;
  transitions: number;
  /** As many as there would be in 5 ns of one replica; null in pesmd. */
  transitionsIn5ns: number | null;
  /** How many were wanted of this much sampling. */
  wantedTransitions: number;
  /** Whether ΔF is as near to the reference, and transitions as many, as wanted. */
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
  deltaF: DeltaF,
  transitions: number,
  commands: CommandBlock[],
): QuickstartSummary {
  const { settings, system, log, setupSeconds, path } = job;
  const { reference, tolerance, wantedTransitions } = system.expected;
  const nanoseconds = settings.engine === 'gromacs' ? nanosecondsOf(run) : null;
  return {
    engine: settings.engine,
    nanoseconds,
    replicas: settings.replicas,
    deltaF: deltaF.value,
    deltaFError: deltaF.error,
    referenceDeltaF: reference,
    transitions,
    transitionsIn5ns: nanoseconds === null ? null : (5 * transitions) / nanoseconds,
    wantedTransitions,
    asExpected: Math.abs(deltaF.value - reference) <= tolerance && transitions >= wantedTransitions,
    setupSeconds: setupSeconds ?? null,
    jobSeconds: log.seconds,
    seed: settings.seed,
    report: path('report.html'),
    model: path('model.onnx'),
    warnings: deltaF.warnings,
    commands,
  };
}
