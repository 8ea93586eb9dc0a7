import type { Column, FrameColumns } from '../../src/frames/index.js';
import { weighRun, type SampledRun } from '../../src/free-energy/index.js';

/** A run of columns in memory, one frame per ps, in stretches that are runs of their own; `bias` in kJ/mol. */
export function runOf(
  columns: Readonly<Record<string, Float64Array>>,
  {
    runs,
    bias,
    periods = {},
    temperature = 300,
  }: {
    runs?: readonly number[];
    bias?: Float64Array;
    periods?: Readonly<Record<string, readonly [number, number]>>;
    temperature?: number;
  } = {},
): SampledRun {
  const all: Record<string, Float64Array> = { ...columns, ...(bias && { 'opes.bias': bias }) };
  const frames = Object.values(columns)[0].length;
  let at = 0;
  const segments = (runs ?? [frames]).map((length, i) => ({
    start: at,
    end: (at += length),
    source: `run${i}`,
  }));
  const dataset: FrameColumns = {
    columns: Object.keys(all).map((label): Column => ({ label, period: periods[label] })),
    frames,
    time: Float64Array.from({ length: frames }, (_, frame) => frame),
    segments,
    single: false,
    values: (label) => all[label],
    period: (label) => periods[label],
  };
  const weigh = bias ? ['opes.bias'] : [];
  return weighRun(
    dataset,
    { weigh, bound: [], notes: [] },
    { columns: Object.keys(columns), temperature, discard: 0 },
  );
}
