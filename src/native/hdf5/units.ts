import { LatentcvError } from '../../support/index.js';

/** Units as programs write them: H5MD has no list of its own. */
interface Units {
  of: string;
  examples: string;
  known: readonly (readonly [value: number, spellings: RegExp])[];
  hint: string;
}

/** Units of length in one nm. */
const lengths: Units = {
  of: 'length',
  examples: 'nm, Angstrom, …',
  hint: '‘perNanometre’ says how many of its units are a nm: 10 of Å, as in the real and metal units of LAMMPS, which writes no unit',
  known: [
    [1, /^(nm|nano-?met(er|re)s?)$/i],
    [10, /^(a|å|\u212b|angstroms?|ångströms?)$/i],
    [1e3, /^(pm|pico-?met(er|re)s?)$/i],
    [1e6, /^(fm|femto-?met(er|re)s?)$/i],
    [1e-3, /^([uµμ]m|micro-?met(er|re)s?)$/i],
    [1e-9, /^(m|met(er|re)s?)$/i],
    [10 / 0.529177210903, /^(bohrs?|a0|au_length)$/i],
  ],
};

/** Units of time in ps. MDAnalysis' AKMA is CHARMM's unit of time. */
const times: Units = {
  of: 'time',
  examples: 'ps, fs, …',
  hint: '‘timestep’ says how long a step of the run is, such as 2fs, and times are taken from the steps',
  known: [
    [1, /^(ps|pico-?sec(ond)?s?)$/i],
    [1e-3, /^(fs|femto-?sec(ond)?s?)$/i],
    [1e3, /^(ns|nano-?sec(ond)?s?)$/i],
    [1e6, /^([uµμ]s|micro-?sec(ond)?s?)$/i],
    [1e9, /^(ms|milli-?sec(ond)?s?)$/i],
    [1e12, /^(s|sec(ond)?s?)$/i],
    [0.0488882129, /^akma$/i],
  ],
};

function valueOf({ of, examples, known, hint }: Units, unit: string | undefined, where: string): number {
  const found = known.find(([, spellings]) => unit !== undefined && spellings.test(unit.trim()));
  if (found) return found[0];
  const received = unit === undefined ? 'it has no attribute unit' : `its unit is "${unit}"`;
  throw new LatentcvError(
    'bad-data',
    `expected a unit of ${of} for ${where} (${examples}) but ${received}`,
    hint,
  );
}

/**
 * Units of length in one nm, of what a file's array tells.
 * @throws LatentcvError `bad-data` where it tells none, or one that is not known.
 */
export const perNanometreOf = (unit: string | undefined, where: string): number =>
  valueOf(lengths, unit, where);

/**
 * ps in a unit of time.
 * @throws LatentcvError `bad-data`, likewise.
 */
export const picosecondsOf = (unit: string | undefined, where: string): number => valueOf(times, unit, where);
