import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LatentcvError, readBytes, writeWhole } from '../../support/index.js';
import { writeBaseInputs } from './base-input.js';
import { plumedWords } from './commands.js';
import type { EngineInputs } from './engines/index.js';
import { explorationsOf, explored, exploredBefore, type CampaignContext } from './explore.js';
import { foundStates } from './found-states.js';
import { expectSameInputs } from './same-inputs.js';
import { BudgetSpent, type Journal } from './journal.js';
import type { CampaignPlan, Question } from './plan.js';
import type { CampaignRecord, RoundRecord } from './record.js';
import { answered, keptOf, onOtherFrames, piloted, produced, trainedCvs, type RoundStart } from './round.js';
import { combinedOf, criteriaOf, whyWorse } from './stop-rule.js';
import type { PilotTold, PlumedTold } from './told.js';

export interface CampaignOptions {
  plan: CampaignPlan;
  /** Where it writes, and from where its commands name files. */
  folder: string;
  journal: Journal;
  engine: EngineInputs;
}

/**
 * Rounds until free energies agree, or the budget is spent. Everything that was done before is read from the folder, so that the
 * same call goes on where one stopped.
 * @throws LatentcvError of a command that failed, `interrupted`
 * @throws Waiting where jobs were submitted and the campaign goes on when they have ended
 */
export async function runCampaign({
  plan,
  folder,
  journal,
  engine,
}: CampaignOptions): Promise<CampaignRecord> {
  const named = (path: string): string => relative(folder, path) || '.';
  await mkdir(join(folder, 'system'), { recursive: true });
  await expectSameInputs(plan, folder);
  const inputs = await writeBaseInputs(plan, folder);
  for (const line of inputs.notes) journal.note(line);
  const rounds = new Rounds({ plan, journal, engine, inputs, named }, folder);
  try {
    await rounds.explore();
    await rounds.go();
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    rounds.give(error.message);
  }
  await journal.save();
  return journal.record;
}

class Rounds {
  private readonly record: CampaignRecord;
  private readonly plan: CampaignPlan;
  private frames: string[];
  private questions: Question[];
  private also: string[];
  private base: string | undefined;
  private before: RoundStart['before'];
  private next = 0;
  /** Whether the next round runs the CV before again, and tries no other. */
  private again = false;

  constructor(
    private readonly context: CampaignContext,
    private readonly folder: string,
  ) {
    this.plan = context.plan;
    this.record = context.journal.record;
    this.frames = this.plan.frames.map(context.named);
    this.questions = [...this.plan.states];
    this.also = [...context.inputs.also];
    this.base = context.inputs.base;
  }

  /** Looks for a second state, where CVs are to be trained and frames show none. */
  async explore(): Promise<void> {
    if (this.plan.training.seeds === 0) return;
    if (this.frames.length > 0) {
      const given = await exploredBefore(this.context);
      this.record.exploration.push(given);
      if (given.found) return;
    }
    while (!(await this.exploreOnce()));
  }

  /** Whether nothing more is to be looked for. */
  private async exploreOnce(): Promise<boolean> {
    const ways = explorationsOf(this.plan, this.context.engine);
    const way = ways.at(this.next++);
    if (!way) return true;
    const done = await explored(this.context, this.next, way, this.frames);
    this.record.exploration.push(done);
    this.frames.push(...done.folders);
    return done.found;
  }

  /** Rounds one after the other. */
  async go(): Promise<void> {
    for (let round = 1; round <= this.plan.budget.rounds; round++) {
      const done = await this.round(round);
      if (done) return;
    }
    this.give(`${this.plan.budget.rounds} rounds are over`);
  }

  /** Whether it is the last one. */
  private async round(round: number): Promise<boolean> {
    const { context, record } = this;
    const start: RoundStart = {
      ...{ round, frames: [...this.frames], before: this.before },
      ...{ questions: this.questions, base: this.base, also: this.also },
    };
    const entry: RoundRecord = {
      ...{ round, learnedFrom: start.frames as string[], candidates: [], judges: [], kept: null },
      ...{ production: null, deltaFs: [], drift: null, givenUp: null, otherFrames: [], criteria: [] },
    };
    record.rounds.push(entry);
    const models = this.again ? [] : await trainedCvs(context, start);
    const alone = models.length <= 1 && this.before !== undefined;
    if (!alone) {
      const { candidates, told } = await piloted(context, start, models);
      entry.candidates = candidates;
      entry.judges = told.judges.map(({ column }) => column);
      entry.kept = keptOf(this.plan, candidates, this.before);
      if (entry.kept === null) return await this.noneCrossed(round);
      if (this.questions.length === 0) await this.nameStates(round, told, entry.kept.model);
    } else {
      const reason = this.again
        ? 'taken again, to be compared with its earlier runs'
        : 'the only CV there is';
      entry.kept = { ...this.before!, reason };
    }
    this.again = false;
    this.before = { name: entry.kept.name, model: entry.kept.model, round: entry.kept.round };
    const named = { ...start, questions: this.questions, base: this.base, also: this.also };
    entry.production = await produced(context, named, entry.kept.model);
    const { deltaFs, drift } = await answered(context, named, entry.production);
    entry.deltaFs = deltaFs;
    entry.drift = drift;
    if (entry.candidates.length > 1)
      entry.otherFrames = await onOtherFrames(context, named, compared(entry, start), entry.production);
    this.frames.push(...replicaFolders(this.plan, entry.production.folder));
    this.expectNoWorse(entry);
    entry.criteria = criteriaOf(this.plan, record.rounds);
    record.deltaFs = combinedOf(this.plan, record.rounds);
    if (!entry.criteria.every(({ met }) => met)) return false;
    record.outcome = 'converged';
    return true;
  }

  /** Goes back to the CV before where the runs along the new one tell less than its own did. */
  private expectNoWorse(entry: RoundRecord): void {
    const others = this.record.rounds.filter((each) => each !== entry && each.givenUp === null);
    const last = others.findLast(({ production, kept }) => production !== null && kept !== null);
    if (!last || last.kept!.name === entry.kept!.name) return;
    entry.givenUp = whyWorse(last, entry) ?? null;
    if (entry.givenUp === null) return;
    this.context.journal.note(`round ${entry.round}: ${entry.givenUp}`);
    const { name, model, round } = last.kept!;
    this.before = { name, model, round };
    this.again = true;
  }

  /** No CV works yet: more frames, where something is left to try. */
  private async noneCrossed(round: number): Promise<boolean> {
    this.context.journal.note(`round ${round}: no pilot crossed, so that none of its CVs is run`);
    if (this.plan.training.seeds > 0) {
      const before = this.frames.length;
      await this.exploreOnce();
      if (this.frames.length > before) return false;
    }
    this.give('no CV crosses, and there is nothing more to explore by');
    return true;
  }

  /** States that nobody named are the basins that the pilots showed; their CV is printed in every run to come. */
  private async nameStates(round: number, told: PilotTold, kept: string): Promise<void> {
    const found = foundStates(told, kept);
    if (!found) throw new LatentcvError('bad-data', 'expected the pilots to show states but they show none');
    const model = 'states.onnx';
    const { journal, plan } = { journal: this.context.journal, plan: this.plan };
    await copyModel(join(this.folder, found.model), join(this.folder, model));
    const output = 'states.dat';
    const { text, components, added } = await journal.one<PlumedTold>({
      name: `round-${round}.states`,
      title: `round ${round}: the states are the basins of ${found.model}`,
      task: { words: plumedWords(plan, { base: this.base, model, kind: 'none', also: [] }, output) },
    });
    // its own table is not wanted: the runs print it
    const prints = added.filter((line) => line.startsWith('PRINT '));
    await writeWhole(
      join(this.folder, output),
      text
        .split('\n')
        .filter((line) => !prints.includes(line))
        .join('\n'),
    );
    const column = components.find((each) => each.endsWith(`.${found.output}`)) ?? components[0];
    this.questions = [found.question(column)];
    this.also = [...this.context.inputs.also, column];
    this.base = output;
    const questions = this.questions.map(({ basin, cores = null }) => ({ basin, cores }));
    this.record.states = { model: found.model, column, questions };
    journal.note(
      `no states are named: they are the ${found.count} basins of ${found.model} (${column}), ${questions[0].basin}`,
    );
  }

  /** Ends without an answer, and tells what is missing. */
  give(reason: string): void {
    const { record } = this;
    const last = record.rounds.findLast(({ criteria }) => criteria.length > 0);
    const found = record.exploration.some((each) => each.found) || last !== undefined;
    record.outcome = found || this.plan.training.seeds === 0 ? 'budget' : 'one state';
    record.missing = [
      reason,
      ...(last?.criteria.filter(({ met }) => !met).map(({ words }) => words) ?? [
        found ? 'no round has free energies' : 'no second state was found and returned from',
      ]),
    ];
  }
}

/** The CV that was kept, and the one before, or else the second best. */
function compared(
  { candidates, kept }: RoundRecord,
  { before }: RoundStart,
): { name: string; model: string }[] {
  const other = candidates.find(({ name }) => name === before?.name && name !== kept?.name);
  return [kept!, other ?? candidates.find(({ name }) => name !== kept?.name)!];
}

const replicaFolders = ({ production }: CampaignPlan, folder: string): string[] =>
  Array.from({ length: production.replicas }, (_, i) => `${folder}/replica-${i}`);

async function copyModel(from: string, to: string): Promise<void> {
  await writeWhole(to, await readBytes(from, 'a model'));
}
