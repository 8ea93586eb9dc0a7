/**
 * The main job, from a molecule to a free energy along a learned CV. It only calls the other rooms, and remembers what is done.
 */
export type { QuickstartOptions, QuickstartVoice } from './job.js';
export { runQuickstart } from './run-quickstart.js';
export type { QuickstartSummary } from './summary.js';
export type { QuickstartSettings } from './system.js';
