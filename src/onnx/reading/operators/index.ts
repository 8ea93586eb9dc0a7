/**
 * What each ONNX operator means in our ops: a table of functions from a node to expressions, in one file for each kind of
 * operator. Which nodes are read, and in what order, is the folder above.
 */
export { formOf } from './forms.js';
export { sklearnForms } from './sklearn.js';
