import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LatentcvError } from '../../src/support/errors.js';
import { commandOf, type EngineName } from './engines.js';
import type { Answers, Command } from './protocol.js';

const tailLength = 4000;

/** An engine with a problem, waiting in a process of its own. */
export class ContestantProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string, undefined>;
  private complaints = '';

  constructor(
    readonly engine: EngineName,
    folder: string,
    threads: number,
  ) {
    const { command, args, env } = commandOf(engine, folder, threads);
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
  async ask<C extends keyof Answers>(command: Extract<Command, { command: C }>): Promise<Answers[C]> {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
    const { value } = await this.lines.next();
    if (value !== undefined) return JSON.parse(value) as Answers[C];
    throw new LatentcvError(
      'tool-failed',
      `expected ${this.engine} to answer ${command.command} but it ended: ${this.complaints.trim()}`,
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
