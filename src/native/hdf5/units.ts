import { LatentcvError } from '../../support/index.js';

/** Units as programs write them: H5MD has no list of its own. */
type Units = readonly (readonly [value: number, spellings: RegExp])[];

/** Units of length in one nm. */
const lengths: Units = [
  [1, /^(nm|nano-?met(er|re)s?)$/i],
  [10, /^(a|å|\u212b|angstroms?|ångströms?)$/i],
  [1e3, /^(pm|pico-?met(er|re)s?)$/i],
  [1e6, /^(fm|femto-?met(er|re)s?)$/i],
  [1e-3, /^([uµμ]m|micro-?met(er|re)s?)$/i],
  [1e-9, /^(m|met(er|re)s?)$/i],
  [10 / 0.529177210903, /^(bohrs?|a0|au_length)$/i],
];

/** Units of time in ps. MDAnalysis' AKMA is CHARMM's unit of time. */
const times: Units = [
  [1, /^(ps|pico-?sec(ond)?s?)$/i],
  [1e-3, /^(fs|femto-?sec(ond)?s?)$/i],
  [1e3, /^(ns|nano-?sec(ond)?s?)$/i],
  [1e6, /^([uµμ]s|micro-?sec(ond)?s?)$/i],
  [1e9, /^(ms|milli-?sec(ond)?s?)$/i],
  [1e12, /^(s|sec(ond)?s?)$/i],
  [0.0488882129, /^akma$/i],
];

function valueOf(units: Units, text: string): number | undefined {
  return units.find(([, spellings]) => spellings.test(text.trim()))?.[0];
}

const received = (unit: string | undefined): string =>
  unit === undefined ? 'it has no attribute unit' : `its unit is "${unit}"`;

/**
 * Units of length in one nm, of what a file's array tells.
 * Throws LatentcvError `bad-data` where it tells none, or one that is not known.
 */
export function perNanometreOf(unit: string | undefined, where: string): number {
  const value = unit === undefined ? undefined : valueOf(lengths, unit);
  if (value !== undefined) return value;
  throw new LatentcvError(
    'bad-data',
    `expected a unit of length for ${where} (nm, Angstrom, …) but ${received(unit)}`,
    '--per-nanometre says how many of its units are a nm: 10 of Å, as in the real and metal units of LAMMPS, which writes no unit',
  );
}

/** ps in a unit of time, likewise. */
export function picosecondsOf(unit: string | undefined, where: string): number {
  const value = unit === undefined ? undefined : valueOf(times, unit);
  if (value !== undefined) return value;
  throw new LatentcvError(
    'bad-data',
    `expected a unit of time for ${where} (ps, fs, …) but ${received(unit)}`,
    '--timestep says how long a step of the run is, such as 2fs, and times are taken from the steps',
  );
}
