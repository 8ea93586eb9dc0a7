// Runs a command with its output in a log, and says in a sentence why it failed.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { logs, root } from './paths.mjs';

/** A step's failure, in words for a person. `unavailable`: this machine cannot have that part at all. */
export class StepError extends Error {
  constructor(message, unavailable = false) {
    super(message);
    this.unavailable = unavailable;
  }
}

const children = new Set();

/** Stops what is still running: called when set-up is interrupted or another step failed. */
export function stopChildren() {
  for (const child of children) process.kill(-child.pid, 'SIGTERM');
}

/** Runs a command from the checkout's root, or throws a StepError with the end of its output. */
export function run(name, command, args, env = {}) {
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  const log = createWriteStream(file);
  const tail = [];
  const keep = (chunk) => {
    log.write(chunk);
    tail.push(chunk.toString());
    if (tail.length > 400) tail.shift();
  };
  return new Promise((resolve, reject) => {
    // a group of its own, so that stopping it stops compilers and downloads below it
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    children.add(child);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      children.delete(child);
      reject(new StepError(`${command} cannot be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      log.end();
      if (code === 0) resolve(tail.join(''));
      else reject(failure(tail.join(''), code ?? signal, file));
    });
  });
}

const networkSigns =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Could not resolve|Temporary failure|NewConnectionError|Failed to fetch|Could not connect|No matching distribution|Read timed out/;

function failure(output, code, file) {
  const lines = output.trim().split('\n').slice(-25);
  const end = lines.map((line) => `    ${line}`).join('\n');
  const where = `(whole log: ${relative(root, file)})`;
  if (code === 3) return new StepError(lines.at(-1), true);
  if (networkSigns.test(output)) {
    return new StepError(
      `a download failed ${where}:\n${end}\n  check the network and the configured package registries, then run this again: finished parts are kept`,
    );
  }
  return new StepError(`exit code ${code} ${where}:\n${end}`);
}
