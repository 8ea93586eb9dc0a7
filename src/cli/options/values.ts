import { z } from 'zod';
import type { ColumnInterval } from '../../free-energy/index.js';
import type { PeriodicColumns } from '../../frames/index.js';
import { parseStateRules, unitFactor, unitNames, type StateRule } from '../../sampling/index.js';
import { Expected, finiteNumber, listed } from './words.js';

/** The schema of a text that a parser reads; what it says was expected goes into the message. */
export function reads<Value>(parse: (text: string) => Value): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Expected)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

/** The schema of texts, given one after the other, each of which a parser reads as some of a list. */
export function readsEach<Item>(parse: (text: string) => readonly Item[]): z.ZodType<Item[], string[]> {
  return z.array(reads(parse)).transform((lists) => lists.flat());
}

/** `64,32`, widths of layers. */
function widths(text: string): number[] {
  const found = listed(text).map(finiteNumber);
  if (found.some((width) => !(Number.isSafeInteger(width) && width > 0)))
    throw new Expected('positive whole numbers with commas or blanks between them, such as 64,32');
  return found;
}

/** `64,32;32`: lists of widths. */
export function layerLists(text: string): number[][] {
  return text.split(';').map(widths);
}

/** `1..4`, or `1,2,4` */
export function integerRange(text: string): number[] {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text.trim()) ?? [];
  if (first === undefined) return widths(text);
  const [from, to] = [Number(first), Number(last)];
  if (from === 0 || to < from || to - from > 100) throw new Expected('a range such as 1..4');
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** A temperature in K, of all files or of those that fit. */
export interface TemperatureOption {
  kelvin: number;
  files?: string;
}

/** `300`, or `hot/*=600` */
export function temperature(text: string): TemperatureOption {
  const [, files, kelvin] = /^(?:(.+)=)?([^=]+)$/.exec(text.trim()) ?? [];
  const value = finiteNumber(kelvin ?? '');
  if (!(value > 0))
    throw new Expected("a temperature in K such as 300, or of some files such as 'hot/*=600'");
  return { kelvin: value, files };
}

/** PLUMED's name of a unit, or a number of ours (nm, kJ/mol, ps); returns the number. */
export function unit(kind: keyof typeof unitNames): (text: string) => number {
  return (text) => {
    const factor = unitFactor(kind, text.trim());
    if (factor !== undefined) return factor;
    throw new Expected(`${Object.keys(unitNames[kind]).join(', ')} or a positive number`);
  };
}

/** `phi=0..2.3`; `pi` and `inf` are understood. */
export function columnInterval(text: string): ColumnInterval {
  const [, column, lower, upper] = /^([^=]+)=(.+)\.\.(.+)$/.exec(text.trim()) ?? [];
  const interval: [number, number] = [endPoint(lower ?? ''), endPoint(upper ?? '')];
  if (column === undefined || interval.some(Number.isNaN))
    throw new Expected('an interval such as phi=0..2.3');
  return { column, interval };
}

/** `phi=0..2.3,psi=-1..1` */
export function columnIntervals(text: string): ColumnInterval[] {
  return listed(text).map(columnInterval);
}

/** `phi,psi`, in rad, or with their domain, `a*,b=-180..180`. */
export function periodicColumns(text: string): PeriodicColumns[] {
  const found: PeriodicColumns[] = [];
  let waiting: string[] = [];
  for (const word of listed(text)) {
    const [, column, domain] = /^([^=]+)(?:=(.+))?$/.exec(word) ?? [];
    if (column === undefined) throw noPeriod();
    waiting.push(column);
    if (domain === undefined) continue;
    found.push({ columns: waiting, period: domainOf(domain) });
    waiting = [];
  }
  return waiting.length === 0 ? found : [...found, { columns: waiting, period: [-Math.PI, Math.PI] }];
}

function domainOf(text: string): [number, number] {
  const [, lower, upper] = /^(.+)\.\.(.+)$/.exec(text) ?? [];
  const period: [number, number] = [endPoint(lower ?? ''), endPoint(upper ?? '')];
  if (period[1] - period[0] > 0 && period[1] - period[0] < Infinity) return period;
  throw noPeriod();
}

const noPeriod = (): Expected =>
  new Expected('columns such as phi,psi, or with their domain such as phi=-180..180');

function endPoint(text: string): number {
  const word = text.trim().toLowerCase();
  const sign = word.startsWith('-') ? -1 : 1;
  const size = word.replace(/^[-+]/, '');
  if (size === 'pi') return sign * Math.PI;
  if (size === 'inf') return sign * Infinity;
  return finiteNumber(word);
}

type ReadStates = (text: string) => StateRule[];

/** States by rules, `C7ax: 0 < phi < 2.3; C7eq: phi=-2.8..-0.6`. */
export function states(option: string): ReadStates {
  return (text) => [...parseStateRules(text, option)];
}

/** Cores by rules, or, without names, as intervals of one column: `phi=-2.8..-0.6,0.5..1.7`. */
export function coreSets(option: string): ReadStates {
  return (text) => {
    const [, column, list] = /^([^=:;<>]+)=([^=:;<>]*,[^=:;<>]*)$/.exec(text.trim()) ?? [];
    const ranges = list?.split(',').map((range) => `${column}=${range}`);
    return [...parseStateRules(ranges?.join('; ') ?? text, option)];
  };
}
