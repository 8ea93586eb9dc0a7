import type { Command } from 'commander';
import { listenToSources } from '../native/index.js';
import { bytesOf } from '../support/index.js';
import { visible } from './visible.js';
import { beforeForcedEnd, interruption } from './interruption.js';
import { withFlags } from './with-flags.js';
import { createProgress, type Progress, type ProgressStyle } from './progress.js';

/** What a command says and hears. Results go to stdout, everything else to stderr. */
export interface Terminal {
  /** A line of the result; silent with `--json`. */
  print: (line?: string) => void;
  /** A result that is a whole text, every byte of it as it is (see `losslessText`) but on a screen; silent with `--json`. */
  text: (content: string) => void;
  /** The result for scripts; printed only with `--json`. */
  json: (value: unknown) => void;
  /** What is being done; silent with `--quiet`, and with `--json` unless `--notes` asks for it. */
  note: (line: string) => void;
  /** Something the user should know; never silent. */
  warn: (line: string) => void;
  /** A bar with the time left, or lines every few seconds where nobody watches. */
  progress: (name: string, total: number) => Progress;
  /**
   * Aborted on Ctrl-C or a polite kill: pass it to what takes long and can end in good order, from where it is asked for on. A
   * command that never asks for it is ended by the first Ctrl-C, in the middle of whatever it computes.
   */
  readonly signal: AbortSignal;
  /** What a second Ctrl-C does before the process ends. */
  beforeForcedEnd: (work: () => void) => void;
}

interface CommonOptions {
  json?: boolean;
  notes?: boolean;
  quiet?: boolean;
}

/** The terminal as this command's options want it. */
export function terminalFor(command: Command): Terminal {
  const { json = false, notes = false, quiet = false } = command.optsWithGlobals<CommonOptions>();
  const silent = quiet || (json && !notes);
  const inWords = (line: string): string => visible(withFlags(line, command));
  const style: ProgressStyle = silent ? 'silent' : process.stderr.isTTY ? 'bar' : 'lines';
  const terminal: Terminal = {
    print: (line = '') => void (json || process.stdout.write(`${inWords(line)}\n`)),
    text: (content) =>
      void (json || process.stdout.write(process.stdout.isTTY ? visible(content) : bytesOf(content))),
    json: (value) => void (json && process.stdout.write(`${toJson(value)}\n`)),
    note: (line) => void (silent || process.stderr.write(`${inWords(line)}\n`)),
    warn: (line) => void process.stderr.write(`warning: ${inWords(line)}\n`),
    progress: (name, total) => createProgress(style, name, total),
    get signal() {
      return interruption().signal;
    },
    beforeForcedEnd,
  };
  listenToSources({ onNote: terminal.note, onWarning: terminal.warn });
  return terminal;
}

/**
 * JSON for scripts: typed arrays as lists; what is not a finite number as null, which JSON has no word for; a list of numbers on
 * one line.
 */
function toJson(value: unknown): string {
  const plain = (_: string, item: unknown): unknown =>
    ArrayBuffer.isView(item) ? [...(item as Float64Array)] : item;
  const lines = JSON.stringify(value, plain, 2);
  return visible(
    lines.replace(/\[\n\s+(?:(?:null|[-\d.e+]+),?\n\s*)+\]/g, (list) =>
      list.replace(/\n\s*/g, ' ').replace('[ ', '[').replace(' ]', ']'),
    ),
  );
}
