/** What commands say to people, line by line. Nothing here reads or decides anything. */
export { answerLines, answerWarnings, energyWords } from './describe-answer.js';
export { describeDiagnostics } from './describe-diagnostics.js';
export { describeModel } from './describe-model.js';
export { runSettings, runVersions } from './describe-run.js';
export { describeSettings, tellTraining } from './describe-training.js';
export { byScore, scoreRow, scoreTable } from './score-table.js';
