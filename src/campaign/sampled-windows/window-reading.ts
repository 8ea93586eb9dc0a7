import type { FrameColumns } from '../../frames/index.js';
import type { BiasedWindow } from './states.js';

/** The trajectory of a window and its structure. */
export interface WindowTrajectory {
  file: string;
  structure: string;
}

export interface WindowReading {
  /** ps per unit of the tables. */
  timeUnit?: number;
  begin?: number;
  end?: number;
  /** The trajectory beside a table, where there is one: what biases depend on need not be printed then. */
  trajectoryOf?: (table: string) => Promise<WindowTrajectory | undefined>;
  onWarning?: (line: string) => void;
}

/** The runs with their biases, and their frames as one table. */
export interface ReadWindows {
  windows: BiasedWindow[];
  dataset: FrameColumns;
  /** Biases whose energies were held to what the runs printed of them, and others. */
  checked: number;
  unchecked: number;
  /** Where PLUMED computed the energies: what is to be told of that. */
  driven?: string[];
}
