export { automaticDefinition } from './automatic.js';
export { definitionSchema, readDefinitionFile } from './definition-file.js';
export { type Definition, type Statement, parseDefinition, statementKinds } from './definition.js';
export { type ExpandedDefinition, type Expansion, expandDefinition } from './expand.js';
export { renumbered } from './renumber.js';
export { isShortForm, ruleOf, shortForms } from './short-forms.js';
