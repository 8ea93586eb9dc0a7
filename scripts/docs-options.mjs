// Writes what is made from what the commands take and print anew: the tables of options and the schemas of results in docs, and the
// functions of the Python module.
// usage: node scripts/docs-options.mjs
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputSchemas, schemaText } from './parts/output-schemas.mjs';
import { root } from './parts/paths.mjs';
import { pythonFunctions } from './parts/python-functions.mjs';
import { allCommands } from '../dist/src/cli/program.js';
import { withOptionTables } from '../dist/src/cli/options/index.js';

const commands = await allCommands();

function write(name, make) {
  const path = join(root, name);
  const there = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const made = make(there);
  if (made === there) return;
  writeFileSync(path, made);
  console.log(name);
}

for (const name of readdirSync(join(root, 'docs'), { recursive: true }))
  if (name.endsWith('.md')) write(join('docs', name), (page) => withOptionTables(page, commands));
write(join('python', 'latentcv', '_commands.py'), () => pythonFunctions(commands));
mkdirSync(join(root, 'docs', 'schemas'), { recursive: true });
for (const [command, schema] of outputSchemas())
  write(join('docs', 'schemas', `${command}.json`), () => schemaText(schema));
