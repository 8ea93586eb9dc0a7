export {
  mapAtoms,
  pairsOf,
  partnersOf,
  type AngleDescriptor,
  type ContactDescriptor,
  type CoordinationDescriptor,
  type Descriptor,
  type DescriptorKind,
  type DistanceComponentDescriptor,
  type DistanceDescriptor,
  type InverseDistanceDescriptor,
  type SortedDistanceDescriptor,
  type SwitchingFunction,
  type TorsionDescriptor,
} from './descriptor.js';
export { formatDescriptor, parseDescriptor } from './descriptor-lines.js';
export {
  descriptorsBySerial,
  descriptorSet,
  distancesBetween,
  sortedDistances,
  type DescriptorOptions,
  type DescriptorSet,
} from './descriptor-set.js';
export { descriptorKinds, descriptorProblem, type KindTraits } from './kinds.js';
export { descriptorLabel, descriptorLabels, descriptorUnits } from './labels.js';
export { periodProblem } from './periods.js';
export { sameDescriptor } from './same-descriptor.js';
