import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LatentcvError } from '../../support/errors.js';

const execute = promisify(execFile);

interface ToolError extends Error {
  code?: number | string;
  stdout?: string;
  stderr?: string;
}

/**
 * Runs a short command to its end and returns its output.
 *
 * @throws LatentcvError `missing-tool` where it cannot be started, `interrupted` where the signal came,
 *   `tool-failed` with its last lines otherwise
 */
export async function runTool(
  command: string,
  args: readonly string[],
  options: { folder: string; signal?: AbortSignal },
): Promise<string> {
  try {
    const { stdout } = await execute(command, args, {
      cwd: options.folder,
      maxBuffer: 64 << 20,
      ...(options.signal && { signal: options.signal }),
    });
    return stdout;
  } catch (error) {
    throw explain(error as ToolError, command, args, options.folder);
  }
}

function explain(error: ToolError, command: string, args: readonly string[], folder: string): LatentcvError {
  if (error.name === 'AbortError') return new LatentcvError('interrupted', `${command} was interrupted`);
  if (error.code === 'ENOENT') return new LatentcvError('missing-tool', `expected the command ${command}, which cannot be started`);
  const tail = `${error.stdout ?? ''}\n${error.stderr ?? ''}`.trim().split('\n').slice(-12).join('\n');
  const line = [command, ...args].join(' ');
  return new LatentcvError('tool-failed', `"${line}" ended with exit code ${error.code} in ${folder}:\n${tail}`);
}
