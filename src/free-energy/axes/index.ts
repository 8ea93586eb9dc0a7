/**
 * Coordinates of frames, and how these are spread along them. The grid on which a density is told is here, and the finer one that
 * it is computed from.
 */
export {
  binMiddle,
  coordinateSpread,
  meanOf,
  quantile,
  spreadBins,
  unwrappedAbout,
  type CoordinateSpread,
} from './coordinate-spread.js';
export { binsFor, fineAxisFor, reach, Stencil, type FineAxis } from './fine-axis.js';
export {
  axisFor,
  axisSpacing,
  axisValues,
  type AxisOptions,
  type DensityAxis,
  type GridAxis,
} from './grid.js';
