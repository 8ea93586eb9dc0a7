import { counted, fixed, withError } from '../../support/index.js';
import {
  mostDrift,
  type NamedDeltaF,
  type PartialDeltaF,
  type RunAnswer,
  type SampledRun,
} from '../../free-energy/index.js';
import { energyDecimals, thermalEnergy } from '../../sampling/index.js';

/** How energies are written: as many decimals as they deserve, and their unit. */
export interface EnergyWords {
  decimals: number;
  /** ` kJ/mol`; empty in natural units. */
  unit: string;
}

export function energyWords({ sample }: SampledRun, natural: boolean): EnergyWords {
  return energyWordsAt(thermalEnergy(sample.temperature), natural);
}

/** @param kT in the unit of the energies */
export function energyWordsAt(kT: number, natural: boolean): EnergyWords {
  return { decimals: energyDecimals(kT, natural), unit: natural ? '' : ' kJ/mol' };
}

/** What a run says of its states, a line each. */
export function answerLines(answer: RunAnswer, run: SampledRun, words: EnergyWords): string[] {
  const [main, ...others] = answer.deltaFs;
  // windows are judged by what they share, not by transitions
  const windows = run.sample.mbar !== undefined;
  if (windows)
    return [...answer.deltaFs.map((each) => deltaFInWords(each, words, false)), halvesLine(answer, words)];
  return [
    ...answer.notes,
    `${deltaFInWords(main, words)}${inAll(answer)}`,
    ...main.replicas.map((replica) => `  ${replica.source}: ${partInWords(replica, words)}`),
    ...others.map((each) => deltaFInWords(each, words)),
    ...courseLines(answer, run, words),
  ];
}

/** `ΔF(B − A) = 9.41 ± 0.20 kJ/mol, 1852 transitions` */
function deltaFInWords(
  { from, to, value, error, reason, transitions }: NamedDeltaF,
  { decimals, unit }: EnergyWords,
  crossing = true,
): string {
  const name = `ΔF(${to} − ${from})`;
  if (error !== null && value !== null)
    return `${name} = ${withError(value, error, decimals)}${unit}${crossing ? `, ${count(transitions)} in the analysed frames` : ''}`;
  const there = value === null ? '' : ` (${fixed(value, decimals)}${unit} in them)`;
  return `${name} ${reason}${there}`;
}

/** Where frames were left out, their transitions too. */
function inAll({ transitions: { analysed, all } }: RunAnswer): string {
  return all === analysed ? '' : `; ${all} in all frames`;
}

function partInWords({ value, error, transitions }: PartialDeltaF, { decimals, unit }: EnergyWords): string {
  if (value === null) return `one state was never visited, ${count(transitions)}`;
  return `${withError(value, error, decimals)}${unit}, ${count(transitions)}`;
}

function halvesLine({ halves: { first, second } }: RunAnswer, words: EnergyWords): string {
  const own = ({ value, error }: PartialDeltaF): string =>
    value === null ? 'not known' : `${withError(value, error, words.decimals)}${words.unit}`;
  return `  first half of every window: ${own(first)}; second half: ${own(second)}`;
}

/** Halves beside one another, and whether the bias held still. */
function courseLines(
  { halves: { first, second }, drift }: RunAnswer,
  run: SampledRun,
  words: EnergyWords,
): string[] {
  const lines = [`  first half: ${partInWords(first, words)}; second half: ${partInWords(second, words)}`];
  if (drift && Number.isFinite(drift.rms)) {
    const kT = thermalEnergy(run.sample.temperature);
    lines.push(
      `  at fixed CV the bias changed by ${fixed(drift.rms / kT, 2)} kT from half to half (quasi-static: below ${mostDrift})`,
    );
  }
  return lines;
}

const count = (transitions: number): string => counted(transitions, 'transition');

/** Metadynamics' c(t) takes a while to settle, which biases ΔF where transitions are few. */
const transientBelow = 200;

/** What else to think of where numbers are what they are, a line each. */
export function answerWarnings(answer: RunAnswer, run: SampledRun): string[] {
  const [main] = answer.deltaFs;
  const rbias = run.bias.weigh.find((column) => column.endsWith('.rbias'));
  const transient =
    rbias !== undefined && main.error !== null && main.transitions < transientBelow
      ? [
          `c(t) in ${rbias} settles slowly: with so few transitions it pulls ΔF towards 0 (measured on a double well of kT = 2.49 kJ/mol: by 0.23 with 35 transitions, 0.08 with 140); --bias ${rbias.replace('.rbias', '.bias')} has no such bias, but is noisier`,
        ]
      : [];
  const several = answer.deltaFs.length > 1;
  // those of the run were told when it was read
  const told = new Set(run.doubts ?? []);
  const warnings = answer.deltaFs.flatMap(({ from, to, error, warnings: own }) =>
    error === null
      ? []
      : own
          .filter((line) => !told.has(line))
          .map((line) => (several ? `ΔF(${to} − ${from}): ${line}` : line)),
  );
  return [...new Set([...warnings, ...transient])];
}
