/**
 * A campaign: CVs are trained on all frames so far, tried in pilots, the best is run, until free energies agree or a budget is
 * spent. Every step is a command whose result stays on disk, so that a campaign goes on where it was stopped, wherever that was.
 */
export {
  budgetUnit,
  campaignSchema,
  parsePlan,
  type CampaignPlan,
  type FurtherOptions,
  type Question,
} from './plan.js';
export {
  readCampaign,
  recordFile,
  type CampaignDeltaF,
  type CampaignRecord,
  type CandidateRecord,
  type Criterion,
  type ExplorationRecord,
  type RoundDeltaF,
  type RoundRecord,
  type StepRecord,
  type TaskRecord,
} from './record.js';
export { engineInputs, type EngineInputs } from './engines/index.js';
export { wantedCvs } from './commands.js';
export { explorationLength, explorationsOf, lengthInWords } from './explore.js';
export { pilotLength } from './round.js';
export { Journal } from './journal.js';
export { localScheduler, Waiting, type Scheduler, type Step } from './scheduler.js';
export { expectNoJobs, jobsTold, jobsUnderWay, slurmScheduler, taskNamed } from './slurm.js';
export { TaskFiles } from './task.js';
export { runCampaign } from './campaign.js';
export { expectInputs } from './same-inputs.js';
