import { z } from 'zod';
import { closestName } from './closest-name.js';
import { invalidArgument, LatentcvError } from './errors.js';

/** What is said of a setting once, where its schema stands: options of commands, help, docs and messages are made of it. */
export interface SettingFacts {
  /** What it means, in the words of a help text: no capital, no full stop, no default. */
  description: string;
  /** The long option of commands, without its dashes; absent of what only the library takes. */
  flag?: string;
  /** The letter of a short option. */
  short?: string;
  /** What its value is called in the help; absent of what is only said or not. */
  value?: string;
  /** Of a number: `ps` is a time, which a command takes with its own unit, as `5ns`. */
  unit?: string;
  /** Heading that the help lists it under. */
  group?: string;
  /** In words, what is taken where it is left out, if that is no fixed value. */
  otherwise?: string;
  /** A value as one writes it, for messages. */
  example?: string;
  /** Of a list: each use of the option gives one item, blanks and commas in it. */
  each?: boolean;
  /** Of a list: the option takes all words up to the next option. */
  several?: boolean;
}

/** Says of a schema what its setting is. */
export function setting<Schema extends z.ZodType>(schema: Schema, facts: SettingFacts): Schema {
  return schema.meta({ ...facts });
}

/** What was said of a schema by `setting`. */
export function settingFacts(schema: z.ZodType): SettingFacts {
  return { description: '', ...schema.meta() };
}

/** The parts of a JSON schema that settings have. */
export interface SettingSchema {
  type?: 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';
  enum?: string[];
  items?: SettingSchema;
  default?: unknown;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  exclusiveMaximum?: number;
  description?: string;
  [fact: string]: unknown;
}

/** The JSON schema of what a setting is given as, with what is said of it. */
export function settingSchema(schema: z.ZodType): SettingSchema {
  const found = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  delete found.$schema;
  return found as SettingSchema;
}

/** What a setting takes, as in `expected … but received`. */
export function settingInWords(schema: z.ZodType): string {
  const { unit, example, value } = settingFacts(schema);
  const found = settingSchema(schema);
  const such = example === undefined ? '' : ` such as ${example}`;
  if (found.type === 'object') return `${value}${such}`;
  if (found.type === 'array')
    return `${itemsInWords(found.items ?? {}, unit)} with commas or blanks between them${such}`;
  return `${found.enum || found.type === 'string' ? '' : 'a '}${valueInWords(found, unit)}${such}`;
}

function valueInWords(found: SettingSchema, unit?: string): string {
  if (found.enum) return listInWords(found.enum);
  if (found.type === 'string') return 'a text';
  const { sign, range } = limits(found);
  return `${sign}${nounOf(found, unit)}${range}`;
}

function itemsInWords(found: SettingSchema, unit?: string): string {
  if (found.enum) return `some of ${listInWords(found.enum)}`;
  if (found.type === 'string') return 'names';
  const { sign, range } = limits(found);
  return `${sign}${nounOf(found, unit)}s${range}`;
}

const nounOf = ({ type }: SettingSchema, unit?: string): string =>
  unit === 'ps' ? 'time' : type === 'integer' ? 'whole number' : 'number';

function limits({ type, minimum, exclusiveMinimum, maximum, exclusiveMaximum }: SettingSchema): {
  sign: string;
  range: string;
} {
  const known = (limit?: number): number | undefined =>
    limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
  const [lower, upper] = [known(minimum), known(maximum)];
  const below = exclusiveMaximum === undefined ? '' : ` to below ${exclusiveMaximum}`;
  const end = upper === undefined ? below : ` to ${upper}`;
  const positive = exclusiveMinimum === 0 || (type === 'integer' && lower === 1);
  if (positive && end === '') return { sign: 'positive ', range: '' };
  return { sign: '', range: lower === undefined ? end : ` from ${lower}${end}` };
}

/** `a, b or c` */
const listInWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/**
 * An error that says what a setting takes, of what its schema did not take.
 * @param name what the setting is called where it was given: `lag`, `--lag`
 * @param hint where more is told; of a choice, the closest one is named in its place
 */
export function invalidSetting(
  schema: z.ZodType,
  [issue]: readonly z.core.$ZodIssue[],
  name: string,
  actual: unknown,
  hint?: string,
): LatentcvError {
  const { code, message } = invalidArgument(
    issue.code === 'custom' ? issue.message : settingInWords(schema),
    name,
    actual,
  );
  const closest =
    typeof actual === 'string' ? closestName(actual, settingSchema(schema).enum ?? []) : undefined;
  return new LatentcvError(code, message, closest === undefined ? hint : `did you mean ${closest}?`);
}
