// Writes the tables of options in docs anew, from what the commands take. usage: node scripts/docs-options.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './parts/paths.mjs';
import { allCommands } from '../dist/src/cli/program.js';
import { withOptionTables } from '../dist/src/cli/options/index.js';

const commands = await allCommands();
const docs = join(root, 'docs');
for (const name of readdirSync(docs, { recursive: true })) {
  if (!name.endsWith('.md')) continue;
  const path = join(docs, name);
  const page = readFileSync(path, 'utf8');
  const made = withOptionTables(page, commands);
  if (made === page) continue;
  writeFileSync(path, made);
  console.log(`docs/${name}`);
}
