import { coordinatesOf, type Confinement } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import { labelWallLines, type WallRequest } from './biases/index.js';
import { confinementLines, confinementOf, type ConfinementRequest } from './confinement/index.js';
import { insertLines } from './insert-lines.js';
import { NameTable } from './names.js';
import type { PlumedInput } from './parse-input.js';
import { checkPrinted, printLine, unitNotes, type PrintOptions } from './printed.js';
import { inputUnits } from './units.js';

/** An input that keeps a guest near its host, and walls besides. */
export interface ConfinedInput {
  text: string;
  /** The table of the added PRINT, and its columns besides `time`. */
  colvar: string;
  columns: string[];
  confinement: Confinement;
  /** The lines added, in order. */
  added: string[];
  /** What the user should know: names chosen, units. */
  notes: string[];
}

/**
 * Adds what keeps a guest near its host, and a PRINT of it, to a PLUMED input: for the first frames, before there is a model to bias
 * along. Every line of the input stays as it is. Further walls, on its columns or on labels of the input, may push the guest to where frames
 * are wanted, such as a lower wall on `depth` out of its host.
 * @throws LatentcvError `plumed-input` where the input has a confinement or a name is taken; `bad-argument` where the host's atoms do
 *   not tell the axis, the periodic box is too small, or a wall is on no label
 */
export function confinePlumedInput(
  input: PlumedInput,
  confinement: ConfinementRequest,
  print: PrintOptions = {},
  walls: readonly WallRequest[] = [],
): ConfinedInput {
  refuseSecondConfinement(input);
  const names = new NameTable(input);
  const units = inputUnits(input);
  const confined = confinementLines(confinement, { names, units });
  const pushing = labelWallLines(walls, { names, units });
  const also = print.also ?? [];
  for (const label of also) checkPrinted(label, names);
  const columns = [...new Set([...also, ...confined.printed, ...pushing.printed])];
  const colvar = names.file(print.file, 'COLVAR', 'confined');
  const lines = [...confined.lines, ...pushing.lines, printLine(columns, colvar, print)];
  return {
    text: insertLines(input.text, [{ before: input.end?.firstLine, lines }]),
    colvar,
    columns,
    confinement: confined.confinement,
    added: lines,
    notes: [
      ...names.notes,
      ...unitNotes(colvar, units),
      ...confined.notes,
      ...narrowingNotes(confined.confinement, walls),
    ],
  };
}

/** What is told where walls on its own columns make a confinement another one. */
export function narrowingNotes(confinement: Confinement, walls: readonly WallRequest[] = []): string[] {
  const own = coordinatesOf(confinement).map(([, column]) => column);
  const narrowing = [...new Set(walls.map(({ argument }) => argument).filter((each) => own.includes(each)))];
  if (narrowing.length === 0) return [];
  return [
    `the wall on ${narrowing.join(', ')} leaves another volume than the ${confinement.kind}: a run of this input makes frames, but tells no ΔG° of binding`,
  ];
}

/** @throws LatentcvError `plumed-input` */
export function refuseSecondConfinement(input: PlumedInput): void {
  const there = confinementOf(input);
  if (!there) return;
  throw new LatentcvError(
    'plumed-input',
    `${input.path ?? 'the input'}: expected an input without a confinement but it has a ${there.kind}`,
    'give the input from before it was added',
  );
}
