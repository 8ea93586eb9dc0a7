import { invalidArgument, LatentcvError } from '../support/index.js';
import type { PlumedInput } from './parse-input.js';
import { shortcutOf } from './shortcut.js';
import { interpretWords, placeOf, type Statement } from './statement.js';

/** Files that actions write without being told to. */
const implicitFiles: Record<string, string> = {
  METAD: 'HILLS',
  OPES_METAD: 'KERNELS',
  OPES_METAD_EXPLORE: 'KERNELS',
  OPES_EXPANDED: 'DELTAFS',
};

/** The labels and output files that an input already uses, and free ones beside them. */
export class NameTable {
  /** What the new statements settled on where the first choice was taken. */
  readonly notes: string[] = [];
  private readonly labels = new Map<string, Statement>();
  private readonly files = new Map<string, Statement>();

  constructor(input: PlumedInput) {
    for (const statement of input.all) {
      if (statement.label !== undefined) this.labels.set(statement.label, statement);
      const implicit = implicitFiles[statement.action];
      if (implicit && !statement.keywords.has('FILE')) this.files.set(implicit, statement);
      for (const [key, value] of statement.keywords)
        if (key.endsWith('FILE')) for (const file of value.split(',')) this.files.set(file, statement);
    }
  }

  /** The statement with this label, or whose component (`d.x`) this is. */
  definition(argument: string): Statement | undefined {
    return this.labels.get(argument.split('.')[0]);
  }

  /** The statement that may be a shortcut which makes this label; undefined of labels that are defined. */
  shortcut(argument: string): Statement | undefined {
    return this.definition(argument) ? undefined : shortcutOf([...this.labels.values()], argument);
  }

  get allLabels(): string[] {
    return [...this.labels.keys()];
  }

  /** The label asked for, refused where taken; or `fallback` with the first free number. */
  label(asked: string | undefined, fallback: string): string {
    if (asked !== undefined && !/^[^\s.,#{}@=:*()%'"]+$/.test(asked)) {
      throw invalidArgument('a label that PLUMED accepts', 'label', asked);
    }
    return this.choose('label', this.labels, asked, fallback, (n) => `${fallback}${n}`);
  }

  /** The output file asked for, refused where taken; or `fallback`, with the owner's label where that is taken. */
  file(asked: string | undefined, fallback: string, owner: string): string {
    return this.choose('file', this.files, asked, fallback, (n) => `${fallback}_${owner}${n > 2 ? n : ''}`);
  }

  private choose(
    kind: string,
    taken: Map<string, Statement>,
    asked: string | undefined,
    fallback: string,
    numbered: (n: number) => string,
  ): string {
    const first = asked ?? fallback;
    const holder = taken.get(first);
    if (!holder) return this.remember(taken, first);
    const where = `${placeOf(holder)}: the ${kind} ${first} is already taken by ${holder.action}`;
    if (asked !== undefined) throw new LatentcvError('plumed-input', where, `choose another ${kind}`);
    let n = 2;
    while (taken.has(numbered(n))) n++;
    this.notes.push(`${where}; ${numbered(n)} is used instead`);
    return this.remember(taken, numbered(n));
  }

  private remember(taken: Map<string, Statement>, name: string): string {
    const added = 'a statement added here';
    const own: Statement = {
      ...interpretWords([]),
      action: added,
      firstLine: 0,
      lastLine: 0,
      path: undefined,
    };
    taken.set(name, own);
    return name;
  }
}
