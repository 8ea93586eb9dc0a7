/** The parts of a report's page that are text and tables. Each takes a piece of `ReportData` and gives HTML. */
export { campaignParts, campaignSection, campaignSteps, campaignVerdict } from './campaign/index.js';
export { commandBlocks } from './commands.js';
export { diagnosticsSection } from './diagnostics.js';
export { colouredAtoms } from './explanation.js';
export { errorTable } from './error-table.js';
export { head } from './head.js';
export { modelCard } from './model-card.js';
export { propertiesSection } from './properties.js';
export { type Section, renderSections } from './section.js';
export { definitionTable } from './tables.js';
export { statesSection } from './states.js';
export { trainingRuns } from './training-runs.js';
export { windowsSection } from './windows.js';
