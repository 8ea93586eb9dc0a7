import { LatentcvError } from '../../support/index.js';
import { parseDefinition } from '../../trajectories/index.js';
import type { StructureDefinition } from '../../structures/index.js';
import type { CompositionColumns } from './composition-columns.js';

/** What the inputs of a model are computed from, where no table has them: structures of atoms. */
export interface FeaturesOfStructures extends StructureDefinition {
  of: 'structures';
  /** Symbols of the elements that were learned from. */
  elements: readonly string[];
}

/** The same of tables: the formulas of their rows. */
export interface FeaturesOfCompositions extends CompositionColumns {
  of: 'compositions';
  elements: readonly string[];
}

export type RowFeatures = FeaturesOfStructures | FeaturesOfCompositions;

/**
 * The lines that a model file keeps of what its inputs are: `group metal = not element O`, `descriptors rdf all …`, `composition`;
 * `formula COMPOSITION`, `sites A=A_*`.
 */
export function featureLines(features: RowFeatures): string[] {
  const lines = [features.of, `elements ${features.elements.join(' ')}`];
  if (features.of === 'compositions') {
    const { formula, sites } = features;
    return [...lines, `formula ${formula}`, ...(sites === undefined ? [] : [`sites ${sites}`])];
  }
  const { descriptors, composition } = features;
  return [
    ...lines,
    ...(descriptors?.groups ?? []).map(([name, selection]) => `group ${name} = ${selection}`),
    ...(descriptors?.statements ?? []).map(({ text }) => `descriptors ${text}`),
    ...(composition ? ['composition'] : []),
  ];
}

const kinds = {
  structures: ['elements', 'group', 'descriptors', 'composition'],
  compositions: ['elements', 'formula', 'sites'],
};

/**
 * What such lines say.
 * @throws LatentcvError `bad-model` for a line that is none of them
 */
export function parseFeatures([of, ...lines]: readonly string[]): RowFeatures {
  if (of !== 'structures' && of !== 'compositions') throw unknown(of, Object.keys(kinds));
  const said = lines.map((line) => {
    const [, kind, text = ''] = /^(\w+)(?: (.+))?$/.exec(line) ?? [];
    if (!kinds[of].includes(kind) || (kind === 'composition') !== (text === ''))
      throw unknown(line, kinds[of]);
    return { kind, text };
  });
  const text = (wanted: string): string | undefined => said.find(({ kind }) => kind === wanted)?.text;
  const elements = text('elements')?.split(' ') ?? [];
  if (of === 'compositions') {
    const sites = text('sites');
    return { of, elements, formula: text('formula') ?? '', ...(sites !== undefined && { sites }) };
  }
  const definition = said.filter(({ kind }) => kind === 'group' || kind === 'descriptors');
  const descriptors =
    definition.length === 0 ? undefined : parseDefinition(definition.map((each) => each.text));
  return {
    of,
    elements,
    composition: text('composition') !== undefined,
    ...(descriptors && { descriptors }),
  };
}

const unknown = (line: string, expected: readonly string[]): LatentcvError =>
  new LatentcvError(
    'bad-model',
    `latentcv.features: expected ${expected.join(', ')} but received ${JSON.stringify(line)}`,
    'the file may be of a later version of latentcv: take that one',
  );
