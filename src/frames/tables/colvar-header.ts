import { LatentcvError } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { piExpression } from './pi-expression.js';

/** The `#! FIELDS` and `#! SET` lines of one file, as they come by. */
export class ColvarHeader {
  /** Every column of the file, `time` among them; empty before the first FIELDS line. */
  fields: readonly string[] = [];
  /** Where `time` stands in `fields`. */
  timeColumn = -1;
  private line = 0;
  private readonly constants = new Map<string, string>();

  constructor(readonly path: string) {}

  /**
   * Takes the words after `#!`.
   * @throws LatentcvError `file-format` where the columns change within the file
   */
  take(words: readonly string[], line: number): void {
    if (words[0] === 'FIELDS') this.takeFields(words.slice(1), line);
    else if (words[0] === 'SET' && words.length >= 3) this.constants.set(words[1], words[2]);
  }

  /**
   * @throws LatentcvError `file-format` unless a FIELDS line came before this line of numbers
   */
  require(line: number): void {
    if (this.line > 0) return;
    throw new LatentcvError(
      'file-format',
      `expected a line "#! FIELDS time …" before the numbers at ${this.path}:${line} but found none`,
      "PLUMED's PRINT writes it; add it as the first line of a table from elsewhere",
    );
  }

  /**
   * The column as PLUMED describes it: its domain from `#! SET min_label` and `max_label`, which in a grid are
   * the ends of what is not periodic too, and `periodic_label false` then.
   */
  column(label: string): Column {
    if (this.constants.get(`periodic_${label}`) === 'false') return { label };
    const lower = piExpression(this.constants.get(`min_${label}`) ?? '');
    const upper = piExpression(this.constants.get(`max_${label}`) ?? '');
    return lower === undefined || upper === undefined ? { label } : { label, period: [lower, upper] };
  }

  /**
   * @throws LatentcvError `other-kind` for a file of the kernels that a bias is made of, which looks like a table of
   *   frames
   */
  refuseKernels(): void {
    const { fields, path } = this;
    if (!fields.includes('height') || !fields.some((label) => label.startsWith('sigma_'))) return;
    const [what, name] = fields.includes('biasf')
      ? ['hills of METAD', 'HILLS']
      : fields.includes('logweight')
        ? ['kernels of OPES', 'KERNELS']
        : ['kernels that a bias restarts from', 'STATE'];
    throw new LatentcvError(
      'other-kind',
      `expected a table of frames (COLVAR) in ${path} but it holds the ${what} (${name})`,
      'give the file that PRINT wrote in the same run',
    );
  }

  private takeFields(fields: string[], line: number): void {
    if (this.line > 0 && fields.join(' ') !== this.fields.join(' ')) {
      throw new LatentcvError(
        'file-format',
        `expected the columns of ${this.path}:${this.line} (${this.fields.join(' ')}) ` +
          `but received others at ${this.path}:${line} (${fields.join(' ')})`,
        'give the parts as separate files and choose columns that all of them have',
      );
    }
    if (!fields.includes('time')) {
      throw new LatentcvError(
        'file-format',
        `expected a column "time" at ${this.path}:${line} but received ${fields.join(' ') || 'no column'}`,
      );
    }
    [this.fields, this.line, this.timeColumn] = [fields, line, fields.indexOf('time')];
  }
}
