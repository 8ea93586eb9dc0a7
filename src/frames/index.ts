/**
 * Frames of simulations as tables of numbers: what a table's columns are called, which of its frames count, and tables
 * written. A `Dataset` is what the rest of the house learns from.
 */
export { evenStrides } from './even-strides.js';
export {
  type FrameBatch,
  FileSegments,
  spacingOf,
  frameSpacing,
  FrameTimes,
  type Times,
  SegmentCounter,
  endsOf,
  type TimeRange,
  ReplacedFrames,
  runOfPart,
  timelineOf,
  type RunFile,
  type PlannedSegment,
  type TimedFile,
  evenWithin,
  holeFrom,
  singleRoundoff,
} from './timeline/index.js';
export { readTableBatches, type TableOptions } from './table-batches.js';
export { columnValues } from './column-values.js';
export type { Column, Dataset, RunSegment, Segment } from './dataset.js';
export { domainInWords, sameDomain } from './domains.js';
export { dropColumns } from './drop-columns.js';
export { expectDataset, expectSegments } from './expect-dataset.js';
export { fingerprint } from './fingerprint.js';
export {
  AddedColumn,
  piExpression,
  piText,
  tableDefinition,
  tableKind,
  tableLabels,
  type TableKind,
  type TimedValues,
} from './tables/index.js';
export { GrowingTable, growingColumns } from './growing/index.js';
export { readColumns, type FrameColumns } from './read-columns.js';
export { readTables, type TableDataset } from './read-tables.js';
export { collectFrames, type BatchRoom, type FrameStream } from './frame-stream.js';
export { joinTables, type JoinedTables } from './joining/index.js';
export {
  columnsFitting,
  fitsColumn,
  isBiasOutput,
  selectColumns,
  unbiasedHint,
  type ColumnPattern,
} from './select-columns.js';
export type { PeriodicColumns } from './periods.js';
export { expectTablePlace, writeTable, writeTables, type WrittenTable } from './writing/index.js';
