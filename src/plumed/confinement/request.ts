import type { Confinement } from '../../sampling/index.js';
import type { Vector } from './host-frame.js';

/** Host and guest as they lie in a pose, molecules whole, and the guest in its image nearest to the host. */
export interface ConfinementPose {
  /** PLUMED's serials (from 1) and places, nm, of the atoms that tell where host and guest are. */
  host: { serials: readonly number[]; places: readonly Vector[] };
  guest: { serials: readonly number[]; places: readonly Vector[] };
  /** Rows, nm; undefined without a periodic box. */
  box?: readonly Vector[];
}

/** A confinement without the names of its columns, which the input decides. */
export type ConfinementShape = WithoutColumns<Confinement>;
type WithoutColumns<Shape> = Shape extends unknown ? Omit<Shape, 'distance' | 'depth' | 'radial'> : never;

/** What is to keep the guest near its host. */
export interface ConfinementRequest {
  shape: ConfinementShape;
  pose: ConfinementPose;
  /** Along which the guest leaves, in the pose, and a point on it; not of a sphere. */
  axis?: { direction: Vector; through: Vector };
  /**
   * Of a funnel, for PLUMED's FUNNEL_PS: the PDB file of the host, as PLUMED is to open it. Without it depth and radius are
   * those in the frame of the host's centres.
   */
  reference?: string;
}
