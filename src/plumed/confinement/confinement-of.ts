import { coordinatesOf, parseConfinement, type Confinement } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { NameTable } from '../names.js';
import { parsePlumedInput, type PlumedInput } from '../parse-input.js';
import type { Statement } from '../statement.js';
import { inputUnits } from '../units.js';
import { commentMark } from './confinement-lines.js';
import { wallStatements } from './wall-statements.js';

/**
 * The confinement that an input has, by the comment above its statements, which have to be what it says.
 * @throws LatentcvError `plumed-input` where the comment cannot be read, there are several, or the statements are others
 */
export function confinementOf(input: PlumedInput): Confinement | undefined {
  const found = input.text
    .split(/\r?\n/)
    .flatMap((line, i) => (line.startsWith(commentMark) ? [{ line, number: i + 1 }] : []));
  if (found.length === 0) return undefined;
  const place = `${input.path ?? 'line '}${input.path === undefined ? '' : ':'}${found[0].number}`;
  if (found.length > 1)
    throw new LatentcvError('plumed-input', `${place}: expected one confinement but found ${found.length}`);
  const confinement = parseConfinement(found[0].line.slice(commentMark.length));
  if ('problem' in confinement)
    throw new LatentcvError(
      'plumed-input',
      `${place}: expected a confinement that can be read but ${confinement.problem}`,
    );
  const missing = missingStatement(confinement, input);
  if (missing !== undefined)
    throw new LatentcvError(
      'plumed-input',
      `${place}: expected the statement that this line speaks of, ${missing}, but found none like it`,
      'change both, or take the line away',
    );
  return confinement;
}

/** Whether further walls act on a confinement's own columns, so that the guest has less room than it tells. */
export function isNarrowed(confinement: Confinement, input: PlumedInput): boolean {
  const columns = coordinatesOf(confinement).map(([, column]) => column);
  const own = parsePlumedInput(ownWalls(confinement, input).join('\n')).statements;
  return input.all.some(
    (each) =>
      /^(UPPER|LOWER)_WALLS$/.test(each.action) &&
      (each.keywords.get('ARG') ?? '').split(',').some((argument) => columns.includes(argument)) &&
      !own.some((one) => isLike(one, each, {})),
  );
}

const ownWalls = (confinement: Confinement, input: PlumedInput): string[] =>
  wallStatements(confinement, { names: new NameTable(parsePlumedInput('')), units: inputUnits(input) }).lines;

/** The first statement of walls that the input should have and has not. */
function missingStatement(confinement: Confinement, input: PlumedInput): string | undefined {
  const lines = ownWalls(confinement, input);
  const wanted = parsePlumedInput(lines.join('\n')).statements;
  const own = wanted.find(({ action }) => action === 'CUSTOM')?.label;
  const excess = input.all.find((each) => wanted.some((one) => one.label === own && isLike(one, each, {})));
  const renamed = own === undefined || excess?.label === undefined ? {} : { [own]: excess.label };
  return lines[wanted.findIndex((one) => !input.all.some((each) => isLike(one, each, renamed)))];
}

function isLike(wanted: Statement, found: Statement, renamed: Readonly<Record<string, string>>): boolean {
  if (wanted.action !== found.action) return false;
  const extra = ['OFFSET', 'EPS', 'EXP', 'SCALE', 'STRIDE'].some((key) => found.keywords.has(key));
  return (
    !extra &&
    [...wanted.keywords].every(
      ([key, value]) => key === 'FILE' || found.keywords.get(key) === (renamed[value] ?? value),
    )
  );
}
