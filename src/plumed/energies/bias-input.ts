import { isAbsolute } from 'node:path';
import { isBiasAction } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { foundFile, namedFiles } from '../input-files.js';
import type { PlumedInput } from '../parse-input.js';
import { withNames } from '../rename-files.js';
import { withWords } from '../restarts/index.js';
import { placeOf, type Statement } from '../statement.js';
import { inputUnits } from '../units.js';
import { definitionOf } from './definitions.js';
import { inputBiases, type StaticBias } from './static-bias.js';

/** An input that prints its biases' energies and nothing else. */
export interface BiasInput {
  text: string;
  /** The biases, whose energies it prints in this order. */
  biases: Pick<StaticBias, 'label' | 'action' | 'column' | 'statement' | 'kind' | 'key'>[];
  /** kJ/mol per unit of what it prints. */
  unit: number;
}

/** What writes, and what would go on in what is written. */
const writes = /^(PRINT|DUMP.*|FLUSH|RESTART)$/;

/**
 * An input for `plumed driver` that prints the biases of another into a file; what that one reads beside it is named by its whole path.
 * @param folder in which PLUMED ran with it
 * @throws LatentcvError `bad-argument` for an input whose biases are no functions of a frame alone
 */
export function biasInput(
  input: PlumedInput,
  { folder, file, onSurface }: { folder: string; file: string; onSurface?: boolean },
): BiasInput {
  const included = input.all.filter((statement) => statement.path !== input.path);
  for (const statement of included) expectHarmless(statement);
  const { known, others } = inputBiases(input, () => undefined, onSurface);
  const found = [...known, ...others].map((bias, i) => {
    const { label, action, column, statement, kind } = bias;
    if ((statement.keywords.get('STRIDE') ?? '1') !== '1') throw notEachFrame(statement);
    const own = statement.label === undefined ? `bias${i}` : label;
    const key = keyOf(input, statement, folder);
    return { own, bias: { label, action, column, statement, kind, key } };
  });
  const renamed = namedFiles(input.statements).flatMap((each) => {
    const to = foundFile(each, [folder]);
    return to === undefined ? [] : [{ ...each, to }];
  });
  const labels = found
    .filter(({ bias }) => bias.statement.label === undefined)
    .map(({ own, bias: { statement } }) => ({ statement, keyword: 'LABEL', value: own }));
  const lines = withWords(withNames(input.text, renamed), labels).split('\n');
  for (const { action, firstLine, lastLine } of input.statements)
    if (writes.test(action)) for (let line = firstLine; line <= lastLine; line++) lines[line - 1] = '';
  const kept = input.end ? lines.slice(0, input.end.firstLine - 1) : lines;
  const columns = found.map(({ own }) => `${own}.bias`).join(',');
  const { energy, natural } = inputUnits(input);
  return {
    text: [...kept, `PRINT ARG=${columns} STRIDE=1 FILE=${file} FMT=%20.12g`, ''].join('\n'),
    biases: found.map(({ bias }) => bias),
    unit: natural ? 1 : energy,
  };
}

/** Equal for the same function of the atoms, as far as the inputs tell it. */
function keyOf(input: PlumedInput, { action, keywords, flags }: Statement, folder: string): string {
  const words = [...keywords].map(([name, value]) => `${name}=${value}`).sort();
  const given = (keywords.get('ARG') ?? '')
    .split(',')
    .map((name) => definitionOf(input, name.trim()) ?? name);
  // a file of the same name may be another
  const files = [...keywords.keys()].some((name) => name === 'FILE') ? [folder] : [];
  return [[action, ...words, ...flags].join(' '), ...given, ...files].join('\n');
}

/** @throws LatentcvError `bad-argument` for a statement elsewhere that would be changed here */
function expectHarmless(statement: Statement): void {
  const { action, keywords, label } = statement;
  const file = keywords.get('FILE');
  const unlabelled = isBiasAction(action) && label === undefined;
  if (!unlabelled && !(writes.test(action) && file !== undefined && isAbsolute(file))) return;
  throw new LatentcvError(
    'bad-argument',
    `${placeOf(statement)}: expected an included file whose biases have labels, and that writes to no whole path, but found ${action}`,
    'put the statement into the input itself',
  );
}

function notEachFrame(statement: Statement): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `${placeOf(statement)}: expected a bias at every step but it has STRIDE=${statement.keywords.get('STRIDE')}`,
    'print what the bias depends on in every window: energies are then known without PLUMED',
  );
}
