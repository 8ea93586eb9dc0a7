import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/index.js';

const page = readFileSync(join(packageRoot(), 'docs', 'json.md'), 'utf8');

/** Keys that docs/json.md gives a command, and of them those that are always there. */
function documented(command: string): { all: string[]; always: string[] } {
  const section = page.split(/^## /m).find((text) => text.startsWith(`\`latentcv ${command}\``)) ?? '';
  const rows = [...section.matchAll(/^\| (`[^|]*) \|(?:[^|]*)\| ?(.*?) ?\|$/gm)].map(([, names, absent]) => ({
    names: [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    absent,
  }));
  return {
    all: rows.flatMap(({ names }) => names),
    always: rows.filter(({ absent }) => absent === '').flatMap(({ names }) => names),
  };
}

/** What a command printed has the keys that docs/json.md gives it, no fewer and no more. */
export function expectDocumented(command: string, printed: object): void {
  const { all, always } = documented(command);
  const keys = Object.keys(printed);
  assert.ok(all.length > 0, command);
  assert.deepEqual(
    keys.filter((key) => !all.includes(key)),
    [],
    `${command} prints what docs/json.md does not tell`,
  );
  assert.deepEqual(
    always.filter((key) => !keys.includes(key)),
    [],
    `docs/json.md tells what ${command} does not print`,
  );
}
