/**
 * `latentcv campaign`: rounds of training, pilots and production by a file, on this machine or under Slurm. The rounds themselves are
 * in `src/campaign/rounds`.
 */
import { mkdir, realpath } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { CampaignPlan, CampaignRecord } from '../../../campaign/index.js';
import { LatentcvError, Lock, ownBatchJob, packageRoot, readText } from '../../../support/index.js';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { addSettings } from '../../options/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { dryRunLines } from './dry-run.js';
import { settings, type CampaignSettings } from './settings.js';

const help = `
A campaign looks for a second state where frames show one alone (hot runs, OPES_METAD_EXPLORE), then
goes in rounds: CVs are trained on all frames so far, each is tried in a pilot, the one that crosses
most often is run in replicas, whose free energies are compared with those of the round before. It
ends when they agree within their errors, or at a budget, and tells what is missing then.

Example:
  latentcv campaign campaign.yaml --dry-run
  latentcv campaign campaign.yaml
  latentcv campaign campaign.yaml --scheduler slurm
  latentcv campaign campaign.yaml --status

  # campaign.yaml
  gromacs: {mdp: run.mdp, structure: conf.gro, topology: topol.top}
  temperature: 300
  training: {descriptors: [distances heavy]}
  production: {length: 10ns}
  budget: {nanoseconds: 100}

Stopped or killed, it goes on when the same command is given again, on another node too. Exit code 4
where it ended without an answer.
`;

/** `latentcv campaign`: CVs chosen by running them, in rounds that end by themselves. */
export function campaignCommand(): Command {
  const command = new Command('campaign').argument('[file]', 'what to do, YAML');
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (file: string | undefined, options: CampaignSettings, self: Command) => {
      const terminal = terminalFor(self);
      if (options.schema) {
        const { campaignSchema } = await import('../../../campaign/index.js');
        process.stdout.write(`${JSON.stringify(campaignSchema(), undefined, 2)}\n`);
        return;
      }
      if (file === undefined)
        throw new LatentcvError(
          'bad-argument',
          'expected the file of a campaign but found none',
          'latentcv campaign --help',
        );
      await campaign(file, options, terminal);
    });
}

async function campaign(file: string, options: CampaignSettings, terminal: Terminal): Promise<void> {
  const { expectNoJobs, parsePlan, readCampaign } = await import('../../../campaign/index.js');
  const plan = parsePlan(await readText(file, "a campaign's file"), file);
  const folder = resolve(options.folder ?? basename(file, extname(file)));
  if (options.status) {
    const record = await readCampaign(folder);
    if (!record)
      throw new LatentcvError(
        'file-not-found',
        `expected a campaign in ${folder} but there is none`,
        `latentcv campaign ${file}`,
      );
    return await tellStatus(record, folder, terminal);
  }
  if (options.dryRun) return await dryRun(plan, folder, terminal);
  await mkdir(folder, { recursive: true });
  // one name of it on every node, and paths from it as the system follows them
  const place = await realpath(folder);
  const own = { file: relative(place, resolve(file)), folder: place, plan };
  if (options.task !== undefined) return await oneTask(options.task, own, terminal);
  if (options.scheduler === 'slurm' && (await goesOnByItself(place, terminal))) return;
  if (options.scheduler !== 'slurm') await expectNoJobs(place);
  const lock = await lockOf(own, options, terminal);
  try {
    await rounds(own, options, terminal);
  } finally {
    await lock.release();
  }
}

/** A job waits for the one before it, which may still be telling where it stands. */
async function lockOf(
  { folder }: Own,
  { scheduler }: CampaignSettings,
  { signal, note }: Terminal,
): Promise<Lock> {
  const [file, what] = [join(folder, 'campaign.lock'), `${folder} is worked on`];
  if (scheduler !== 'slurm' || ownBatchJob() === undefined) return await Lock.take(file, what);
  return await Lock.await(file, what, { signal, onWait: note });
}

/** Whether jobs go on with a campaign; then that is told. */
async function goesOnByItself(folder: string, terminal: Terminal): Promise<boolean> {
  const { jobsUnderWay, readCampaign } = await import('../../../campaign/index.js');
  const under = await jobsUnderWay(folder);
  if (!under?.goesOn) return false;
  terminal.json(await readCampaign(folder));
  terminal.print(under.words);
  return true;
}

interface Own {
  /** The plan's file, from the campaign's folder. */
  file: string;
  folder: string;
  plan: CampaignPlan;
}

async function rounds(
  { file, folder, plan }: Own,
  options: CampaignSettings,
  terminal: Terminal,
): Promise<void> {
  const { Journal, Waiting, engineInputs, localScheduler, readCampaign, runCampaign, slurmScheduler } =
    await import('../../../campaign/index.js');
  const { signal } = terminal;
  const onNote = (line: string): void => terminal.note(`note: ${line}`);
  const engine = engineInputs(plan, folder, { signal, onNote });
  const before = await readCampaign(folder);
  if (before === undefined) await engine.check();
  const local = localScheduler({ folder, program, signal, onNote, progress: terminal.progress });
  const scheduler =
    options.scheduler === 'slurm'
      ? slurmScheduler({ ...{ folder, program, local }, file: resolve(folder, file), slurm: plan.slurm })
      : local;
  const journal = new Journal(plan, {
    ...{ file, folder, scheduler, onNote },
    began: before?.began ?? new Date().toISOString(),
    onStep: ({ title }) => terminal.note(title),
  });
  try {
    await tell(await runCampaign({ plan, folder, journal, engine }), terminal);
  } catch (error) {
    if (!(error instanceof Waiting)) {
      await journal.fail(error).catch(() => undefined);
      throw error;
    }
    terminal.json(journal.record);
    terminal.print(error.message);
  }
}

/** This program, as its jobs start it. */
const program = [process.execPath, join(packageRoot(), 'dist', 'src', 'cli', 'main.js')];

async function oneTask(name: string, { folder, plan }: Own, terminal: Terminal): Promise<void> {
  const { TaskFiles, taskNamed } = await import('../../../campaign/index.js');
  const task = await taskNamed(folder, name);
  const signal = ownBatchJob() === undefined ? terminal.signal : warningOfSlurm();
  const files = new TaskFiles(folder);
  if ((await files.result(task)) === undefined)
    await files.run(task, { program, signal, onNote: (line) => terminal.note(line) });
  terminal.json({ task: name, temperature: plan.temperature });
}

/** Aborted by Slurm's warning. Its SIGTERM comes to every process of a job: passed on, it would end a command at once. */
function warningOfSlurm(): AbortSignal {
  const stop = new AbortController();
  process.on('SIGTERM', () => undefined);
  for (const name of ['SIGUSR1', 'SIGINT'] as const) process.on(name, () => stop.abort());
  return stop.signal;
}

async function dryRun(plan: CampaignPlan, folder: string, terminal: Terminal): Promise<void> {
  const { engineInputs, expectInputs } = await import('../../../campaign/index.js');
  const engine = engineInputs(plan, folder, {
    signal: terminal.signal,
    onNote: (line) => terminal.note(line),
  });
  await expectInputs(plan, folder);
  await engine.check();
  terminal.json({ folder, plan });
  for (const line of await dryRunLines(plan, engine, folder)) terminal.print(line);
}

async function tellStatus(record: CampaignRecord, folder: string, terminal: Terminal): Promise<void> {
  const { jobsTold } = await import('../../../campaign/index.js');
  await tell(record, terminal);
  const jobs = record.outcome === 'running' ? await jobsTold(await realpath(folder)) : undefined;
  if (jobs !== undefined) terminal.print(jobs);
}

async function tell(record: CampaignRecord, terminal: Terminal): Promise<void> {
  terminal.json(record);
  const { campaignLines } = await import('../../words/index.js');
  for (const line of campaignLines(record)) terminal.print(line);
  if (record.outcome === 'budget' || record.outcome === 'one state')
    process.exitCode = exitCodes.notDetermined;
}
