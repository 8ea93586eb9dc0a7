/**
 * What every room leans on and knows nothing of molecules: errors with a stable code, files that are read and written
 * whole, child processes, locks. Numbers, durations and lists are put into words here.
 */
export { closestName } from './closest-name.js';
export { copiesAmong, expectDistinctFiles } from './distinct-files.js';
export { type ErrorCode, LatentcvError, invalidArgument } from './errors.js';
export {
  expectChoice,
  expectFloats,
  expectFunction,
  expectList,
  expectNumber,
  expectNumbers,
  expectObject,
  expectPaths,
  expectText,
  expectWhole,
} from './expect.js';
export { isSystemError, readProblem, systemErrorOf, systemProblem, writeProblem } from './file-problem.js';
export {
  NewFile,
  firstBytes,
  readBytes,
  readText,
  removeUnfinished,
  removeUnfinishedOf,
  writeWhole,
  writeWholeSync,
} from './files.js';
export { cacheFolder, inCaches, inCheckout, packageRoot, sharedCaches } from './folders.js';
export {
  type H5Dataset,
  type H5File,
  type H5Group,
  asNumbers,
  beginsAsHdf5,
  expectUnpacked,
  hdf5Problem,
  hdf5TrajectoryIn,
  hdf5WriteProblem,
  isDataset,
  isGroup,
  isNumeric,
  lastReason,
  loadHdf5,
} from './hdf5.js';
export { expectNoStop } from './interruption.js';
export { libc } from './libc.js';
export { ownBatchJob } from './batch-job.js';
export { Lock, lockHolder, type LockHolder } from './lock.js';
export { bytesOf, losslessText, pathOf } from './lossless-text.js';
export { expectOutputFolder, outputPlace } from './output-place.js';
export { type ProcessMark, groupRuns, markOf, partName, stillRuns, sweepParts } from './part-names.js';
export { Random } from './random.js';
export {
  type Answer,
  type ProcessEnd,
  type ProcessOptions,
  commandAnswer,
  commandOutput,
  findInOutput,
  onPath,
  runToEnd,
} from './processes.js';
export { picoseconds } from './times.js';
export { forget, remember } from './unfinished.js';
export {
  type SettingFacts,
  type SettingSchema,
  invalidSetting,
  setting,
  settingFacts,
  settingInWords,
  settingSchema,
} from './settings.js';
export { oldestNode, packageVersion } from './version.js';
export {
  counted,
  digits,
  durationText,
  escaped,
  exponential,
  fixed,
  inPercent,
  inPicoseconds,
  percent,
  plural,
  rateInWords,
  rounded,
  shortList,
  significant,
  withError,
  wrapped,
} from './words.js';
export { parseYaml } from './yaml-file.js';
