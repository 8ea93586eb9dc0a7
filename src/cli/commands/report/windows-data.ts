import type { WindowsAnalysis } from '../../../campaign/index.js';
import type { SampledRun } from '../../../free-energy/index.js';
import type { WindowsData } from '../../../report/index.js';

/** Bins of the histograms of windows. */
const windowBins = 200;

/** What the page shows of windows. */
export function windowsData(
  { windows, states, overlap, warnings }: WindowsAnalysis,
  { values, sample, dataset, period, notes }: SampledRun,
  cv: string,
): WindowsData {
  const all = values(cv);
  let [least, most] = [Infinity, -Infinity];
  for (const value of all) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const [lower, upper] = period(cv) ?? [least, most];
  const scale = upper > lower ? windowBins / (upper - lower) : 0;
  const counts = new Map(windows.map(({ path }) => [path, new Array<number>(windowBins).fill(0)]));
  for (const { start, end, source } of dataset.segments)
    for (let frame = start; frame < end; frame++)
      if (sample.weights[frame] > 0)
        counts.get(source)![
          Math.min(windowBins - 1, Math.max(0, Math.floor((all[frame] - lower) * scale)))
        ]++;
  return {
    windows: windows.map(({ path, analysedFrames, ...window }) => ({
      ...window,
      frames: analysedFrames,
      counts: counts.get(path)!,
    })),
    ...{ lower, upper, states, overlap },
    notes: [...notes, ...warnings],
  };
}
