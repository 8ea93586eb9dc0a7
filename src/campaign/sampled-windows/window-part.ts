/** What one run brought. */
export interface WindowPart {
  name: string;
  path: string;
  /** The state that it was sampled in, by its number. */
  state: number;
  /** K */
  temperature: number;
  frames: number;
  analysedFrames: number;
  /** So many frames are worth one, by the slowest of the energies that the free energies rest on, and how many there are so. */
  inefficiency: number;
  effectiveFrames: number;
  /** Mean of the CV. */
  mean: number;
  /** Its biases, as the input has them. */
  biases: string[];
}
