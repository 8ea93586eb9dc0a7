import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expectSchemaOf } from './expect-schema.js';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Runs the compiled command line as a user's shell would; with `--json`, holds what it prints to its schema. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; without?: readonly string[] } = {},
): CliResult {
  const env: NodeJS.ProcessEnv = { ...process.env, DEBUG: '', ...options.env };
  for (const name of options.without ?? []) delete env[name];
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  expectSchemaOf(args, stdout);
  return { code: status, stdout, stderr };
}
