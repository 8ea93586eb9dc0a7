/**
 * Runs under several static biases or temperatures, weighed together by MBAR: told apart by their inputs, read, held to the biases they
 * printed, and weighed. Runs whose bias was built as they went are left to others.
 */
export { groupRuns, needOneAnother, type RunGroups, type WindowRun } from './window-runs.js';
export { weightColumn } from './weight-column.js';
export type { WindowPart } from './window-part.js';
export type { EnergySources } from './potential-energy.js';
export {
  discardedOfWindows,
  weighWindows,
  type WeighedWindows,
  type WindowsAnalysis,
  type WindowsRequest,
} from './weigh-windows.js';
