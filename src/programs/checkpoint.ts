/** Where a run can be gone on with. */
export interface Checkpoint {
  /** MD steps that were done, those of earlier starts included. */
  step: number;
  /** The file. */
  path: string;
}
