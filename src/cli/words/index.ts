/** What commands say to people, line by line. Nothing here reads or decides anything. */
export { alignedRows } from './aligned-rows.js';
export {
  answerLines,
  answerWarnings,
  energyWords,
  energyWordsAt,
  type EnergyWords,
} from './describe-answer.js';
export { campaignLines } from './describe-campaign.js';
export { campaignInJson, lookInJson, lookLines, statusLines } from './describe-watch.js';
export { runInWords, runSettings, runVersions } from './describe-run.js';
export { combinedLines, windowsLines } from './describe-windows.js';
