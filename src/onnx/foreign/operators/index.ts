export { type ReadForm, type ReadForms, readForms } from './forms.js';
export { countOf, lengthOf } from './merged.js';
export { settle } from './settled.js';
export { sklearnForms } from './sklearn.js';
