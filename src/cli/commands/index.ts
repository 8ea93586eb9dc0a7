export type { DifferentiateOptions } from './differentiate.js';
export type { QuickstartCommandOptions } from './quickstart.js';
export type { ReportCommandOptions } from './report.js';
export type { RunCommandOptions } from './run.js';
export type { SearchCommandOptions } from './search.js';
export type { TrainCommandOptions } from './train.js';
