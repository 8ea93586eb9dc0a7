/**
 * A run, or the runs of a campaign, while they run: how far each is and whether it lives, and what the frames that it has written say so far. It reads, and
 * takes no lock; the page that shows it is served on this machine alone.
 */
export { runState, type RunEndWord, type RunState } from './run-state.js';
export { progressOf, type RunProgressSoFar } from './progress.js';
export {
  WatchedRuns,
  type PairTransitions,
  type RunLook,
  type RunStatus,
  type WatchedRunsOptions,
  type WatchSource,
  type WatchWeighing,
} from './watched-runs.js';
export { Pace } from './pace.js';
export { stateRow } from './state-row.js';
export { momentText } from './moment-text.js';
export { latestStage, type CampaignLook, type Stage } from './watched-campaign.js';
export { campaignPage, servePage, watchSection, type PageContent, type ServedPage } from './page/index.js';
