/** What a contestant is asked, a line of JSON each. */
export interface Commands {
  /** Losses of the first steps, from the first weights, in the first order. */
  curve: { command: 'curve'; steps: number };
  /** Time of so many more steps. */
  steps: { command: 'steps'; steps: number };
  /** A training from the first weights; the time of each epoch after the first, with its validation. */
  epochs: { command: 'epochs'; epochs: number };
  memory: { command: 'memory' };
}

export type Command = Commands[keyof Commands];

/** Seconds on the wall and of the process's threads together. */
export interface Seconds {
  wall: number;
  cpu: number;
}

/** What a contestant answers, a line of JSON each. */
export interface Answers {
  curve: { losses: number[] };
  steps: Seconds;
  /** `firstLoss` is the mean training loss of the first epoch. */
  epochs: { epochs: Seconds[]; firstLoss: number };
  memory: { peakMegabytes: number };
}
