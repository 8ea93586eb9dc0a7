import type { CrossingRate } from '../pilots/index.js';

/** What of the JSON of its commands a campaign reads. */

export interface TrainTold {
  output: string;
}

export interface PlumedTold {
  text: string;
  /** As PLUMED names them: `cv.node-0`. */
  components: string[];
  added: string[];
}

export interface PilotTold {
  judges: { column: string; basins: { interval: Bounds; core: Bounds; fraction: number }[] }[];
  pilots: {
    name: string;
    model: string;
    label: string;
    folders: string[];
    nanoseconds: number;
    crossing: CrossingRate;
    outside: { part: number; farthest: number } | null;
  }[];
  notes: string[];
}

/** `null` where it has no end. */
export type Bounds = readonly [number | null, number | null];

export interface FesTold {
  analysedFrames: number;
  temperature: number;
  transitions: { analysed: number; all: number } | null;
  deltaFs?: {
    from: string;
    to: string;
    value: number | null;
    error: number | null;
    reason: string | null;
    transitions: number;
    reliable: boolean;
    warnings: string[];
    replicas: { source: string; value: number | null; error: number | null; transitions: number }[];
  }[];
  drift?: { rms: number | null } | null;
  notes: string[];
}

export interface InspectTold {
  diagnostics?: {
    quality: { basins: number; crossings?: number; slowness?: number };
    frames: number;
  };
}
