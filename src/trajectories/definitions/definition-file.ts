import { z } from 'zod';
import { invalidArgument, parseYaml } from '../../support/index.js';
import { parseDefinition, type Definition } from './definition.js';

const definitionFile = z
  .strictObject({
    groups: z
      .record(z.string().regex(/^[A-Za-z_]\w*$/), z.string())
      .optional()
      .describe('names of selections, such as ligand: resname LIG; each may use those above it'),
    descriptors: z
      .array(z.string())
      .min(1)
      .describe('statements such as distances heavy, or contacts ligand pocket r0=0.45'),
  })
  .describe('what a model learns from');

/** Schema of a definition file, for editors. */
export function definitionSchema(): unknown {
  return z.toJSONSchema(definitionFile);
}

/**
 * Reads a YAML file of groups and descriptors.
 * @throws LatentcvError `file-format` naming the file and what of it is wrong
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function readDefinitionFile(text: string, path: string): Definition {
  if (typeof text !== 'string') throw invalidArgument('the text of a file', 'text', text);
  const { groups = {}, descriptors } = parseYaml(
    definitionFile,
    text,
    path,
    'latentcv descriptors --schema prints what it may hold',
  );
  const named = Object.entries(groups).map(([name, selection]) => [name, selection] as [string, string]);
  const { groups: more, statements } = parseDefinition(descriptors);
  return { groups: [...named, ...more], statements };
}
