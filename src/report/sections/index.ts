export { commandBlocks } from './commands.js';
export { diagnosticsSection } from './diagnostics.js';
export { errorTable } from './error-table.js';
export { head } from './head.js';
export { modelCard } from './model-card.js';
export { type Section, renderSections } from './section.js';
export { definitionTable } from './tables.js';
export { trainingRuns } from './training-runs.js';
