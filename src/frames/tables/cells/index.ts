/**
 * What cells of a table may hold beside numbers: text, whose words are counted, and nothing, where a number is missing. Who
 * reads a table says of which columns.
 */
export { fitsOne, otherCells, wordsOf, type OtherCells } from './other-cells.js';
export { Words } from './words.js';
