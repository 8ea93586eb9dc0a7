import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../src/support/index.js';

type Schema = Parameters<typeof z.fromJSONSchema>[0];

/** A schema that refuses keys it does not name. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const own = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  const closed = own.type === 'object' && own.properties !== undefined;
  return closed ? { additionalProperties: false, ...own } : own;
}

const schemaFile = (command: string): string => join(packageRoot(), 'docs', 'schemas', `${command}.json`);

/** Holds what a command line printed to its schema, where it asked for JSON and nothing failed. */
export function expectSchemaOf([command, ...words]: readonly string[], stdout: string): void {
  if (!words.includes('--json') || stdout === '' || words.includes('--schema')) return;
  if (command === undefined || !existsSync(schemaFile(command))) return;
  const printed = JSON.parse(stdout) as object;
  if (!('error' in printed)) expectSchema(command, printed);
}

/** What a command printed is what docs/schemas says of it, without a key that is not named there. */
export function expectSchema(command: string, printed: unknown): void {
  const text = readFileSync(schemaFile(command), 'utf8');
  const found = z.fromJSONSchema(strict(JSON.parse(text)) as Schema).safeParse(printed);
  assert.ok(found.success, `${command}: ${JSON.stringify(found.error?.issues, undefined, 1)}`);
}
