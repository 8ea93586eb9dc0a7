/**
 * What a user writes of descriptors, and the descriptors that it means for one structure. A definition is text or YAML; it
 * becomes a `DescriptorSet` of atoms by number.
 */
export { automaticDefinition, type AutomaticChoice } from './automatic.js';
export { definitionSchema, readDefinitionFile } from './definition-file.js';
export {
  type Definition,
  type DefinitionStatement,
  type StatisticsOptions,
  parseDefinition,
} from './definition.js';
export type { DistributionOptions } from './distribution-options.js';
export type { LeastDistances } from './ever-near.js';
export { type ExpandedDefinition, type Expansion, expandDefinition } from './expand.js';
export { renumbered } from './renumber.js';
