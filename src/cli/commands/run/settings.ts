import { z } from 'zod';
import { setting } from '../../../support/index.js';
import { fileSetting, jsonSettings, type Given } from '../../options/index.js';

const engineGroup = 'Engine';
const resumeGroup = 'Time and restarts';
const severalGroup = 'Replicas and walkers';

/** What `latentcv run` takes. */
export const runSettings = {
  engine: setting(z.enum(['gromacs', 'lammps', 'pesmd', 'command']).default('gromacs'), {
    flag: 'engine',
    value: 'engine',
    group: engineGroup,
    description: 'the program that moves the atoms; --lammps, --pesmd and --command say it, too',
  }),
  tpr: setting(z.array(z.string()).optional(), {
    flag: 'tpr',
    value: 'files',
    several: true,
    group: engineGroup,
    description: "GROMACS's run input, one for each replica",
  }),
  lammps: setting(z.array(z.string()).optional(), {
    flag: 'lammps',
    value: 'scripts',
    several: true,
    group: engineGroup,
    description: "LAMMPS's input script with fix plumed, one for all replicas or one each",
  }),
  variables: setting(z.array(z.string()).optional(), {
    flag: 'variables',
    value: 'assignments',
    group: engineGroup,
    example: 'seed=1{replica},T=300',
    description: "values of the script's variables, as LAMMPS takes them by -var",
  }),
  pesmd: setting(z.string().optional(), {
    flag: 'pesmd',
    value: 'file',
    group: engineGroup,
    description: "pesmd's input",
  }),
  seeds: setting(z.array(z.number().int().min(1)).optional(), {
    flag: 'seeds',
    value: 'numbers',
    group: engineGroup,
    example: '1,2',
    description: 'pesmd: a seed for each replica (those of GROMACS and LAMMPS are in their inputs)',
    otherwise: '1',
  }),
  command: setting(z.string().optional(), {
    flag: 'command',
    value: 'words',
    group: engineGroup,
    description: "any other program: what a shell runs in the run's folder, where plumed.dat is",
  }),
  restartCommand: setting(z.string().optional(), {
    flag: 'restart-command',
    value: 'words',
    group: engineGroup,
    description: '--command: what it runs instead where the run goes on',
  }),
  restartTime: setting(z.number().nonnegative().optional(), {
    flag: 'restart-time',
    value: 'time',
    unit: 'ps',
    group: engineGroup,
    description: '--command: the time of the checkpoint that --restart-command goes on from',
  }),
  timestep: setting(z.number().positive().optional(), {
    flag: 'timestep',
    value: 'time',
    unit: 'ps',
    group: engineGroup,
    description: "--command: of the program's MD steps",
  }),
  plumed: fileSetting(
    'plumed',
    'the PLUMED input, such as latentcv plumed writes; GROMACS and LAMMPS run plainly without one',
  ),
  folder: setting(z.string().optional(), {
    flag: 'folder',
    value: 'folder',
    description: 'where the run is to write; made if missing',
  }),
  status: setting(z.boolean().optional(), {
    flag: 'status',
    description: 'tell of runs in the folders how far they are and whether they live, and run nothing',
  }),
  length: setting(z.number().positive().optional(), {
    flag: 'length',
    value: 'time',
    unit: 'ps',
    example: '5ns',
    group: resumeGroup,
    description: 'how long',
    otherwise: 'as the run input says',
  }),
  fromZero: setting(z.boolean().optional(), {
    flag: 'from-zero',
    group: resumeGroup,
    description: 'start over where there is a checkpoint; what is there is set aside',
  }),
  checkpointMinutes: setting(z.number().positive().default(15), {
    flag: 'checkpoint-minutes',
    value: 'minutes',
    group: resumeGroup,
    description: 'from one checkpoint to the next',
  }),
  maxHours: setting(z.number().positive().optional(), {
    flag: 'max-hours',
    value: 'hours',
    group: resumeGroup,
    description: 'stop at a checkpoint after this time, before a batch system ends the job',
  }),
  threads: setting(z.number().int().min(1).default(1), {
    flag: 'threads',
    value: 'count',
    group: engineGroup,
    description: 'threads of each GROMACS; for others the cores that each takes',
  }),
  gpu: setting(z.string().optional(), {
    flag: 'gpu',
    value: 'ids',
    group: engineGroup,
    description: "GROMACS: the GPUs to use, by their numbers (mdrun's -gpu_id)",
  }),
  launcher: setting(z.string().optional(), {
    flag: 'launcher',
    value: 'words',
    group: engineGroup,
    description: "what starts a GROMACS or LAMMPS built with MPI: 'mpirun -np 4', 'srun'",
  }),
  replicas: setting(z.number().int().min(1).optional(), {
    flag: 'replicas',
    value: 'count',
    group: severalGroup,
    description: 'independent runs, each in a folder; {replica} in names and inputs is 0, 1, …',
    otherwise: '1',
  }),
  walkers: setting(z.number().int().min(2).optional(), {
    flag: 'walkers',
    value: 'count',
    group: severalGroup,
    description: 'replicas whose METAD or PBMETAD read each other’s hills',
  }),
  walker: setting(z.number().int().min(0).optional(), {
    flag: 'walker',
    value: 'number',
    group: severalGroup,
    description: 'run this one of --walkers alone, from 0; the others are jobs of their own',
  }),
  parallel: setting(z.number().int().min(1).optional(), {
    flag: 'parallel',
    value: 'count',
    group: severalGroup,
    description: 'replicas at a time',
    otherwise: 'as many as there are cores',
  }),
  trustEnergy: setting(z.boolean().optional(), {
    flag: 'trust-energy',
    group: engineGroup,
    description: 'run an input with ENERGY in a GROMACS of 2024 to 2026: one with a patch that mends it',
  }),
  ...jsonSettings('what came out, for scripts'),
};
export type RunSettings = Given<typeof runSettings>;
