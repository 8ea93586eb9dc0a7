import { z } from 'zod';
import { LatentcvError } from '../support/index.js';
import { formatReferences, parseReferences } from './alignment-reference.js';
import { formatDescriptors, parseDescriptors } from './descriptor-lines.js';
import { alignmentProblem, type DescriptorSet } from './descriptor-set.js';
import { formatPoint, parsePoints } from './points.js';

const kept = z.object({
  atoms: z.array(z.number().int().positive()).nonempty(),
  names: z.array(z.string()).optional(),
  pbc: z.boolean(),
  /** Lines as a model file has them. */
  descriptors: z.array(z.string()).nonempty(),
  references: z.array(z.array(z.number())).optional(),
  points: z.array(z.string()).optional(),
});

/** A set as a line of JSON, which a table keeps beside its numbers; its lines are those of a model file. */
export function descriptorSetText({ atoms, items, pbc, references, points, names }: DescriptorSet): string {
  return JSON.stringify({
    atoms,
    names,
    pbc,
    descriptors: formatDescriptors(items),
    references: references && formatReferences(references).map((line) => line.split(' ').map(Number)),
    points: points?.map(formatPoint),
  });
}

/**
 * The set that such a line tells.
 * @param path where it stands, for messages
 * @throws LatentcvError `file-format` where it tells none
 */
export function parseDescriptorSet(text: string, path: string): DescriptorSet {
  try {
    const { atoms, names, pbc, descriptors, references, points: lines } = kept.parse(JSON.parse(text));
    const places = atoms.length + (lines?.length ?? 0);
    const aligned = references && parseReferences(references, places);
    const points = lines && parsePoints(lines, atoms.length, aligned ?? []);
    const items = parseDescriptors(descriptors, places);
    const problem = items
      .map((item) => alignmentProblem(item, aligned ?? []))
      .find((each) => each !== undefined);
    if (problem !== undefined || (names && names.length !== atoms.length))
      throw new Error(problem ?? 'names');
    return {
      atoms,
      items,
      pbc,
      lengthUnit: 'nm',
      ...(aligned && { references: aligned }),
      ...(points && { points }),
      ...(names && { names }),
    };
  } catch (error) {
    const why = error instanceof LatentcvError ? `: ${error.message}` : '';
    throw new LatentcvError(
      'file-format',
      `expected the descriptors that latentcv descriptors wrote in ${path} but they cannot be read${why}`,
      'write the table anew, or take the line of its descriptors out',
    );
  }
}
