export { answerLines, answerWarnings, energyWords } from './describe-answer.js';
export { describeModel } from './describe-model.js';
export { runSettings, runVersions } from './describe-run.js';
export { describeSettings, tellTraining } from './describe-training.js';
export { type Spread, aligned, overFolds, shown } from './score-table.js';
export { tellDifferentiated } from './tell-differentiated.js';
