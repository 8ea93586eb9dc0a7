/**
 * Descriptors as data: their kinds, lines in a model file, labels, units and periods. Values and derivatives are computed by
 * the native core alone.
 */
export {
  groupsOf,
  mapAtoms,
  mapReferences,
  pairsOf,
  partnersOf,
  referencesOf,
  type AlignedPositionDescriptor,
  type AngleDescriptor,
  type AxisDescriptor,
  type BoxDescriptor,
  type ContactDescriptor,
  type CoordinationDescriptor,
  type Descriptor,
  type DescriptorKind,
  type DirectionDescriptor,
  type DistanceComponentDescriptor,
  type DistanceDescriptor,
  type FrameCentres,
  type GyrationDescriptor,
  type HydrogenBondsDescriptor,
  type InFrame,
  type InverseDistanceDescriptor,
  type LeastRmsdDescriptor,
  type PositionDescriptor,
  type RingDescriptor,
  type RmsdDescriptor,
  type SortedDistanceDescriptor,
  type TorsionDescriptor,
} from './descriptor.js';
export {
  formatReferences,
  parseReferences,
  referenceProblem,
  type AlignmentReference,
} from './alignment-reference.js';
export {
  formatDescriptor,
  formatDescriptors,
  parseDescriptor,
  parseDescriptors,
} from './descriptor-lines.js';
export {
  alignedPositions,
  alignmentProblem,
  descriptorsBySerial,
  descriptorSet,
  distancesBetween,
  pointsBySerial,
  positionsOf,
  referencesBySerial,
  sortedDistances,
  type DescriptorOptions,
  type DescriptorSet,
} from './descriptor-set.js';
export {
  degreeProblem,
  planeFamily,
  planesProblem,
  statisticProblem,
  type AtomStatistic,
  type BraggDescriptor,
  type CellDescriptor,
  type CrystalDescriptor,
  type Plane,
  type SteinhardtDescriptor,
  type VolumeDescriptor,
} from './crystal-descriptors.js';
export {
  isDistribution,
  type CoordinationNumberDescriptor,
  type DebyeDescriptor,
  type DistanceGrid,
  type DistributionDescriptor,
  type PairEntropyDescriptor,
  type PivDescriptor,
  type RdfDescriptor,
  type SimilarityDescriptor,
} from './distribution-descriptors.js';
export {
  elementNumber,
  isOfEnvironments,
  speciesName,
  type AcsfDescriptor,
  type EnvironmentDescriptor,
  type ExpansionBasis,
  type SoapDescriptor,
  type SymmetryFunction,
} from './environment-descriptors.js';
export { descriptorKinds, descriptorProblem, quantityOf } from './kinds.js';
export {
  descriptorLabel,
  descriptorLabelOf,
  descriptorLabels,
  descriptorOfLabel,
  descriptorUnits,
  pointLabels,
} from './labels.js';
export {
  formatPoint,
  mapPoint,
  parsePoints,
  pointNumber,
  pointProblem,
  pointSerial,
  type CentrePoint,
  type Point,
  type SitePoint,
} from './points.js';
export type { SwitchingFunction } from './switching-function.js';
export { atomsOfDescriptors, selectDescriptors } from './select-descriptors.js';
export { descriptorSetText, parseDescriptorSet } from './set-text.js';
export { periodProblem } from './periods.js';
export {
  descriptorKey,
  descriptorKeys,
  inOtherPoints,
  sameDescriptor,
  sameReference,
} from './same-descriptor.js';
