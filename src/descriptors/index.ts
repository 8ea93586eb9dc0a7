export { formatDescriptor, parseDescriptor } from './descriptor-lines.js';
export {
  descriptorsBySerial,
  descriptorSet,
  distancesBetween,
  type Descriptor,
  type DescriptorOptions,
  type DescriptorSet,
  type DistanceDescriptor,
} from './descriptor-set.js';
export { descriptorLabel, descriptorLabels, descriptorUnits } from './labels.js';
