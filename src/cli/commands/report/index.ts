/**
 * `latentcv report`: runs as a page to show. The command is here; `settings.ts` has what it takes, `of-campaign.ts` what it asks of a
 * campaign's folder, `diagnostics.ts` and `windows-data.ts` further parts of the page.
 */
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { CampaignRecord } from '../../../campaign/index.js';
import { loadModel } from '../../../onnx/index.js';
import type { ReportData, RunReport } from '../../../report/index.js';
import type { TrainingRecord } from '../../../training/index.js';
import { LatentcvError, outputPlace, packageVersion, writeWhole } from '../../../support/index.js';
import { combinedAnswers, isDetermined } from '../../combined-answers.js';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { loadSampling, unitsIn, type LoadedRun } from '../../frames/index.js';
import { addSettings } from '../../options/index.js';
import { weighingHelp } from '../../options/weighing/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import {
  answerLines,
  answerWarnings,
  combinedLines,
  energyWords,
  runInWords,
  runSettings,
  runVersions,
} from '../../words/index.js';
import { diagnosticsOf } from './diagnostics.js';
import { campaignIn, lastProduction } from './of-campaign.js';
import { settings, type ReportCommandOptions } from './settings.js';
import { windowsData } from './windows-data.js';

const help = `
One HTML page that needs nothing else: free energies with errors, the run in time, the model and its
training.

Example:
  latentcv report COLVAR --model model.onnx --cv cv.node-0 --against phi,psi --temperature 300 \\
    --basin phi=0..2.3 --cores phi=-2.8..-0.6,0.5..1.7 -o report.html
  latentcv report run --model model.onnx --training traj.xtc --structure conf.gro \\
      --cv cv.node-0 -o report.html
  latentcv report run --states states -o report.html
  latentcv report --campaign campaign -o report.html
  latentcv report --model properties.onnx -o report.html
`;

/** `latentcv report`: a biased run as a page to show. */
export function reportCommand(): Command {
  const command = new Command('report').argument(
    '[colvar...]',
    'COLVAR files, patterns or run folders: replicas of the run, or its parts (--parts); of a campaign its last production',
  );
  return addSettings(command, settings)
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: ReportCommandOptions, self: Command) => {
      const terminal = terminalFor(self);
      expectColumns('--cv', options.cv, 1);
      expectColumns('--against', options.against ?? [], 2);
      if (options.campaign !== undefined) await reportCampaign(files, options.campaign, options, terminal);
      else if (files.length === 0 && options.model !== undefined)
        await reportProperties(options.model, options, terminal);
      else if (files.length === 0) throw withoutFiles();
      else await reportRun(files, options, undefined, terminal);
    });
}

/** A campaign, and what is shown of it beside its chapter. */
interface Shown {
  folder: string;
  record: CampaignRecord;
  summary?: string;
}

/** The page of a campaign, and of the runs that are named or its last production. */
async function reportCampaign(
  files: readonly string[],
  folder: string,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const record = await campaignIn(folder);
  const { recordFile } = await import('../../../campaign/index.js');
  await outputPlace(options.output, [join(folder, recordFile)]);
  if (files.length > 0) return reportRun(files, options, { folder, record }, terminal);
  const last = lastProduction(folder, record);
  if (!last) return reportAlone({ folder, record }, options, terminal);
  const cv = options.cv.length > 0 ? options.cv : last.options.cv;
  // cores are of the states beside them
  const states = options.basin ? {} : last.options;
  const asked = { ...options, ...states, model: options.model ?? last.options.model, cv };
  await reportRun([last.folder], asked, { folder, record, summary: last.summary }, terminal);
}

/** The chapter of a campaign, of which no production has begun. */
async function reportAlone(
  campaign: Shown,
  { output, ...options }: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { renderReport } = await import('../../../report/index.js');
  const versions = [
    ['latentcv', packageVersion()],
    ['Node', process.version],
  ] as const;
  const { record } = campaign;
  const page = {
    ...{ title: titleOf(options, campaign), date: today(), versions },
    ...campaignPart(campaign),
    ...(record.natural && { units: naturalUnits }),
  };
  await writeWhole(output, renderReport(page));
  terminal.json({ output, deltaF: null, transitions: null, campaign: campaignJson(record) });
  if (!campaignDetermined(record)) process.exitCode = exitCodes.notDetermined;
  terminal.note(`wrote ${output}`);
}

/** The page of a model of rows: its properties. */
async function reportProperties(
  path: string,
  { output, title = 'Properties of rows' }: ReportCommandOptions,
  terminal: Terminal,
): Promise<void> {
  await outputPlace(output, [path]);
  const { composePropertiesReport, renderReport } = await import('../../../report/index.js');
  const versions = [
    ['latentcv', packageVersion()],
    ['Node', process.version],
  ] as const;
  const page = composePropertiesReport(title, await readModel(path));
  await writeWhole(output, renderReport({ ...page, date: today(), versions }));
  const { propertiesInShort } = await import('../../words/models/index.js');
  terminal.json({
    output,
    deltaF: null,
    transitions: null,
    properties: propertiesInShort(page.properties.record),
  });
  terminal.note(`wrote ${output}`);
}

/** Reads runs and writes their page. */
async function reportRun(
  files: readonly string[],
  options: ReportCommandOptions,
  campaign: Shown | undefined,
  terminal: Terminal,
): Promise<void> {
  const modes = options.states === undefined ? undefined : await readModes(options.states);
  const cv = options.cv.at(0) ?? modes?.found.cv.at(0);
  if (cv === undefined) throw withoutCv();
  const columns = [...new Set([cv, ...(options.against ?? []), ...(modes?.found.cv ?? [])])];
  const loaded = await loadSampling(files, columns, options, terminal);
  await writeReport(loaded, { ...options, cv, modes, campaign }, terminal);
}

const naturalUnits = { energy: 'natural units', time: 'thousand time units' };
const today = (): string => new Date().toISOString().slice(0, 10);

function titleOf({ title }: Pick<ReportCommandOptions, 'title'>, campaign: Shown | undefined): string {
  if (title !== undefined) return title;
  if (!campaign) return 'A run biased along a learned CV';
  const name = basename(resolve(campaign.folder));
  return name === 'campaign' ? 'A campaign' : `Campaign ${name}`;
}

function campaignPart({ folder, record, summary }: Shown): Pick<ReportData, 'campaign' | 'summary'> {
  return { campaign: { folder, record }, ...(summary !== undefined && { summary }) };
}

const campaignJson = ({ outcome, missing, deltaFs }: CampaignRecord) => ({
  outcome,
  missing,
  deltaFs,
});

const campaignDetermined = ({ deltaFs }: CampaignRecord): boolean =>
  deltaFs.length > 0 && deltaFs.every(({ error }) => error !== null);

/** What the page shows at most; more would be left out without a word. */
function expectColumns(option: string, given: readonly string[], most: number): void {
  if (given.length <= most) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${most === 1 ? 'one column' : 'one or two columns'} for ${option} but received ${given.join(',')}`,
  );
}

/** What is asked of the page, what it takes read. */
type Asked = Omit<ReportCommandOptions, 'cv' | 'campaign'> & {
  cv: string;
  modes: RunReport['modes'];
  campaign: Shown | undefined;
};

/** States and the structures beside them. */
async function readModes(path: string): Promise<NonNullable<RunReport['modes']>> {
  const { readStates, readStateStructures } = await import('../../../states/index.js');
  const found = await readStates(path);
  return { found, structures: await readStateStructures(found) };
}

const withoutCv = (): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    'expected --cv or --states but found neither',
    '--cv names the column of the learned CV, --states what latentcv states wrote',
  );

const withoutFiles = (): LatentcvError =>
  new LatentcvError(
    'bad-argument',
    'expected COLVAR files or folders of runs, or --campaign, but found neither',
    'latentcv report --help has examples',
  );

/** Writes the page of a run and tells its numbers. */
async function writeReport(loaded: LoadedRun, options: Asked, terminal: Terminal): Promise<void> {
  const { composeReport, renderReport, trainingSettings } = await import('../../../report/index.js');
  const { run, question, natural } = loaded;
  const { cv, against = [], reference, output, modes, campaign } = options;
  const diagnosed = await diagnosticsOf(options, terminal);
  const model = options.model === undefined ? undefined : await readModel(options.model);
  const record = model?.metadata.training as Partial<TrainingRecord> | null | undefined;
  const training =
    record && trainingSettings(record, model!.metadata.method, natural ? naturalUnits : undefined);
  const composed = composeReport({
    title: titleOf(options, campaign),
    run,
    cv,
    against,
    question,
    expected: reference === undefined ? undefined : { reference },
    model,
    unitOf: unitsIn(loaded),
    ...(modes && { modes }),
  });
  const versions = [
    ['latentcv', packageVersion()],
    ...(await runVersions(loaded)),
    ['Node', process.version],
  ] as const;
  await writeWhole(
    output,
    renderReport({
      ...composed.data,
      ...(loaded.windows && { windows: windowsData(loaded.windows, run, cv) }),
      ...diagnosed,
      ...(natural && { units: naturalUnits }),
      summary: runInWords(loaded),
      ...(campaign && campaignPart(campaign)),
      settings: [runSettings(loaded, options), ...(training ? [training] : [])],
      date: today(),
      versions,
    }),
  );
  const { answer } = composed;
  const combined = combinedAnswers(loaded, answer, cv);
  terminal.json({
    output,
    deltaF: answer?.deltaFs[0] ?? null,
    transitions: answer?.transitions ?? null,
    ...(combined && { combined }),
    ...(campaign && { campaign: campaignJson(campaign.record) }),
  });
  for (const line of answer ? answerLines(answer, run, energyWords(run, natural)) : []) terminal.note(line);
  for (const line of answer ? answerWarnings(answer, run) : []) terminal.warn(line);
  for (const line of combined ? combinedLines(combined, energyWords(run, natural)) : []) terminal.note(line);
  const determined = campaign ? campaignDetermined(campaign.record) : isDetermined(answer, combined);
  if (!determined) process.exitCode = exitCodes.notDetermined;
  terminal.note(`wrote ${output}`);
}

async function readModel(path: string) {
  const { metadata } = await loadModel(path);
  if (metadata) return { path, metadata };
  throw new LatentcvError('bad-model', `${path} was written elsewhere and tells nothing of its training`);
}
