/** The main job: from a molecule to a free energy along a learned CV. */
export { runQuickstart, type QuickstartOptions, type QuickstartVoice } from './run-quickstart.js';
export type { QuickstartSummary } from './summary.js';
export type { QuickstartSettings } from './system.js';
