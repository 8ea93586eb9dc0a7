import { statSync } from 'node:fs';
import { LatentcvError, escaped } from '../../support/index.js';
import { foundFile, readCommands, type Command, type LammpsScript, type Variables } from './script.js';

/** A `dump` of a script. */
export interface Dump {
  id: string;
  style: string;
  /** Relative to the run's folder; undefined where a variable in it is not known. */
  file: string | undefined;
  /** Whether a frame is written every so many steps, at a restart's step too, and not when a variable says so. */
  regular: boolean;
}

/** A script, and what has to be known of it to run it along a bias and to go on with it. */
export interface ScriptPlan {
  commands: Command[];
  /** Numbers in `commands`: of the first that makes the box, of `fix … plumed` (undefined in a plain run), of the run. */
  box: number;
  plumed: number | undefined;
  run: number;
  variables: Variables;
  units: string;
  /** ps (natural: as it is) per unit of LAMMPS's time. */
  timeUnit: number;
  /** In LAMMPS's unit; undefined where it is computed. */
  timestep: number | undefined;
  /** Of the last step, undefined where only LAMMPS knows it. */
  lastStep: number | undefined;
  dumps: Dump[];
  /** K, or kT in natural units, where a thermostat says it and keeps it. */
  temperature: number | undefined;
  seed: number | undefined;
  /** Files that it reads, absolute. */
  files: string[];
}

/** ps per unit of time, and LAMMPS's usual time step in it. */
const unitSystems: Record<string, { time: number; timestep: number } | undefined> = {
  lj: { time: 1, timestep: 0.005 },
  real: { time: 1e-3, timestep: 1 },
  metal: { time: 1, timestep: 1e-3 },
  si: { time: 1e12, timestep: 1e-8 },
  cgs: { time: 1e12, timestep: 1e-8 },
  electron: { time: 1e-3, timestep: 1e-3 },
};

/** What makes the box; what a restart file replaces is `made` below. */
const makesBox = new Set(['read_data', 'read_restart', 'create_box']);

/** What a run that goes on cannot follow. */
const untold: Record<string, string | undefined> = {
  jump: 'jumps in the script',
  next: 'loops',
  clear: 'several systems',
  rerun: 'rerun',
  neb: 'neb',
  prd: 'prd',
  tad: 'tad',
  hyper: 'hyper',
  temper: 'exchange of replicas',
  partition: 'partitions',
};

const nameOf = ({ words }: Command): string => words[0]?.value ?? '';

function refused(command: Command, problem: string, hint: string): LatentcvError {
  return new LatentcvError('bad-argument', `${command.place}: ${problem}`, hint);
}

/**
 * A variable that nothing in the script takes is misspelt: it would run with the script's own value.
 * @throws LatentcvError `bad-argument`
 */
function expectKnown(
  commands: readonly Command[],
  given: Readonly<Record<string, string>>,
  path: string,
): void {
  const text = commands.map((command) => command.text).join('\n');
  for (const name of Object.keys(given)) {
    const word = escaped(name);
    if (
      new RegExp(
        `\\$\\{${word}\\}|\\bv_${word}\\b|\\bvariable\\s+${word}\\s${name.length === 1 ? `|\\$${word}` : ''}`,
      ).test(text)
    )
      continue;
    throw new LatentcvError(
      'bad-argument',
      `expected variables of ${path} but received ${name}, which it does not take`,
    );
  }
}

/**
 * Reads a script, and refuses what could not go on after it was killed.
 * @param biased whether PLUMED runs along
 * @throws LatentcvError `bad-argument`, `file-not-found`
 */
export async function planScript(
  script: LammpsScript,
  given: Readonly<Record<string, string>>,
  biased: boolean,
): Promise<ScriptPlan> {
  const { commands, variables } = await readCommands(script, given);
  for (const command of commands) expectFollowed(command);
  expectKnown(commands, given, script.path);
  const plumed = plumedOf(commands, script.path, biased);
  const run = productionOf(commands, script.path, plumed);
  const box = commands.findIndex((command) => makesBox.has(nameOf(command)));
  if (box < 0 || box > run)
    throw new LatentcvError(
      'bad-argument',
      `expected read_data, read_restart or create_box before the run of ${script.path} but found none`,
    );
  const before = commands.slice(0, run);
  const units = valueOf(before, 'units', 1) ?? 'lj';
  const system = unitSystems[units];
  if (!system)
    throw new LatentcvError(
      'bad-argument',
      `${script.path}: expected units ${Object.keys(unitSystems).join(', ')} but found ${units}, which fix plumed does not know`,
    );
  const timestep = knownNumber(before, 'timestep', system.timestep);
  return {
    ...{ commands, box, plumed, run, variables, units, timeUnit: system.time, timestep },
    lastStep: lastStepOf(commands, run),
    dumps: dumpsOf(before),
    ...thermostatOf(before),
    files: filesOf(before, script.path, plumed === undefined ? '' : commands[plumed].text),
  };
}

function expectFollowed(command: Command): void {
  const name = nameOf(command);
  const why = untold[name];
  const hint =
    'a run that can be killed and goes on is one script from the top, with one run behind fix plumed';
  if (why !== undefined) throw refused(command, `expected commands one after another but found ${why}`, hint);
  const inside =
    name === 'if' && command.words.some(({ raw }) => /\b(run|minimize|jump|include)\b/.test(raw));
  if (inside) throw refused(command, 'expected no run, minimize, jump or include in if', hint);
  const file = name === 'include' ? command.words[1] : undefined;
  if (file) throw refused(command, `expected the name of a file but found ${file.raw}`, 'write the name out');
}

function plumedOf(commands: readonly Command[], path: string, biased: boolean): number | undefined {
  const fixes = commands.flatMap((command, i) =>
    nameOf(command) === 'fix' && command.words[3]?.value === 'plumed' ? [i] : [],
  );
  if (fixes.length > 1)
    throw refused(commands[fixes[1]], 'expected one fix plumed but found another', 'PLUMED runs once');
  if (biased && fixes.length === 0)
    throw new LatentcvError(
      'bad-argument',
      `expected fix plumed in ${path} but found none`,
      'write ‘fix bias all plumed plumedfile plumed.dat outfile plumed.log’ before its run',
    );
  if (!biased && fixes.length > 0)
    throw refused(
      commands[fixes[0]],
      'expected a script without fix plumed for a plain run',
      'give --plumed',
    );
  return fixes.at(0);
}

/** Fixes that push atoms by what is no part of the potential energy. */
const thermostats =
  /^(langevin|gjf|brownian|bd|drag|viscous|dpd|gle|gld|lb\/fluid|ffl|ttm|propel|electron\/stopping)\b/;

/**
 * Where ENERGY is biased PLUMED scales all forces that are there when its turn comes, which is that of its line: with a
 * thermostat's among them, the temperature is wrong.
 * @throws LatentcvError `bad-argument`
 */
export function expectEnergyAlone({ commands, plumed = 0 }: ScriptPlan): void {
  const gone = new Set(
    commands
      .slice(0, plumed)
      .flatMap((command) => (nameOf(command) === 'unfix' ? [command.words[1]?.value] : [])),
  );
  const before = commands
    .slice(0, plumed)
    .find(
      (command) =>
        nameOf(command) === 'fix' &&
        thermostats.test(command.words[3]?.value ?? '') &&
        !gone.has(command.words[1]?.value),
    );
  if (!before) return;
  throw refused(
    before,
    `expected fix plumed before fix ${before.words[3].value}, as the input asks for ENERGY, but it stands behind it`,
    'PLUMED scales all forces that stand before it, the thermostat’s too, and the temperature would be wrong: move fix plumed up, to the first fix',
  );
}

/** The run that is watched: the one behind fix plumed, else the last. */
function productionOf(commands: readonly Command[], path: string, plumed: number | undefined): number {
  const runs = commands.flatMap((command, i) => (nameOf(command) === 'run' ? [i] : []));
  const run = plumed === undefined ? runs.at(-1) : runs.find((i) => i > plumed);
  if (run === undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected run ${plumed === undefined ? '' : 'behind fix plumed '}in ${path} but found none`,
    );
  const moves = ['run', 'minimize'];
  const other = commands.find(
    (command, i) => i > (plumed ?? run) && i !== run && moves.includes(nameOf(command)),
  );
  const hint = 'equilibrate before fix plumed; what follows is one run';
  if (other) throw refused(other, `expected one run behind fix plumed but found ${nameOf(other)} too`, hint);
  const { words } = commands[run];
  if (words.some(({ value }) => value === 'every'))
    throw refused(commands[run], 'expected run without every', hint);
  if (words.length < 2) throw refused(commands[run], 'expected a number of steps behind run', hint);
  return run;
}

function valueOf(commands: readonly Command[], name: string, word: number): string | undefined {
  return commands.findLast((command) => nameOf(command) === name)?.words[word]?.value;
}

function knownNumber(commands: readonly Command[], name: string, usual: number): number | undefined {
  const command = commands.findLast((candidate) => nameOf(candidate) === name);
  return command === undefined ? usual : numberOf(command.words[1]?.value);
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The step that a run ends at: those before it count, unless they were set back. */
function lastStepOf(commands: readonly Command[], run: number): number | undefined {
  let step: number | undefined = 0;
  for (const command of commands.slice(0, run + 1)) {
    const [, first, ...more] = command.words;
    switch (nameOf(command)) {
      case 'run': {
        const steps = numberOf(first?.value);
        const upTo = more.some(({ value }) => value === 'upto');
        step =
          steps === undefined || (step === undefined && !upTo) ? undefined : upTo ? steps : step! + steps;
        break;
      }
      case 'reset_timestep':
        step = numberOf(first?.value);
        break;
      case 'minimize':
      case 'read_restart':
      case 'read_dump':
        step = undefined;
    }
  }
  return step;
}

function dumpsOf(commands: readonly Command[]): Dump[] {
  const dumps = new Map<string, Dump>();
  for (const { words } of commands) {
    const [name, id, , style, , file] = words.map(({ value }) => value);
    if (name === 'dump' && id !== undefined) dumps.set(id, { id, style: style ?? '', file, regular: true });
    if (name === 'undump' && id !== undefined) dumps.delete(id);
    const dump = name === 'dump_modify' ? dumps.get(id ?? '') : undefined;
    const every = words.findIndex(({ value }) => value === 'every' || value === 'every/time');
    if (dump && every >= 0)
      dump.regular = words[every].value === 'every' && numberOf(words[every + 1]?.value) !== undefined;
  }
  return [...dumps.values()];
}

/** The temperature that a thermostat holds, and the seed of it or of the first velocities. */
function thermostatOf(commands: readonly Command[]): Pick<ScriptPlan, 'temperature' | 'seed'> {
  let [temperature, seed]: (number | undefined)[] = [];
  for (const { words } of commands) {
    const [name, , , style, ...more] = words.map(({ value }) => value);
    if (name === 'velocity' && words[2].value === 'create') seed ??= numberOf(words[4]?.value);
    if (name !== 'fix' || style === undefined) continue;
    const start = more.indexOf('temp') + 1;
    const direct = /^(langevin|temp\/)/.test(style);
    if (!direct && (start === 0 || !/^(nvt|npt|rigid|gle|nph)/.test(style))) continue;
    const [from, to] = (direct ? more : more.slice(start))
      .slice(style === 'temp/rescale' ? 1 : 0)
      .map(numberOf);
    // one that is ramped, or that only LAMMPS knows, is none that is held
    temperature = from !== undefined && from === to && from > 0 ? from : undefined;
    if (style === 'langevin') seed = numberOf(more[3]) ?? seed;
  }
  return { temperature, seed };
}

/** Commands whose words name files that they write. */
const writers = new Set([
  'dump',
  'log',
  'restart',
  'write_data',
  'write_dump',
  'write_restart',
  'write_coeff',
  'print',
]);
/** Words behind which a file is written. */
const writes = new Set(['file', 'append', 'outfile', 'plumedfile', 'screen']);

/** Whether a word of a command names a file that is read, and where that is. */
export function fileRead(command: Command, index: number, path: string): string | undefined {
  const { value } = command.words[index];
  const before = command.words[index - 1]?.value ?? '';
  if (index === 0 || value === undefined || writers.has(nameOf(command))) return undefined;
  if (nameOf(command) === 'fix' && writes.has(before)) return undefined;
  if (!/[./]/.test(value) || numberOf(value) !== undefined || /\s/.test(value)) return undefined;
  const found = foundFile(value, path.replace(/[^/]*$/, '') || '.');
  return found !== undefined && statSync(found).isFile() ? found : undefined;
}

function filesOf(commands: readonly Command[], path: string, fixPlumed: string): string[] {
  // a variable for PLUMED's input has none of the script's files
  const ofPlumed = ({ words }: Command): boolean =>
    words[0]?.value === 'variable' && fixPlumed.includes(`\${${words[1]?.raw}}`);
  const found = commands
    .filter((command) => !ofPlumed(command))
    .flatMap((command) => command.words.flatMap((_, i) => fileRead(command, i, path) ?? []));
  return [...new Set(found)];
}
