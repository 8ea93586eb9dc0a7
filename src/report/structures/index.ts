/**
 * Molecules on the page: still pictures as SVG, which 3Dmol.js, inlined, lets the reader turn. No network.
 */
export { confinedStructure, type ConfinedStructure } from './confined-structure.js';
export { confinementWires, type Wire } from './confinement-wires.js';
export { shareColour } from './palette.js';
export { stillPicture, viewBoxOf, type ViewBox } from './still-picture.js';
export {
  colouredCards,
  structureCards,
  structureScripts,
  type ColouredStructure,
} from './structure-cards.js';
