import type { Confinement } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import { confinementLines, confinementOf, type ConfinementRequest } from './confinement/index.js';
import { insertLines } from './insert-lines.js';
import { NameTable } from './names.js';
import type { PlumedInput } from './parse-input.js';
import { checkPrinted, printLine, unitNotes, type PrintOptions } from './printed.js';
import { inputUnits } from './units.js';

/** An input that keeps a guest near its host, and no more. */
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
 * along. Every line of the input stays as it is.
 * @throws LatentcvError `plumed-input` where the input has a confinement or a name is taken; `bad-argument` where the host's atoms do
 *   not tell the axis, or the periodic box is too small
 */
export function confinePlumedInput(
  input: PlumedInput,
  confinement: ConfinementRequest,
  print: PrintOptions = {},
): ConfinedInput {
  refuseSecondConfinement(input);
  const names = new NameTable(input);
  const units = inputUnits(input);
  const confined = confinementLines(confinement, { names, units });
  const also = print.also ?? [];
  for (const label of also) checkPrinted(label, names);
  const columns = [...new Set([...also, ...confined.printed])];
  const colvar = names.file(print.file, 'COLVAR', 'confined');
  const lines = [...confined.lines, printLine(columns, colvar, print)];
  return {
    text: insertLines(input.text, [{ before: input.end?.firstLine, lines }]),
    colvar,
    columns,
    confinement: confined.confinement,
    added: lines,
    notes: [...names.notes, ...unitNotes(colvar, units), ...confined.notes],
  };
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
