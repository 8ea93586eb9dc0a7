import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/folders.js';

/** Runs an example in its short form; all that it says, and its exit code. */
export function runExample(name: string, folder: string): Promise<{ output: string; code: number | null }> {
  const script = join(packageRoot(), 'examples', name, 'run.sh');
  const child = spawn('bash', [script, '--quick', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ output, code }));
  });
}
