import type { z } from 'zod';
import {
  invalidSetting,
  picoseconds,
  settingFacts,
  settingSchema,
  type SettingFacts,
  type SettingSchema,
} from '../../support/index.js';
import { finiteNumber, listed } from './words.js';

/**
 * The value of a setting as words of the command line say it, those of a list by commas or blanks.
 * @param texts what the option was given, once or several times
 * @throws LatentcvError `bad-argument`: `expected a positive time such as 10ps for --lag but received "long"`
 */
export function readSetting(
  schema: z.ZodType,
  texts: readonly string[],
  name: string,
  hint?: string,
): unknown {
  const given = valueOf(texts, settingSchema(schema), settingFacts(schema));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidSetting(schema, parsed.error.issues, name, texts.at(-1), hint);
}

function valueOf(texts: readonly string[], shape: SettingSchema, facts: SettingFacts): unknown {
  if (shape.type === 'object') return assigned(texts);
  if (shape.type !== 'array') return wordOf(texts.at(-1)!, shape, facts);
  const words = facts.each || facts.several ? texts : texts.flatMap(listed);
  return words.map((word) => (word === '' ? null : wordOf(word, shape.items ?? {}, facts)));
}

function wordOf(text: string, { type }: SettingSchema, { unit }: SettingFacts): unknown {
  if (unit === 'ps') return picoseconds(text);
  if (type === 'number' || type === 'integer') return finiteNumber(text);
  return text;
}

/** `name=value`; numbers, lists of numbers, true and false are understood. Null where one is none. */
function assigned(texts: readonly string[]): Record<string, unknown> | null {
  const pairs = texts.map((text) => /^([^=]+)=(.+)$/.exec(text.trim()));
  if (pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair![1], plainValue(pair![2])]));
}

function plainValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
