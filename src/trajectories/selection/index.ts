export { isGroupWord, selectAtoms } from './evaluate.js';
