/**
 * Opens the frames that a command's options name: files, patterns and folders of runs; tables and trajectories; to learn from,
 * to weigh, or to evaluate a model on. What the options leave open is told by notes of runs and by PLUMED inputs.
 */
export { unitsIn } from './column-units.js';
export { isFolder, tablesOfFolders } from './sampled-files.js';
export { trajectoriesWithBias, type TrajectoriesWithBias } from './with-bias.js';
export { madeTrajectories } from './made-trajectories.js';
export { expandFiles, expandFolders, expandNames } from './expand-files.js';
export { modelDataset, modelRuns, type ModelFrameOptions } from './model-dataset.js';
export { framesToJudge } from './frames-to-judge.js';
export { modelTrajectories } from './model-trajectories.js';
export { programsBeside, type ProgramVersion } from './programs-beside.js';
export { againstAll, type LoadedRun, loadSampling } from './sampled-run.js';
export { RunsByName, type WatchOptions } from './watched-runs.js';
export { campaignAmong, CampaignByFolder } from './watched-campaign.js';
export { readCells, type Cells } from './cells.js';
export { isOfRows, modelRows, type ModelRows } from './model-rows.js';
