/**
 * `latentcv fes`: free energies of a biased run. The command and its job are here; `table.ts` writes the grid as PLUMED does, `figure.ts`
 * draws it.
 */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import {
  answerOf,
  freeEnergyProfile,
  freeEnergySurface,
  geometricSample,
  type FreeEnergyProfile,
  type FreeEnergySurface,
  type RunAnswer,
} from '../../../free-energy/index.js';
import type { WindowsAnalysis } from '../../../campaign/index.js';
import { framesIn } from '../../../sampling/index.js';
import type { ImageKind } from '../../../report/index.js';
import { LatentcvError, outputPlace, setting, writeWhole, digits } from '../../../support/index.js';
import { combinedAnswers, isDetermined } from '../../combined-answers.js';
import { answerLines, answerWarnings, combinedLines, energyWords, windowsLines } from '../../words/index.js';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { againstAll, loadSampling, type LoadedRun } from '../../frames/index.js';
import {
  addSettings,
  columnIntervals,
  fileSetting,
  jsonSettings,
  optionalOutputSettings,
  readsEach,
  samplingSettings,
  type Given,
} from '../../options/index.js';
import { weighingHelp } from '../../options/weighing/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { profileTable, surfaceTable } from './table.js';

const help = `
Frames are weighed by exp(bias/kT); errors come from blocks of frames. Energies are in kJ/mol, in
natural units in the run's own. ΔF between basins has an error only where at least ten transitions
between them were seen in the analysed frames; else the exit code is 4.

Example:
  latentcv fes COLVAR --cv phi --temperature 300 -o fes.dat
  latentcv fes COLVAR --cv phi,psi --temperature 300 --basin phi=0..2.3 --json
  latentcv fes run --cv phi,psi --plot fes.pdf -o fes.dat
  latentcv fes run --cv cv.node-0 --cores phi=-2.8..-0.6,0.5..1.7 --basin phi=0..2.3
  latentcv fes run --cv cv.node-0 \\
      --basin 'C5: phi < 0 and psi > 1; C7eq: phi < 0 and psi < 1; C7ax: phi=0..2.3'
`;

const group = 'Estimate';

const settings = {
  cv: setting(z.array(z.string()), {
    flag: 'cv',
    value: 'columns',
    example: 'phi,psi',
    description: 'one or two columns',
  }),
  ...optionalOutputSettings('where to write the table', 'the screen'),
  plot: fileSetting(
    'plot',
    'a figure of it in the style of the report: a name that ends in .svg, .png or .pdf',
  ),
  ...jsonSettings('everything, for scripts'),
  method: setting(z.enum(['kde', 'histogram']).default('kde'), {
    flag: 'method',
    value: 'method',
    group,
    description: 'Gaussian kernels, or bins',
  }),
  points: setting(z.number().int().min(1).optional(), {
    flag: 'points',
    value: 'count',
    group,
    description: 'points of the grid along each axis',
  }),
  bandwidth: setting(z.array(z.number().positive()).optional(), {
    flag: 'bandwidth',
    value: 'widths',
    group,
    example: '0.05,0.1',
    description: 'width of the kernels along each axis',
    otherwise: "Silverman's rule, at most 1/150 of the range",
  }),
  range: setting(readsEach(columnIntervals).optional(), {
    flag: 'range',
    value: 'interval',
    each: true,
    group,
    description: 'ends of the grid, such as d=0.2..1.5, of each axis',
    otherwise: 'all frames',
  }),
  geometric: setting(z.boolean().optional(), {
    flag: 'geometric',
    group,
    description:
      'the geometric free energy beside the plain one, from what GRADIENT of ONNX_MODEL or predict --gradient gives',
  }),
  ...samplingSettings,
};
type FesOptions = Given<typeof settings>;

/** `latentcv fes`: free energies from a biased run. */
export function fesCommand(): Command {
  const command = new Command('fes').argument(
    '<colvar...>',
    'COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)',
  );
  return addSettings(command, settings)
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: FesOptions, self: Command) => {
      const terminal = terminalFor(self);
      const kind = await plotKind(files, options);
      const columns = [...options.cv, ...(options.geometric ? [gradientColumn(options.cv)] : [])];
      const loaded = await loadSampling(files, columns, options, terminal);
      await tell(loaded, options, kind, terminal);
    });
}

/**
 * What the figure is to be, before anything is read.
 * @throws LatentcvError `bad-argument` for another ending, or where there is no place for it
 */
async function plotKind(
  files: readonly string[],
  { plot, output }: FesOptions,
): Promise<ImageKind | undefined> {
  if (plot === undefined) return undefined;
  const { imageKind } = await import('../../../report/index.js');
  const kind = imageKind(plot, '--plot');
  await outputPlace(plot, [
    ...files.filter((file) => existsSync(file)),
    ...(output === undefined ? [] : [output]),
  ]);
  return kind;
}

async function tell(
  loaded: LoadedRun,
  options: FesOptions,
  kind: ImageKind | undefined,
  terminal: Terminal,
): Promise<void> {
  const { run, question, natural } = loaded;
  const { energies, geometric, table } = estimate(loaded, options);
  const answer = answerOf(run, question, options.cv);
  terminal.note(widthInWords(options, energies));
  if (options.output !== undefined) await writeWhole(options.output, table);
  else terminal.print(table.trimEnd());
  if (kind !== undefined) {
    const [{ figureFile }, { freeEnergyFigure }] = await Promise.all([
      import('../../../report/index.js'),
      import('./figure.js'),
    ]);
    const figure = freeEnergyFigure(loaded, options.cv, energies, answer?.states);
    await writeWhole(options.plot!, await figureFile(figure, kind));
    terminal.note(figure.caption);
  }
  const combined = combinedAnswers(loaded, answer, options.cv[0]);
  terminal.json({
    ...inJson(loaded, options),
    freeEnergy: energies,
    ...(options.plot !== undefined && { plot: options.plot }),
    ...(geometric && { geometric }),
    ...answerInJson(answer),
    ...(combined && { combined }),
  });
  if (loaded.windows) for (const line of windowsLines(loaded.windows, options.cv[0])) terminal.note(line);
  if (answer) {
    for (const line of answerLines(answer, run, energyWords(run, natural))) terminal.note(line);
    for (const line of answerWarnings(answer, run)) terminal.warn(line);
    for (const line of combined ? combinedLines(combined, energyWords(run, natural)) : [])
      terminal.note(line);
    if (!isDetermined(answer, combined)) process.exitCode = exitCodes.notDetermined;
  }
  for (const path of [options.output, options.plot]) if (path !== undefined) terminal.note(`wrote ${path}`);
}

function inJson({ run, natural, windows }: LoadedRun, { cv }: FesOptions) {
  const { dataset, sample, bias, notes } = run;
  return {
    cv,
    bias: bias.weigh.join(',') || null,
    frames: dataset.frames,
    analysedFrames: framesIn(sample.ranges),
    effectiveFrames: sample.effectiveSize,
    temperature: sample.temperature,
    energyUnit: natural ? null : 'kJ/mol',
    notes: [...notes, ...againstAll(run)],
    ...(windows && { windows: windowsInJson(windows) }),
  };
}

function windowsInJson({ windows, states, overlap, temperature, solution, warnings }: WindowsAnalysis) {
  const { neighbours, eigenvalues } = solution;
  return { temperature, windows, states, overlap, neighbours, eigenvalues, warnings };
}

function answerInJson(answer: RunAnswer | undefined) {
  if (!answer) return { deltaF: null, transitions: null };
  const { deltaFs, transitions, halves, drift } = answer;
  return { deltaF: deltaFs[0], deltaFs, transitions, halves, drift: drift ?? null };
}

/**
 * Where ONNX_MODEL with GRADIENT, or predict --gradient, puts the length of a CV's gradient, or of two the root of the determinant of
 * their products.
 */
function gradientColumn(cv: readonly string[]): string {
  if (cv.length === 1) return `${cv[0]}-gradient`;
  const actions = new Set(cv.map((column) => column.slice(0, column.lastIndexOf('.') + 1)));
  if (actions.size > 1)
    throw new LatentcvError(
      'bad-argument',
      `expected both CVs of one model for --geometric but received ${cv.join(',')}`,
    );
  return `${[...actions][0]}gradient`;
}

interface Estimate {
  energies: FreeEnergyProfile | FreeEnergySurface;
  geometric?: FreeEnergyProfile | FreeEnergySurface;
  table: string;
}

function estimate({ run, question, natural }: LoadedRun, options: FesOptions): Estimate {
  const { values, period, sample } = run;
  const { method, points, cv } = options;
  const { blocks } = question;
  const common = { method, blocks };
  const axis = (column: string) => {
    const domain = period(column);
    const range = options.range?.find((given) => given.column === column)?.interval;
    return {
      period: domain,
      range,
      points,
    };
  };
  const [x, y, ...more] = cv;
  if (more.length > 0) {
    throw new LatentcvError(
      'bad-argument',
      `expected one or two columns for --cv but received ${cv.join(',')}`,
    );
  }
  expectAxes(run, options);
  const weighed = options.geometric ? geometricSample(sample, values(gradientColumn(cv))) : undefined;
  const header = {
    labels: cv,
    periods: cv.map(period),
    temperature: !natural ? sample.temperature : undefined,
    units: { energy: natural ? 'natural' : 'kJ/mol' },
  };
  if (y === undefined) {
    const [bandwidth] = options.bandwidth ?? [];
    const width = bandwidth === undefined ? {} : { bandwidth };
    const profile = freeEnergyProfile(values(x), sample, { ...common, ...width, ...axis(x) });
    const geometric =
      weighed &&
      freeEnergyProfile(values(x), weighed, {
        ...{ ...common, ...axis(x) },
        ...(method === 'kde' && { bandwidth: profile.bandwidth }),
      });
    return { energies: profile, geometric, table: profileTable(profile, header, geometric) };
  }
  const [first, second] = options.bandwidth ?? [];
  const axes = { x: axis(x), y: axis(y) };
  const surface = freeEnergySurface(values(x), values(y), sample, {
    ...{ ...common, ...axes },
    bandwidth: first !== undefined && second !== undefined ? [first, second] : undefined,
  });
  const geometric =
    weighed &&
    freeEnergySurface(values(x), values(y), weighed, {
      ...{ ...common, ...axes },
      bandwidth: method === 'kde' ? surface.bandwidth : undefined,
    });
  return { energies: surface, geometric, table: surfaceTable(surface, header, geometric) };
}

/** Widths are as many as axes, and of kernels; ranges are of columns that are axes and have no period. */
function expectAxes({ period }: LoadedRun['run'], { cv, method, bandwidth, range = [] }: FesOptions): void {
  if (bandwidth && method !== 'kde')
    throw new LatentcvError('bad-argument', `expected --bandwidth with --method kde but received ${method}`);
  if (bandwidth && bandwidth.length !== cv.length)
    throw new LatentcvError(
      'bad-argument',
      `expected ${cv.length} widths for --bandwidth, one for each of ${cv.join(',')}, but received ${bandwidth.length}`,
    );
  for (const { column } of range) {
    if (!cv.includes(column))
      throw new LatentcvError(
        'bad-argument',
        `expected --range of ${cv.join(' or ')} but received one of ${column}`,
      );
    if (period(column))
      throw new LatentcvError(
        'bad-argument',
        `${column} is periodic: its grid is its whole domain, so that --range has no meaning`,
      );
  }
}

/** What the energies were estimated with. */
function widthInWords(
  { cv }: FesOptions,
  { method, bandwidth }: FreeEnergyProfile | FreeEnergySurface,
): string {
  const widths = [bandwidth].flat().map((width, i) => `${digits(width, 3)} in ${cv[i]}`);
  return `${method === 'kde' ? 'kernels' : 'bins'} of width ${widths.join(', ')}`;
}
