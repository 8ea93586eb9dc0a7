/**
 * What keeps a guest near its host in a run: a sphere, a cylinder or a funnel, with its columns, its text in a PLUMED input, and
 * the volume that it leaves to the guest. Who writes it into inputs and who takes ΔG° from it share this.
 */
export {
  confinementSchema,
  coordinatesOf,
  radiusAt,
  wallEnergy,
  type AxialConfinement,
  type Confinement,
  type Coordinate,
  type SphereConfinement,
} from './confinement.js';
export { confinementText, parseConfinement } from './confinement-text.js';
export { confinedVolume, type VolumeBounds } from './confined-volume.js';
