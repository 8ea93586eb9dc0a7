import type { EpochReport, TrainSettings } from '../training/index.js';

/** How many trainings are done after an epoch of one that may stop early, the part of the one under way counted in. */
export function countedTrainings({
  restarts,
}: Pick<TrainSettings, 'restarts'>): (report: EpochReport) => number {
  let begun = 0;
  return ({ epoch, epochs, restart }) => {
    if (epoch === 1 && restart === 0) begun++;
    return begun - 1 + (restart + epoch / epochs) / restarts;
  };
}
