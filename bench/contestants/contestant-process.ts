import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LatentcvError } from '../../src/support/errors.js';

/** How a contestant is started. */
export interface ContestantCommand {
  /** What it is called in tables and messages. */
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
}

const tailLength = 4000;

/**
 * A contestant, waiting for commands in a process of its own, so that its CPU time and its memory are its own.
 * `Protocol` has, by the commands' names, what they ask with and what is answered.
 */
export class ContestantProcess<Protocol extends Record<keyof Protocol, { ask: object; answer: object }>> {
  readonly name: string;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string, undefined>;
  private complaints = '';

  constructor({ name, command, args, env }: ContestantCommand) {
    this.name = name;
    this.child = spawn(command, args, { env: { ...process.env, ...env } });
    this.child.on('error', (error) => (this.complaints += error.message));
    // writing to one that has ended is told of by its missing answer
    this.child.stdin.on('error', () => undefined);
    this.child.stderr.on('data', (text: Buffer) => {
      this.complaints = (this.complaints + text.toString()).slice(-tailLength);
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws LatentcvError `tool-failed` with the process's last words where it ends instead of answering. */
  async ask<C extends keyof Protocol & string>(
    command: C,
    question: Protocol[C]['ask'],
  ): Promise<Protocol[C]['answer']> {
    this.child.stdin.write(`${JSON.stringify({ command, ...question })}\n`);
    const { value } = await this.lines.next();
    if (value !== undefined) return JSON.parse(value) as Protocol[C]['answer'];
    throw new LatentcvError(
      'tool-failed',
      `expected ${this.name} to answer ${command} but it ended: ${this.complaints.trim()}`,
    );
  }

  async end(): Promise<void> {
    const { exitCode, signalCode, pid } = this.child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const ended = once(this.child, 'close');
    this.child.stdin.end();
    await ended;
  }
}
