import { methodNames } from '../../models/index.js';
import type { ColumnInterval } from '../../free-energy/index.js';
import type { PeriodicColumns } from '../../frames/index.js';
import { parseStateRules, unitFactor, unitNames, type StateRule } from '../../sampling/index.js';
import { InvalidArgumentError } from 'commander';

/** Parsers of option values; commander adds the option's name to what they throw. */

function expected(what: string): InvalidArgumentError {
  return new InvalidArgumentError(`Expected ${what}.`);
}

function finiteNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

export function positiveNumber(text: string): number {
  const value = finiteNumber(text);
  if (!(value > 0 && value < Infinity)) throw expected('a positive number');
  return value;
}

export function numberFromZero(text: string): number {
  const value = finiteNumber(text);
  if (!(value >= 0 && value < Infinity)) throw expected('a number from 0');
  return value;
}

export function fraction(text: string): number {
  const value = finiteNumber(text);
  if (!(value >= 0 && value < 1)) throw expected('a number from 0 to below 1');
  return value;
}

export function positiveInteger(text: string): number {
  const value = finiteNumber(text);
  if (!(Number.isSafeInteger(value) && value > 0)) throw expected('a positive whole number');
  return value;
}

export function wholeNumber(text: string): number {
  const value = finiteNumber(text);
  if (!(Number.isSafeInteger(value) && value >= 0)) throw expected('a whole number from 0');
  return value;
}

/** `64,32` */
export function positiveIntegers(text: string): number[] {
  return text.split(',').map((word) => {
    try {
      return positiveInteger(word);
    } catch {
      throw expected('positive whole numbers with commas between them, such as 64,32');
    }
  });
}

/** `64,32;32`: lists of widths. */
export function layerLists(text: string): number[][] {
  return text.split(';').map(positiveIntegers);
}

/** `1..4`, or `1,2,4` */
export function integerRange(text: string): number[] {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text.trim()) ?? [];
  if (first === undefined) return positiveIntegers(text);
  const [from, to] = [positiveInteger(first), positiveInteger(last)];
  if (to < from || to - from > 100) throw expected('a range such as 1..4');
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Names of methods, or `auto`, with commas. */
export function methodList(text: string): string[] {
  const known = ['auto', ...methodNames];
  const names = labels(text);
  if (names.some((name) => !known.includes(name))) throw expected(`methods, which are ${known.join(', ')}`);
  return names;
}

/** `name=value`, added to those before it; numbers, lists of numbers, true and false are understood. */
export function assignment(text: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text.trim()) ?? [];
  if (name === undefined) throw expected('a name and a value such as beta=0.5');
  return { ...before, [name]: plainValue(value) };
}

function plainValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** An option given several times. */
export const collected = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** A temperature in K, of all files or of those that fit. */
export interface TemperatureOption {
  kelvin: number;
  files?: string;
}

/** `300`, or `hot/*=600`; added to those before it. */
export function temperature(text: string, before: readonly TemperatureOption[] = []): TemperatureOption[] {
  const [, files, kelvin] = /^(?:(.+)=)?([^=]+)$/.exec(text.trim()) ?? [];
  const value = finiteNumber(kelvin ?? '');
  if (!(value > 0 && value < Infinity))
    throw expected("a temperature in K such as 300, or of some files such as 'hot/*=600'");
  return [...before, { kelvin: value, files }];
}

/** PLUMED's name of a unit, or a number of ours (nm, kJ/mol, ps); returns the number. */
export function unit(kind: keyof typeof unitNames): (text: string) => number {
  return (text) => {
    const factor = unitFactor(kind, text.trim());
    if (factor === undefined)
      throw expected(`${Object.keys(unitNames[kind]).join(', ')} or a positive number`);
    return factor;
  };
}

/** `phi,psi` */
export function labels(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw expected('labels with commas between them, such as phi,psi');
  return words;
}

const picoseconds: Record<string, number> = { fs: 1e-3, ps: 1, ns: 1e3, us: 1e6 };

/** `10ps`, `0.5ns`; a plain number is in ps. Returns ps. */
export function duration(text: string): number {
  const [, digits, unit = 'ps'] = /^([\d.]+(?:e[-+]?\d+)?) ?(fs|ps|ns|us)?$/i.exec(text.trim()) ?? [];
  const value = finiteNumber(digits ?? '');
  if (!(value >= 0 && value < Infinity)) throw expected('a time such as 10ps or 5ns');
  return value * picoseconds[unit.toLowerCase()];
}

/** `5ps,10ps` */
export function positiveDurations(text: string): number[] {
  return text.split(',').map(positiveDuration);
}

/** Like `duration`, but not zero. */
export function positiveDuration(text: string): number {
  const value = duration(text);
  if (value === 0) throw expected('a time above zero');
  return value;
}

/** `phi=0..2.3`; `pi` is understood. */
export function columnInterval(text: string): ColumnInterval {
  const [, column, lower, upper] = /^([^=]+)=(.+)\.\.(.+)$/.exec(text.trim()) ?? [];
  const interval: [number, number] = [endPoint(lower ?? ''), endPoint(upper ?? '')];
  if (column === undefined || interval.some(Number.isNaN)) {
    throw expected('an interval such as phi=0..2.3');
  }
  return { column, interval };
}

/** `phi=0..2.3`; added to those before it. */
export function columnIntervals(text: string, before: readonly ColumnInterval[] = []): ColumnInterval[] {
  return [...before, columnInterval(text)];
}

/** `0.05`, or `0.05,0.1` */
export function positiveNumbers(text: string): number[] {
  return text.split(',').map((word) => {
    try {
      return positiveNumber(word);
    } catch {
      throw expected('positive numbers with commas between them, such as 0.05,0.1');
    }
  });
}

/** `phi,psi`, in rad, or `a*,b=-180..180`; added to those before it. */
export function periodicColumns(text: string, before: PeriodicColumns[] = []): PeriodicColumns[] {
  const [, columns, lower, upper] = /^([^=]+)(?:=(.+)\.\.(.+))?$/.exec(text.trim()) ?? [];
  const period: [number, number] = [endPoint(lower ?? '-pi'), endPoint(upper ?? 'pi')];
  if (columns === undefined || !(period[1] - period[0] > 0 && period[1] - period[0] < Infinity))
    throw expected('columns such as phi,psi, or with their domain such as phi=-180..180');
  return [...before, { columns: labels(columns), period }];
}

function endPoint(text: string): number {
  const word = text.trim().toLowerCase();
  const sign = word.startsWith('-') ? -1 : 1;
  const size = word.replace(/^[-+]/, '');
  if (size === 'pi') return sign * Math.PI;
  if (size === 'inf') return sign * Infinity;
  return finiteNumber(word);
}

type AddStates = (text: string, before?: readonly StateRule[]) => StateRule[];

/** States by rules, `C7ax: 0 < phi < 2.3; C7eq: phi=-2.8..-0.6`; added to those before them. */
export function states(option: string): AddStates {
  return (text, before = []) => [...before, ...parseStateRules(text, option)];
}

/** Cores by rules, or, without names, as intervals of one column: `phi=-2.8..-0.6,0.5..1.7`. */
export function coreSets(option: string): AddStates {
  return (text, before = []) => {
    const [, column, list] = /^([^=:;<>]+)=([^=:;<>]*,[^=:;<>]*)$/.exec(text.trim()) ?? [];
    const ranges = list?.split(',').map((range) => `${column}=${range}`);
    return [...before, ...parseStateRules(ranges?.join('; ') ?? text, option)];
  };
}
