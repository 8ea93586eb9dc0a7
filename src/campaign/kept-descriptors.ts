import {
  descriptorLabels,
  parseDescriptorSet,
  selectDescriptors,
  type DescriptorSet,
} from '../descriptors/index.js';
import { tableDefinition } from '../frames/index.js';
import { shortList } from '../support/index.js';
import type { Describe } from './ready-frames.js';

/**
 * The descriptors that tables keep which `latentcv descriptors` wrote, by the labels of their columns; undefined where not
 * all of them keep the same.
 * @throws LatentcvError `file-format` where a table keeps what cannot be read
 */
export async function keptDescriptors(
  files: readonly string[],
  onWarning: (message: string) => void = () => undefined,
): Promise<Describe | undefined> {
  const texts: (string | undefined)[] = [];
  for (const file of files) texts.push(await tableDefinition(file).catch(() => undefined));
  const [text] = texts;
  if (texts.every((each) => each === undefined)) return undefined;
  const other = texts.findIndex((each) => each !== text);
  if (text === undefined || other >= 0) {
    onWarning(
      `${files[0]} and ${files[Math.max(other, 1)]} do not keep the same descriptors: the model takes its inputs by their labels (ARG), not from atoms`,
    );
    return undefined;
  }
  return selecting(parseDescriptorSet(text, files[0]), onWarning);
}

/** Columns of the set by their labels; of others the model is one of arguments, which is told. */
function selecting(set: DescriptorSet, onWarning: (message: string) => void): Describe {
  const places = new Map(descriptorLabels(set).map((label, i) => [label, i] as const));
  return (inputs) => {
    const others = inputs.filter(({ label }) => !places.has(label)).map(({ label }) => label);
    if (others.length === 0)
      return selectDescriptors(
        set,
        inputs.map(({ label }) => places.get(label)!),
      );
    onWarning(
      `${shortList(others, 5)} is no descriptor that the table keeps: the model takes its inputs by their labels (ARG), not from atoms`,
    );
    return undefined;
  };
}
