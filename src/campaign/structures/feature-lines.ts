import { LatentcvError } from '../../support/index.js';
import { parseDefinition, type Definition } from '../../trajectories/index.js';
import type { StructureDefinition } from '../../structures/index.js';

/** What the inputs of a model are computed from, where no table has them. */
export interface RowFeatures extends StructureDefinition {
  /** Structures of atoms. */
  of: 'structures';
  /** Symbols of the elements that were learned from. */
  elements: readonly string[];
}

/** The lines that a model file keeps of what its inputs are: `group metal = not element O`, `descriptors rdf all …`, `composition`. */
export function featureLines({ of, elements, descriptors, composition }: RowFeatures): string[] {
  return [
    of,
    `elements ${elements.join(' ')}`,
    ...(descriptors?.groups ?? []).map(([name, selection]) => `group ${name} = ${selection}`),
    ...(descriptors?.statements ?? []).map(({ text }) => `descriptors ${text}`),
    ...(composition ? ['composition'] : []),
  ];
}

/**
 * What such lines say.
 * @throws LatentcvError `bad-model` for a line that is none of them
 */
export function parseFeatures(lines: readonly string[]): RowFeatures {
  const [of, ...rest] = lines;
  if (of !== 'structures') throw unknown(of);
  const said = rest.map((line) => {
    const [, kind, text] = /^(elements|group|descriptors|composition)(?: (.+))?$/.exec(line) ?? [];
    if (kind === undefined || (kind === 'composition') !== (text === undefined)) throw unknown(line);
    return { kind, text };
  });
  const ofDefinition = said.filter(({ kind }) => kind === 'group' || kind === 'descriptors');
  const descriptors: Definition | undefined =
    ofDefinition.length === 0 ? undefined : parseDefinition(ofDefinition.map(({ text }) => text));
  return {
    of,
    elements: said.find(({ kind }) => kind === 'elements')?.text.split(' ') ?? [],
    composition: said.some(({ kind }) => kind === 'composition'),
    ...(descriptors && { descriptors }),
  };
}

const unknown = (line: string): LatentcvError =>
  new LatentcvError(
    'bad-model',
    `latentcv.features: expected structures, elements, group, descriptors or composition but received ${JSON.stringify(line)}`,
    'the file may be of a later version of latentcv: take that one',
  );
