import { parse } from 'yaml';
import { z } from 'zod';
import { LatentcvError } from './errors.js';

/**
 * What a YAML file holds, checked and with its defaults.
 * @param path for the message
 * @param hint how one finds out what it may hold
 * @throws LatentcvError `file-format` naming the file and what of it is wrong
 */
export function parseYaml<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  path: string,
  hint: string,
): z.infer<Schema> {
  try {
    return schema.parse(parse(text));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? z.prettifyError(error)
        : error instanceof Error
          ? error.message
          : String(error);
    throw new LatentcvError('file-format', `${path}: ${reason}`, hint);
  }
}
