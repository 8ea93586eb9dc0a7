/**
 * What commands say of models, of what frames say of their CVs, and of trainings. It stands apart, since it loads methods.
 */
export { describeDiagnostics } from './describe-diagnostics.js';
export { comparisonLines, farInWords, propertiesInShort } from './describe-properties.js';
export { describeModel } from './describe-model.js';
export { describeSettings, modelsInWords, tellTraining } from './describe-training.js';
export { byScore, scoreRow, scoreTable } from './score-table.js';
