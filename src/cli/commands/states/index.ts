/**
 * `latentcv states`: modes, or states by rules, of weighted frames. The command and its job are here; `structures.ts` finds
 * trajectories and writes structures, `words.ts` says what was found.
 */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { columnsAsked } from '../../../free-energy/index.js';
import { fitsColumn } from '../../../frames/index.js';
import type { StateFiles, StatesOfRun } from '../../../states/index.js';
import { framesIn } from '../../../sampling/index.js';
import { LatentcvError, expectOutputFolder, setting, writeWhole } from '../../../support/index.js';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { againstAll, loadSampling, type LoadedRun } from '../../frames/index.js';
import { addSettings, jsonSettings, questionOf, samplingSettings, type Given } from '../../options/index.js';
import { weighingHelp } from '../../options/weighing/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { energyWords } from '../../words/index.js';
import { confinedInFrames, openStructures, structureSettings, type OpenStructures } from './structures.js';
import { bindingLines } from './binding-words.js';
import { bindingOf, bindingSettings, columnsOfBinding } from './binding.js';
import { stateLines, statesWarnings } from './words.js';

const help = `
Modes are basins of the density of the reweighted frames along --cv, one where the barrier between
them is below 2 kT (--merge-below), and split where another column shows two structures in one
(--no-split leaves that out); --basin names states by rules instead. Populations and ΔF have
an error only where at least ten transitions were seen; else the exit code is 4.

Example:
  latentcv states run --cv cv.node-0,cv.node-1 -o states
  latentcv states COLVAR --cv phi,psi --temperature 300 --columns 'd_*' --json
  latentcv states run1/COLVAR run2/COLVAR --cv phi,psi --temperature 300 \\
      --frames run1/md.xtc run2/md.xtc --structure conf.gro -o states
  latentcv states run --basin 'bound: d < 0.5; unbound: d > 1.2' --temperature 300
  latentcv states run --cv cv.node-0 --unbound 'distance > 1.2'
`;

const group = 'Modes';

const settings = {
  cv: setting(z.array(z.string()).default([]), {
    flag: 'cv',
    value: 'columns',
    example: 'cv.node-0,cv.node-1',
    description: 'one to five columns that modes are looked for along',
    otherwise: 'those of --basin',
  }),
  output: setting(z.string().optional(), {
    flag: 'output',
    short: 'o',
    value: 'folder',
    description: 'where to write states.json, states.csv and structures',
  }),
  ...jsonSettings('everything, for scripts'),
  columns: setting(z.array(z.string()).optional(), {
    flag: 'columns',
    value: 'columns',
    group,
    example: "'d_*'",
    description: 'columns that may tell states apart, patterns too',
    otherwise: 'all but the bias; with structures contacts, hydrogen bonds, torsions',
  }),
  mergeBelow: setting(z.number().positive().default(2), {
    flag: 'merge-below',
    value: 'kT',
    group,
    description: 'modes with a lower barrier between them are one, in kT',
  }),
  split: setting(z.boolean().default(true), {
    flag: 'no-split',
    group,
    description: 'do not split modes where a column shows more than one structure',
  }),
  examples: setting(z.number().int().min(0).default(10), {
    flag: 'examples',
    value: 'count',
    group,
    description: 'frames of each state beside the one that stands for it',
  }),
  ...bindingSettings,
  ...samplingSettings,
  ...structureSettings,
};
export type StatesOptions = Given<typeof settings>;

/** `latentcv states`: what a run's frames fall apart into. */
export function statesCommand(): Command {
  const command = new Command('states').argument(
    '<colvar...>',
    'COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts)',
  );
  return addSettings(command, settings)
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: StatesOptions, self: Command) => {
      const terminal = terminalFor(self);
      const { output, ...reading } = options;
      if (output !== undefined) await expectOutputFolder(output);
      expectQuestion(options);
      const named = options.cv.length > 0 ? options.cv : columnsAsked(questionOf(options));
      const columns = [...named, ...columnsOfBinding(options), ...(options.columns ?? ['*'])];
      await tell(await loadSampling(files, columns, reading, terminal), options, terminal);
    });
}

function expectQuestion({ cv, basin, cores, basinA }: StatesOptions): void {
  if (basin === undefined && (cores ?? basinA) !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected --basin with ${cores ? '--cores' : '--basin-a'} but found none`,
      'modes that are looked for have cores of their own',
    );
  if (cv.length > 0 || basin !== undefined) return;
  throw new LatentcvError(
    'bad-argument',
    'expected --cv or --basin but found neither',
    'modes are looked for along --cv; --basin names states by rules',
  );
}

async function tell(loaded: LoadedRun, options: StatesOptions, terminal: Terminal): Promise<void> {
  const { differencesByAtoms, statesOfRun } = await import('../../../states/index.js');
  const { run, question, natural } = loaded;
  const { cv, mergeBelow, split, examples, output } = options;
  const structures = output === undefined ? undefined : await openStructures(run, options, terminal);
  const ofTables = statesOfRun(run, {
    ...{ cv, mergeBelow, split, examples, question },
    columns: describing(loaded, options),
    ...(structures && { usable: structures.usable }),
  });
  const byAtoms = structures && options.columns === undefined;
  const found = byAtoms ? await differencesByAtoms(ofTables, run, structures) : ofTables;
  const files = structures && output !== undefined ? await written(output, loaded, found, structures) : [];
  const binding = await bindingOf(loaded, options, found, terminal);
  const json = { ...inJson(loaded, options, found, files), binding: binding ?? null };
  if (output !== undefined) await writeTables(output, json, found);
  terminal.json(json);
  for (const line of stateLines(found, energyWords(run, natural))) terminal.print(line);
  if (binding) for (const line of bindingLines(binding)) terminal.print(line);
  for (const note of found.notes) terminal.note(note);
  for (const line of binding?.warnings ?? []) terminal.warn(line);
  for (const line of statesWarnings(found)) terminal.warn(line);
  if (output !== undefined) terminal.note(`wrote ${output}`);
  // one mode alone leaves nothing to determine
  const asked =
    found.states.length === 1 ? [] : found.states.filter(({ foundAgain }) => foundAgain !== false);
  const undetermined = asked.some(({ error, deltaFError }) => error === null || deltaFError === null);
  if (undetermined || (binding && binding.total.error === null)) process.exitCode = exitCodes.notDetermined;
}

/** Columns that were asked for by --columns alone, or all that may tell states apart. */
function describing({ run: { dataset } }: LoadedRun, { columns }: StatesOptions): string[] | undefined {
  if (columns === undefined) return undefined;
  return dataset.columns
    .map(({ label }) => label)
    .filter((label) => columns.some((each) => fitsColumn(each, label)));
}

async function written(
  output: string,
  loaded: LoadedRun,
  { states }: StatesOfRun,
  structures: OpenStructures,
): Promise<(StateFiles | null)[]> {
  const { writeStructures } = await import('../../../states/index.js');
  await mkdir(output, { recursive: true });
  const confinedIn = await confinedInFrames(loaded, structures);
  return writeStructures(states, { folder: output, ...structures, ...(confinedIn && { confinedIn }) });
}

async function writeTables(output: string, json: unknown, found: StatesOfRun): Promise<void> {
  const { statesTable } = await import('../../../states/index.js');
  await mkdir(output, { recursive: true });
  await writeWhole(join(output, 'states.json'), `${JSON.stringify(json, undefined, 2)}\n`);
  await writeWhole(join(output, 'states.csv'), statesTable(found));
}

function inJson(
  { run, natural, files: runs }: LoadedRun,
  { cv, output }: StatesOptions,
  { labels, ...found }: StatesOfRun,
  files: readonly (StateFiles | null)[],
) {
  const { dataset, sample, bias, notes } = run;
  return {
    cv,
    bias: bias.weigh.join(',') || null,
    frames: dataset.frames,
    analysedFrames: framesIn(sample.ranges),
    effectiveFrames: sample.effectiveSize,
    temperature: sample.temperature,
    energyUnit: natural ? null : 'kJ/mol',
    confinement: runs[0].notes?.confinement ?? null,
    ...found,
    states: found.states.map((state, i) => ({
      ...state,
      ...(output !== undefined && { structures: inFolder(files.at(i) ?? null, output) }),
    })),
    names: labels.names,
    notes: [...notes, ...againstAll(run), ...found.notes],
    output: output ?? null,
  };
}

/** Paths from the folder of states.json. */
function inFolder(files: StateFiles | null, folder: string): StateFiles | null {
  if (!files) return null;
  const from = <Path extends string | null>(path: Path): Path =>
    (path === null ? null : relative(folder, path)) as Path;
  const { gro, pdb, moreGro, morePdb, confined } = files;
  return { gro: from(gro), pdb: from(pdb), moreGro: from(moreGro), morePdb: from(morePdb), confined };
}
