/** Figures as files: SVG as the page has it, PNG, and PDF whose lines and letters are curves. Their type is DejaVu Sans, which the package holds. */
export { figureFile, imageKind, imageKinds, type ImageKind } from './figure-file.js';
