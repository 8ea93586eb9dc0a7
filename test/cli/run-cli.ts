import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Runs the compiled command line as a user's shell would. */
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
  return { code: status, stdout, stderr };
}
