import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { LatentcvError, digits, invalidArgument, parseYaml, picoseconds } from '../../support/index.js';

const path = z.string().min(1);

/** `5ns`, `10 ps`, or a number of ps (pesmd: of its units). */
const time = z
  .union([z.string(), z.number()])
  .transform((given, context) => {
    const value = typeof given === 'number' ? given : picoseconds(given);
    if (value > 0) return value;
    context.addIssue({ code: 'custom', message: `expected a time such as 5ns but received ${given}` });
    return z.NEVER;
  })
  .describe('a time: 5ns, 10ps, or a number of ps; of pesmd a number of its units');

const whole = (least: number): z.ZodNumber => z.number().int().min(least);

/** What stands behind `--` names of a command, as `layers: 32,16`; true for one without a value. */
const furtherOptions = z.record(z.string(), z.union([z.string(), z.number(), z.literal(true)]));

const gromacs = z
  .strictObject({
    mdp: path.describe('run parameters with a thermostat'),
    structure: path.describe('where runs start from (gmx grompp -c)'),
    topology: path.describe('gmx grompp -p'),
    index: path.optional().describe('gmx grompp -n'),
    threads: whole(1).default(1).describe('threads of each mdrun'),
    maxWarnings: whole(0).default(0).describe('gmx grompp -maxwarn'),
  })
  .describe('GROMACS: run inputs are made by gmx grompp, one for each run');

const lammps = z
  .strictObject({
    script: path.describe('input script with fix plumed'),
    temperature: z.string().optional().describe('its variable for the temperature; needed for hot runs'),
    seed: z.string().describe('its variable for the seed'),
    variables: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .describe('LAMMPS');

const pesmd = z
  .strictObject({ input: path.describe('its temperature, nstep and idum are replaced') })
  .describe("PLUMED's pesmd, in natural units");

const question = z
  .strictObject({
    basin: z.string().describe('states, as --basin of latentcv fes takes them'),
    cores: z.string().optional().describe('as --cores'),
    every: time.optional().describe('look at the states only so often'),
  })
  .describe('states between which free energies are asked');

const training = z
  .strictObject({
    seeds: whole(0).default(3).describe('CVs that are trained in each round'),
    methods: z.array(z.string()).min(1).default(['auto']).describe('each with every seed'),
    lags: z.array(time).min(1).optional().describe('each with every seed'),
    latent: whole(1).optional(),
    columns: z.string().optional().describe('columns of tables to learn from'),
    descriptors: z.array(z.string()).min(1).optional().describe('what to learn from of trajectories'),
    options: furtherOptions.default({}).describe('further options of latentcv train'),
  })
  .describe('how CVs are trained');

const bias = z
  .strictObject({
    kind: z.enum(['opes', 'metad']).default('opes'),
    barrier: z.number().positive().optional().describe('kJ/mol, or in natural units'),
    pace: whole(1).optional().describe('steps between kernels'),
    components: z.array(z.string()).min(1).optional().describe('of each CV; all by default'),
    options: furtherOptions.default({}).describe('further options of latentcv plumed'),
  })
  .describe('the bias of pilots and of production');

const explore = z
  .strictObject({
    length: time.optional().describe('of each run; by default half of a production replica'),
    runs: whole(1).default(2).describe('at each temperature'),
    temperatures: z
      .array(z.number().positive())
      .optional()
      .describe('of hot runs, in their order; by default 2 and 3 times that of the run; [] for none'),
    ways: z
      .array(z.enum(['hot', 'explore', 'multithermal']))
      .min(1)
      .optional()
      .describe('in their order; by default those that engine and model allow'),
  })
  .describe('how a second state is looked for');

const pilots = z
  .strictObject({
    length: time.optional().describe('of each run; by default all are a quarter of the production in sum'),
    replicas: whole(1).default(2).describe('runs along each CV, with seeds of their own'),
  })
  .describe('short runs along each CV');

const production = z.strictObject({
  length: time.describe('of each replica'),
  replicas: whole(2).default(2),
});

const stop = z
  .strictObject({
    transitions: whole(10).default(20).describe('in the analysed frames of a round'),
    sigmas: z.number().positive().default(2).describe('within which rounds and replicas agree'),
    error: z.number().positive().optional().describe('largest standard error of ΔF, kJ/mol or natural'),
  })
  .describe('when it is done');

const budget = z
  .strictObject({
    nanoseconds: z.number().positive().optional().describe('of all runs; of pesmd thousands of time units'),
    hours: z.number().positive().optional().describe('of work, by the clock'),
    rounds: whole(2).default(6),
  })
  .describe('when it gives up');

const slurm = z
  .strictObject({
    time: z.string().default('24:00:00').describe('walltime of each job'),
    cores: whole(1).default(1).describe('cores of each task'),
    setup: z.array(z.string()).default([]).describe('lines of each job before the command: module load …'),
    options: z.array(z.string()).default([]).describe('further options of sbatch'),
    warning: whole(1)
      .default(600)
      .describe('seconds before the walltime at which a task stops at a checkpoint'),
  })
  .describe('jobs of --scheduler slurm');

const planFile = z
  .strictObject({
    gromacs: gromacs.optional(),
    lammps: lammps.optional(),
    pesmd: pesmd.optional(),
    seed: whole(1).default(1).describe('of all runs and trainings'),
    temperature: z.number().positive().optional().describe('K'),
    kT: z.number().positive().optional().describe('in place of the temperature, in natural units'),
    plumed: path.optional().describe('a PLUMED input without a bias that every run has'),
    print: z.array(z.string()).default([]).describe('labels of it that are printed in every run'),
    stride: whole(1).default(500).describe('steps between frames, in tables and trajectories'),
    states: z
      .array(question)
      .default([])
      .describe('found along the first CV that works where none are named'),
    frames: z.array(path).default([]).describe('folders of runs that there are, of latentcv run or alike'),
    models: z.array(path).default([]).describe('CVs at hand, which the first round tries beside its own'),
    training: training.prefault({}),
    bias: bias.prefault({}),
    explore: explore.prefault({}),
    pilots: pilots.prefault({}),
    production,
    stop: stop.prefault({}),
    budget: budget.prefault({}),
    slurm: slurm.prefault({}),
  })
  .describe('what latentcv campaign does');

/** A campaign as its file says, defaults filled in, times in ps; paths are absolute. */
export type CampaignPlan = Omit<z.infer<typeof planFile>, 'temperature' | 'kT'> & {
  /** K, or kT in natural units. */
  temperature: number;
  natural: boolean;
};
export type Question = CampaignPlan['states'][number];
export type FurtherOptions = z.infer<typeof furtherOptions>;

/** Schema of a campaign's file, for editors. */
export function campaignSchema(): unknown {
  return z.toJSONSchema(planFile, { io: 'input', unrepresentable: 'any' });
}

/**
 * Reads a campaign's file.
 * @param file its place, from which its paths are meant
 * @throws LatentcvError `file-format` with what of it is wrong
 */
export function parsePlan(text: string, file: string): CampaignPlan {
  if (typeof text !== 'string') throw invalidArgument('the text of a file', 'text', text);
  const { temperature, kT, ...plan } = parseYaml(planFile, text, file, hint);
  const wrong = (expected: string): LatentcvError =>
    new LatentcvError('file-format', `${file}: ${expected}`, hint);
  const engines = [plan.gromacs, plan.lammps, plan.pesmd].filter((engine) => engine !== undefined);
  if (engines.length !== 1)
    throw wrong(`expected one of gromacs, lammps and pesmd but received ${engines.length}`);
  if ((temperature === undefined) === (kT === undefined))
    throw wrong('expected temperature (K), or kT in natural units');
  if (plan.pesmd && kT === undefined) throw wrong('expected kT with pesmd, which is in natural units');
  if (plan.pesmd && plan.plumed === undefined)
    throw wrong('expected plumed with pesmd: it defines the surface');
  if (plan.training.seeds === 0 && plan.models.length === 0)
    throw wrong('expected CVs to try: training.seeds above 0, or models');
  if (plan.states.length > 0 && plan.print.length === 0)
    throw wrong('expected print to name the columns that states are told by');
  const pilots = shareOfPilots(plan, budgetUnit({ natural: kT !== undefined }));
  if (pilots !== undefined) throw wrong(pilots);
  return withPaths({ ...plan, temperature: temperature ?? kT!, natural: kT !== undefined }, file);
}

/** What a budget's lengths are told in. */
export const budgetUnit = ({ natural }: Pick<CampaignPlan, 'natural'>): string =>
  natural ? 'thousand time units' : 'ns';

/** Why pilots would take more than a third of a round. */
function shareOfPilots(
  { pilots, production, training, models }: Omit<z.infer<typeof planFile>, 'temperature' | 'kT'>,
  unit: string,
): string | undefined {
  const { methods, lags = [0], seeds } = training;
  const cvs = methods.length * lags.length * seeds;
  const one = (pilots.length ?? 0) * pilots.replicas;
  const most = Math.max(cvs + 1, cvs + models.length);
  const all = production.length * production.replicas;
  if (2 * one * most <= all) return undefined;
  return (
    `pilots of ${one / 1000} ${unit} in all along ${most} CVs would take more than production's ${all / 1000} ${unit} allow: ` +
    `they are at most a third of both, ${digits(all / 2 / most / 1000, 3)} ${unit} each`
  );
}

const hint = 'latentcv campaign --schema prints what it may hold';

function withPaths(plan: CampaignPlan, file: string): CampaignPlan {
  const at = (name: string): string => resolve(dirname(file), name);
  const { gromacs, lammps, pesmd, plumed } = plan;
  return {
    ...plan,
    ...(gromacs && {
      gromacs: {
        ...gromacs,
        mdp: at(gromacs.mdp),
        structure: at(gromacs.structure),
        topology: at(gromacs.topology),
        ...(gromacs.index !== undefined && { index: at(gromacs.index) }),
      },
    }),
    ...(lammps && { lammps: { ...lammps, script: at(lammps.script) } }),
    ...(pesmd && { pesmd: { input: at(pesmd.input) } }),
    ...(plumed !== undefined && { plumed: at(plumed) }),
    frames: plan.frames.map(at),
    models: plan.models.map(at),
  };
}
