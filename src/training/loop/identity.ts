import { createHash } from 'node:crypto';
import { domainInWords, type Column } from '../../frames/index.js';
import { packageVersion } from '../../support/index.js';
import type { AllFrames } from '../learnable.js';

/** All that a training depends on beside its settings: where one of these differs, it is another training. */
export interface TrainingIdentity {
  /** Of latentcv. */
  version: string;
  /** The method that was taken, and its lag in frames. */
  method: string;
  lagFrames: number;
  streamed: boolean;
  columns: Column[];
  sources: string[];
  /** Segments, and SHA-256 of where they begin and end. */
  stretches: number;
  bounds: string;
  times: string;
  values: string;
}

export function trainingIdentity(
  { columns, segments, fingerprint: values, times, streamed }: AllFrames,
  { name, lagFrames }: { name: string; lagFrames: number },
): TrainingIdentity {
  return {
    version: packageVersion(),
    method: name,
    lagFrames,
    streamed,
    columns: columns.map(({ label, period, quantity }) => ({
      label,
      period,
      quantity,
    })),
    sources: [...new Set(segments.map(({ source }) => source))],
    stretches: segments.length,
    bounds: sha256(Float64Array.from(segments.flatMap(({ start, end }) => [start, end]))),
    times,
    values,
  };
}

function sha256({ buffer, byteOffset, byteLength }: Float64Array): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** In words, what a training was of that another is not of: `other files (a, not b)`; undefined where they are one. */
export function otherTraining(before: TrainingIdentity, now: TrainingIdentity): string | undefined {
  if (before.version !== now.version) return `latentcv ${before.version}, and this is ${now.version}`;
  if (before.streamed !== now.streamed) {
    const where = (streamed: boolean): string => (streamed ? 'on disk (‘stream’)' : 'in memory');
    return `frames ${where(before.streamed)}, which now are ${where(now.streamed)}`;
  }
  return (
    otherSources(before.sources, now.sources) ??
    otherColumns(before.columns, now.columns) ??
    otherFrames(before, now)
  );
}

function otherSources(before: readonly string[], now: readonly string[]): string | undefined {
  if (before.join('\n') === now.join('\n')) return undefined;
  const [was, is] = [without(before, now), without(now, before)];
  if (was.length + is.length === 0) return 'the same files in another order';
  return `other files: ${listed(was) || 'none'} then and ${listed(is) || 'none'} now, beside what is the same`;
}

const without = (all: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return all.filter((name) => !known.has(name));
};

/** Most names in a sentence. */
const mostNamed = 3;

function listed(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return names.slice(0, mostNamed).join(', ') + more;
}

function otherColumns(before: readonly Column[], now: readonly Column[]): string | undefined {
  const [labels, ownLabels] = [before, now].map((columns) => columns.map(({ label }) => label));
  const [gone, added] = [without(labels, ownLabels), without(ownLabels, labels)];
  if (gone.length > 0) return `other columns: ${listed(gone)} was among them`;
  if (added.length > 0) return `other columns: ${listed(added)} was not among them`;
  if (labels.join('\n') !== ownLabels.join('\n')) return 'the same columns in another order';
  for (const [i, column] of before.entries()) {
    if (!samePeriod(column, now[i]))
      return `a column ${column.label} ${periodInWords(column)}, and now it is one ${periodInWords(now[i])}`;
    if (column.quantity !== now[i].quantity)
      return `a column ${column.label} that was ${quantityInWords(column)} and now is ${quantityInWords(now[i])}`;
  }
  return undefined;
}

const samePeriod = (a: Column, b: Column): boolean => a.period?.join() === b.period?.join();

const periodInWords = (column: Column): string =>
  column.period ? `with a period (${domainInWords(column)})` : 'without a period';

const quantityInWords = ({ quantity }: Column): string =>
  quantity === undefined ? 'of an unknown quantity' : `of the quantity ${quantity}`;

function otherFrames(before: TrainingIdentity, now: TrainingIdentity): string | undefined {
  if (before.method !== now.method) return `the method ${before.method}, and these frames take ${now.method}`;
  if (before.stretches !== now.stretches)
    return `frames in ${before.stretches} ${before.stretches === 1 ? 'stretch' : 'stretches'} that follow one another, which now are ${now.stretches}`;
  if (before.lagFrames !== now.lagFrames)
    return `a lag of ${before.lagFrames} frames, which now is one of ${now.lagFrames}: their times are others`;
  if (before.bounds !== now.bounds) return 'stretches of frames that begin or end elsewhere';
  if (before.times !== now.times) return 'frames at other times';
  return before.values === now.values ? undefined : 'other data: the values differ';
}
