import { conversions } from '../sampling/index.js';
import { invalidArgument, LatentcvError } from '../support/index.js';
import { componentProblem } from './components.js';
import { leftToPlumed } from './model-arguments.js';
import type { NameTable } from './names.js';
import type { InputUnits } from './units.js';
import { argumentList, wordForPath } from './words.js';

export interface PrintOptions {
  /** Refused where another statement writes it; `COLVAR`, or `COLVAR_cv` where that is taken. */
  file?: string;
  /** MD steps between frames; 500 by default. */
  stride?: number;
  /** Labels of the input to print as well. */
  also?: readonly string[];
}

/** What PLUMED would refuse to print; labels that a shortcut may make are left to it. */
export function checkPrinted(label: string, names: NameTable): void {
  const statement = names.definition(label);
  const shortcut = names.shortcut(label);
  if (shortcut) names.notes.push(leftToPlumed(label, shortcut));
  else if (!statement) throw invalidArgument('labels of the input', 'print.also', label);
  const problem = statement && componentProblem(statement, label);
  if (problem !== undefined)
    throw new LatentcvError('plumed-input', `${problem}: ${label} cannot be printed`);
}

/** @throws LatentcvError `bad-argument` for a stride that is none */
export function printLine(columns: readonly string[], file: string, { stride = 500 }: PrintOptions): string {
  if (!Number.isInteger(stride) || stride < 1)
    throw invalidArgument('a positive number of steps', 'print.stride', stride);
  return `PRINT ARG=${argumentList(columns)} STRIDE=${stride} FILE=${wordForPath(file, 'print.file')}`;
}

/** PLUMED prints in the input's units; what reads the table must know. */
export function unitNotes(colvar: string, units: InputUnits): string[] {
  const found = conversions({ ...units, ...(units.natural && { energy: 1 }) }).map(
    (line) => line.split(':')[0],
  );
  if (units.natural) found.unshift('energies are in natural units');
  if (found.length === 0) return [];
  const needs = units.natural ? '‘kT’' : "‘plumed’ with this input, or a run's folder";
  return [`in ${colvar} ${found.join(', ')}: latentcv fes and train need ${needs}`];
}
