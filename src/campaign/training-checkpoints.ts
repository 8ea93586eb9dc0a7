import { existsSync } from 'node:fs';
import { isOfEndedTraining, type CheckpointOptions } from '../training/index.js';

/** What is trained, and how it is kept meanwhile. */
interface Kept {
  output: string;
  ensemble?: number;
  checkpoint?: Omit<CheckpointOptions, 'file'>;
  onWarning?: (message: string) => void;
}

/** Where a training is kept until it is done; tells of what is there and is not gone on from. */
export function checkpointsOf({ output, ensemble = 1, checkpoint, onWarning }: Kept): {
  ranking: string;
  members: string[];
} {
  const members = Array.from({ length: ensemble }, (_, m) => checkpointFile(output, m));
  const files = { ranking: `${output}.ranking.checkpoint`, members };
  const there = [files.ranking, ...members].filter((file) => existsSync(file));
  const left = there.find((file) => !isOfEndedTraining(file));
  if (!checkpoint?.resume && left !== undefined)
    onWarning?.(`${left} of a training that did not finish is replaced; ‘resume’ goes on from it`);
  return files;
}

const checkpointFile = (output: string, member: number): string =>
  member === 0 ? `${output}.checkpoint` : `${output}.member-${member + 1}.checkpoint`;
