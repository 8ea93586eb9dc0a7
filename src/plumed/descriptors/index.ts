/**
 * Descriptors as PLUMED statements, and statements as descriptors: atom lists, MOLINFO's symbols, switching functions and
 * the structures that atoms are aligned to. What a model file cannot hold is told with its line.
 */
export { Alignments } from './alignments.js';
export { AtomLists } from './atom-lists.js';
export {
  type StatementOptions,
  descriptorAction,
  descriptorStatements,
  hasStatement,
} from './descriptor-statements.js';
export { descriptorsFromPlumed, lengthLabels } from './descriptors-from-plumed.js';
export { checkMolinfo } from './molinfo.js';
export { type InputContext, plainDescriptor } from './plain-descriptor.js';
export { formatReferencePdb, parseReferencePdb } from './reference-pdb.js';
export { serials, serialWords } from './serials.js';
export { switchWords } from './switching-words.js';
