/**
 * When frames were made: runs, their parts, restarts, holes and segments, with one set of tolerances for tables and
 * trajectories. Rows go in, and those that count come out in batches.
 */
export { BatchBuilder, type FrameBatch } from './batch-builder.js';
export { type FileSegment, FileSegments, spacingOf } from './file-segments.js';
export { type BadValue, FrameSink, type RowLayout, badValue } from './frame-sink.js';
export { frameSpacing } from './frame-spacing.js';
export { FrameTimes, type Times } from './frame-times.js';
export { runOfPart } from './parts.js';
export { SegmentCounter } from './segment-counter.js';
export { type TimeRange, endsOf } from './time-range.js';
export { type RunFile, type PlannedSegment, ReplacedFrames, type TimedFile, timelineOf } from './timeline.js';
export { evenWithin, holeFrom, singleRoundoff, toldBySpacing } from './tolerances.js';
