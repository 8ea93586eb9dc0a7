import { describeSystem } from '../campaign/index.js';
import { expectTablePlace, writeTables, type FrameBatch } from '../frames/index.js';
import { LatentcvError } from '../support/index.js';
import { columnsOf, readTrajectoryBatches } from '../trajectories/index.js';
import type { Progress } from './progress.js';
import {
  timeRange,
  type TimeRangeOptions,
  definitionOf,
  filesNamed,
  trajectoryReading,
  type TrajectoryOptions,
} from './options/index.js';
import type { Terminal } from './terminal.js';

/** Writes the descriptors of trajectories' frames as a table, in flat memory. */
export async function writeDescriptors(
  files: readonly string[],
  options: TrajectoryOptions & TimeRangeOptions & { output: string },
  terminal: Terminal,
): Promise<void> {
  if (files.length === 0)
    throw new LatentcvError(
      'bad-argument',
      'expected trajectories whose descriptors are written but received none',
    );
  const { output, structure, pbc } = options;
  const inputs = [...files, ...filesNamed(options)];
  await expectTablePlace(output, inputs);
  const definition = await definitionOf(options);
  const reading = trajectoryReading(options);
  const { expanded, reason, atoms } = await describeSystem({
    files,
    reading,
    structure,
    definition,
    pbc: pbc === false ? pbc : undefined,
  });
  const { set } = expanded;
  for (const note of expanded.notes) terminal.note(note);
  terminal.note(`${set.items.length} descriptors of ${set.atoms.length} atoms (${reason})`);
  let progress: Progress | undefined;
  const batches = readTrajectoryBatches(
    files,
    { set, atoms },
    {
      ...reading,
      ...timeRange(options),
      onWarning: (line) => terminal.warn(line),
      onFrames: (done, all) => (progress ??= terminal.progress('frames', all)).update(done),
    },
  );
  const frames = interruptible(batches, terminal.signal);
  const written = await writeTables(output, columnsOf(set), frames, inputs).finally(() => progress?.stop());
  for (const { path, frames } of written) terminal.print(`${path}: ${frames} frames`);
  terminal.json({ output, files: written, descriptors: columnsOf(set).map(({ label }) => label) });
}

async function* interruptible(
  batches: AsyncIterable<FrameBatch>,
  signal: AbortSignal,
): AsyncGenerator<FrameBatch> {
  for await (const batch of batches) {
    if (signal.aborted)
      throw new LatentcvError('interrupted', 'writing descriptors was stopped: nothing is left');
    yield batch;
  }
}
