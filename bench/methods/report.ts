import { median, shown, table } from '../table.js';
import type { Answer, Cell } from './measure.js';
import type { MethodSystem } from './system.js';
import { farOff, grouped, pilotPicks, predictors, transitionsOf, type Picks } from './verdicts.js';

/** A system and what was measured on it. */
export interface Measured {
  system: MethodSystem;
  cells: readonly Cell[];
}

const listed = <T>(values: readonly T[], word: (value: T) => string): string => values.map(word).join(', ');

/** With a question mark where `fes` warns of the error. */
const energy = ({ deltaF, error, doubts }: Answer): string =>
  deltaF === null || error === null
    ? '–'
    : `${deltaF.toFixed(2)} ± ${error.toFixed(2)}${doubts.length > 0 ? '?' : ''}`;

/** A table for each system, then what all of them say together. */
export function methodTables(measured: readonly Measured[], quick: boolean): string {
  return [...measured.map((one) => systemPart(one, quick)), together(measured)].join('\n\n');
}

function systemPart({ system, cells }: Measured, quick: boolean): string {
  const head = [
    'method',
    'training, s',
    'variance between states',
    'autocorrelation',
    'pilots cross',
    'transitions, by seed',
    'deep',
    `ΔF, ${system.unit}`,
  ];
  const lines = grouped(cells, (cell) => cell.case).map(methodLine);
  const references = cells.find(({ answers }) => answers.length > 0)?.answers ?? [];
  return [
    `### ${system.name}`,
    `${system.told(quick)} ${referencesTold(references)}`,
    table([head, ...lines]),
    systemVerdicts(cells),
  ].join('\n\n');
}

function referencesTold(answers: readonly Answer[]): string {
  const each = answers.map(({ question, reference, referenceError }) => {
    const error = referenceError > 0 ? ` ± ${shown(referenceError)}` : '';
    return `${question === undefined ? '' : `${question} `}${reference.toFixed(2)}${error}`;
  });
  return each.length > 0 ? `Reference: ${each.join(', ')}.` : '';
}

function methodLine(cells: readonly Cell[]): string[] {
  const ran = cells.filter((cell) => transitionsOf(cell) !== undefined);
  const trained = cells.flatMap(({ trained }) => (trained === null ? [] : [trained]));
  const figure = (name: 'betweenStates' | 'autocorrelation'): string =>
    listed(cells, ({ figures }) => figures?.[name]?.toFixed(2) ?? '–');
  const problems = [...new Set(cells.flatMap(({ problem }) => (problem === undefined ? [] : [problem])))];
  return [
    cells[0].case,
    trained.length > 0 ? shown(median(trained)) : '–',
    figure('betweenStates'),
    figure('autocorrelation'),
    listed(cells, ({ answers }) => String(answers[0]?.pilotTransitions ?? '–')),
    listed(ran, ({ answers }) => String(answers[0].transitions)),
    listed(ran, ({ answers }) => String(answers[0].deep ?? '–')),
    [...(ran.length > 0 ? [energies(ran)] : []), ...problems.map(oneLine)].join('; '),
  ];
}

/** Of one question or, one after the other, of several. */
function energies(ran: readonly Cell[]): string {
  return ran[0].answers
    .map(({ question }, i) => {
      const name = question === undefined ? '' : `${question}: `;
      return `${name}${listed(ran, ({ answers }) => energy(answers[i]))}`;
    })
    .join('; ');
}

const oneLine = (text: string): string => text.split('\n')[0].replaceAll('|', '\\|');

const picked = ({ right, of }: Picks): string => `${right} of ${of}`;

function systemVerdicts(cells: readonly Cell[]): string {
  const ofSeeds = pilotPicks(grouped(cells, (cell) => cell.case));
  const ofMethods = pilotPicks(grouped(cells, (cell) => cell.seed));
  return [
    `- ${offTold(cells)}`,
    `- pilots pick a CV that crosses at least half as often as the best: among one method's seeds ${picked(ofSeeds)}, among one seed's methods ${picked(ofMethods)}`,
  ].join('\n');
}

/** Wrong in silence, and wrong where it was told, are two things. */
function offTold(cells: readonly Cell[]): string {
  const words = (doubted: boolean): string => {
    const { determined, beyondThree, beyondFive } = farOff(cells, { doubted });
    const which = beyondThree.length > 0 ? ` (${beyondThree.join('; ')})` : '';
    return `of ${determined} ${beyondThree.length} are off by more than 3 σ${which}, ${beyondFive.length} by more than 5 σ`;
  };
  return `free energies with an error: against whose error nothing is said, ${words(false)}; of which \`fes\` warns, ${words(true)}`;
}

/** Median transitions of a method over its seeds, by system, beside those of the best; then what predicts them. */
function together(measured: readonly Measured[]): string {
  const names = [...new Set(measured.flatMap(({ cells }) => cells.map((cell) => cell.case)))];
  const medians = measured.map(({ cells }) => {
    const own = new Map(grouped(cells, (cell) => cell.case).map((each) => [each[0].case, medianOf(each)]));
    return { own, best: Math.max(...[...own.values()].map((value) => value ?? 0)) };
  });
  const lines = names.map((name) => [name, ...medians.map(({ own, best }) => relative(own.get(name), best))]);
  const head = ['median transitions (part of the best)', ...measured.map(({ system }) => system.name)];
  const found = measured.map(({ cells }) => predictors(cells));
  const correlations = found[0]?.map(({ what }, i) => [
    what,
    ...found.map((own) => `${own[i].correlation?.toFixed(2) ?? '–'} (${own[i].of})`),
  ]);
  const predictorHead = ['rank correlation with transitions (runs)', ...head.slice(1)];
  return [
    '### All systems',
    table([head, ...lines]),
    table([predictorHead, ...(correlations ?? [])]),
    `- ${offTold(measured.flatMap(({ cells }) => cells))}`,
  ].join('\n\n');
}

function medianOf(cells: readonly Cell[]): number | undefined {
  const counts = cells.flatMap((cell) => transitionsOf(cell) ?? []);
  return counts.length > 0 ? median(counts) : undefined;
}

const relative = (count: number | undefined, best: number): string =>
  count === undefined ? '–' : best > 0 ? `${shown(count)} (${(count / best).toFixed(2)})` : '0';
