import { isAbsolute } from 'node:path';
import { fileRead, type Dump, type ScriptPlan } from './plan.js';
import type { Command, Word } from './script.js';

/** The files of a run in its folder. */
export const runFiles = {
  /** The script that LAMMPS runs. */
  script: 'run.lammps',
  /** Where the run began and where it ends, as LAMMPS computed it. */
  length: 'run.length.json',
  /** The steps that were done, a line every few seconds. */
  progress: 'run.progress',
  /** Asks LAMMPS to stop, where it is there. */
  stop: 'run.stop',
  /** All that LAMMPS prints. */
  log: 'lammps.log',
};

/** What a run is to do. */
export interface RunWish {
  /** Where it goes on; from the top where left out. */
  from?: { step: number; file: string; first: number; end: number };
  /** In LAMMPS's unit of time; as the script says where left out. */
  length?: number;
  checkpointMinutes: number;
  /** The script's path, beside which it finds the files that it reads. */
  path: string;
  /** PLUMED's input, in the run's folder. */
  plumedFile?: string;
  /** Whether that asks for ENERGY. */
  asksEnergy?: boolean;
}

/** The script to run, and what is to be told of it. */
export interface WrittenRun {
  text: string;
  notes: string[];
  /** Dumps that cannot be added to: their files are put aside. */
  aside: Dump[];
  /** Files of fixes that LAMMPS would write over: put aside, too. */
  overwritten: string[];
}

/**
 * What a restart file has brought back, and must not be done again: atoms and what was done to them. Groups are in the
 * file, and would be other atoms if they were made again of where atoms are now.
 */
const done = new Set([
  ...[
    'read_data',
    'read_restart',
    'create_box',
    'create_atoms',
    'create_bonds',
    'delete_atoms',
    'delete_bonds',
  ],
  ...[
    'replicate',
    'displace_atoms',
    'velocity',
    'minimize',
    'run',
    'reset_timestep',
    'reset_atoms',
    'reset_ids',
  ],
  ...['reset_atom_ids', 'reset_mol_ids', 'change_box', 'set', 'read_dump', 'write_data', 'write_dump'],
  ...['write_restart', 'write_coeff', 'group', 'balance'],
]);

/** Dump styles whose files LAMMPS can add to, and this package can cut. */
const appendable = /^(atom|custom|local|xyz)(\/(?!gz|zstd|adios|mpiio)\w+)?$/;
/** Fixes that add to a file where told `append` instead of `file`. */
const appending = /^(print|ave\/(time|chunk|histo|histo\/weight|correlate))$/;
/** Styles with random numbers whose state is not in a restart file. */
const random =
  /^(brownian|brownian\/\w+|bd|gld|gle|ttm|bond\/create|bond\/break|deposit|dpd|srd|langevin\/spin|lb\/fluid)/;

/** A script that runs to the end of a run or until it is asked to stop, with restart files by the clock. */
export function writeRun(plan: ScriptPlan, wish: RunWish): WrittenRun {
  const { from } = wish;
  const written: WrittenRun = { text: '', notes: [], aside: [], overwritten: [] };
  if (wish.asksEnergy && !saysNoEnergy(plan))
    written.notes.push(
      'ENERGY: fix_modify energy no is added to the script, since the energy that LAMMPS hands to PLUMED would hold the bias of the step before; so the energies of thermo are without the bias',
    );
  const lines = [
    `# Written by latentcv run, from ${wish.path}; changes here are lost.`,
    ...(from ? ['log log.lammps append'] : []),
  ];
  plan.commands.forEach((_, i) => {
    if (i === plan.run) lines.push(...production(plan, wish));
    else lines.push(...(from && i < plan.run ? again(plan, i, from, wish, written) : [once(plan, i, wish)]));
  });
  return { ...written, text: `${lines.join('\n')}\n` };
}

/** The name of fix plumed. */
const fixOf = ({ commands, plumed }: ScriptPlan): Word | undefined =>
  plumed === undefined ? undefined : commands[plumed].words[1];

/** Whether the script itself keeps the bias out of LAMMPS's potential energy. */
function saysNoEnergy(plan: ScriptPlan): boolean {
  const fix = fixOf(plan)?.value;
  const says = plan.commands
    .slice(0, plan.run)
    .filter(({ words }) => words[0]?.value === 'fix_modify' && words[1]?.value === fix)
    .findLast(({ words }) => words.some(({ value }) => value === 'energy'));
  const at = says?.words.findIndex(({ value }) => value === 'energy') ?? -1;
  return says?.words[at + 1]?.value === 'no';
}

const nameOf = (command: Command): string => command.words[0]?.value ?? '';
const left = (command: Command, why: string): string => `# ${why}: ${command.text.replaceAll('\n', '\n# ')}`;

/** A command as the first start has it. */
function once(plan: ScriptPlan, index: number, wish: RunWish): string {
  const command = plan.commands[index];
  if (index === plan.plumed) return withPlumed(command, wish);
  if (nameOf(command) === 'restart') return left(command, 'restart files are written by the clock');
  return withFiles(command, wish);
}

/** A command of a run that goes on. */
function again(
  plan: ScriptPlan,
  index: number,
  from: NonNullable<RunWish['from']>,
  wish: RunWish,
  written: WrittenRun,
): string[] {
  const command = plan.commands[index];
  const name = nameOf(command);
  const [, , detail] = command.words;
  if (index === plan.box) return [left(command, 'in the restart file'), `read_restart ${from.file}`];
  const stays = name === 'group' && ['dynamic', 'static'].includes(detail?.value ?? '');
  if (done.has(name) && !stays) return [left(command, 'in the restart file')];
  switch (name) {
    case 'log':
      return [left(command, 'log.lammps is added to')];
    case 'dump':
      return againDump(command, plan, wish, written);
    case 'dump_modify':
      return [notFirst(command)];
    case 'fix':
      return [againFix(command, index, plan, from, wish, written)];
    default:
      return [once(plan, index, wish)];
  }
}

function againDump(command: Command, plan: ScriptPlan, wish: RunWish, written: WrittenRun): string[] {
  const line = withFiles(command, wish);
  const dump = plan.dumps.find(({ id }) => id === command.words[1]?.value);
  if (!dump || dump.file?.includes('*')) return [line];
  if (dump.file !== undefined && isPlainText(dump)) return [line, `dump_modify ${dump.id} append yes`];
  written.aside.push(dump);
  return [line];
}

/** Whether LAMMPS adds to the file of a dump, and it can be cut back. */
export const isPlainText = ({ style, file }: Dump): boolean =>
  appendable.test(style) && !/\.(gz|zst|bz2|xz|lz4|lzma|bin)$|%/.test(file ?? '');

/** The first frame of a run that goes on is written where it is due, and not else. */
function notFirst({ words, text }: Command): string {
  const first = words.findIndex(({ value }) => value === 'first');
  if (first < 0) return text;
  return words.map(({ raw }, i) => (i === first + 1 ? 'no' : raw)).join(' ');
}

function againFix(
  command: Command,
  index: number,
  plan: ScriptPlan,
  from: NonNullable<RunWish['from']>,
  wish: RunWish,
  written: WrittenRun,
): string {
  if (index === plan.plumed) return withPlumed(command, wish);
  const { words, place } = command;
  const style = words[3]?.value ?? '';
  if (style === 'langevin') return otherSeed(command, from.step, written);
  if (random.test(style))
    written.notes.push(
      `${place}: the random numbers of fix ${style} begin anew: restart files do not keep them`,
    );
  const at = words.findIndex(({ value }, i) => i > 3 && value === 'file');
  if (at < 0) return withFiles(command, wish);
  if (appending.test(style)) return words.map(({ raw }, i) => (i === at ? 'append' : raw)).join(' ');
  const file = words[at + 1]?.value;
  if (file !== undefined) written.overwritten.push(file);
  else written.notes.push(`${place}: LAMMPS writes over what fix ${style} wrote before`);
  return withFiles(command, wish);
}

/** The same seed again would be the same random numbers again, from the start on. */
function otherSeed(command: Command, step: number, { notes }: WrittenRun): string {
  const { words, place } = command;
  const seed = Number(words[7]?.value ?? NaN);
  if (!Number.isInteger(seed)) {
    notes.push(`${place}: the random numbers of fix langevin begin anew, with the seed of the start`);
    return words.map(({ raw }) => raw).join(' ');
  }
  return words.map(({ raw }, i) => (i === 7 ? String(((seed + step) % 899_999_999) + 1) : raw)).join(' ');
}

/** A word for a path. */
const pathWord = (path: string): string => (/[\s#$&"']/.test(path) ? `"${path}"` : path);

/** The command with the files that it reads by their whole path, as LAMMPS runs in a folder of its own. */
function withFiles(command: Command, { path }: RunWish): string {
  const found = command.words.map((_, i) => fileRead(command, i, path));
  const changes = found.some((file, i) => file !== undefined && !isAbsolute(command.words[i].value ?? ''));
  if (!changes) return command.text;
  return command.words.map(({ raw }, i) => (found[i] === undefined ? raw : pathWord(found[i]))).join(' ');
}

function withPlumed(command: Command, { plumedFile }: RunWish): string {
  const words: Pick<Word, 'raw' | 'value'>[] = [...command.words];
  const put = (name: string, file: string, always: boolean): void => {
    const at = words.findIndex(({ value }, i) => i > 3 && value === name);
    if (at < 0) words.push({ raw: name, value: name }, { raw: file, value: file });
    else if (always) words[at + 1] = { raw: file, value: file };
  };
  put('plumedfile', pathWord(plumedFile ?? 'plumed.dat'), true);
  put('outfile', 'plumed.log', false);
  return words.map(({ raw }) => raw).join(' ');
}

/** How the line of the run begins that is watched. */
export const productionLine = 'run ${latentcv_end} upto';

/** Seconds between two lines of progress. */
const toldEvery = 5;
/** Steps from one look for the file that asks to stop to the next. */
const looks = 50;

/**
 * The run. What the clock says is made the same on all processes (`compute reduce`), or they would write restart files at
 * different steps, and wait for each other for ever.
 */
function production(plan: ScriptPlan, wish: RunWish): string[] {
  const { checkpointMinutes } = wish;
  const { words } = plan.commands[plan.run];
  const seconds = checkpointMinutes * 60;
  const soon = `step+ternary(elapsed>0,ceil`;
  const fix = fixOf(plan)?.raw;
  return [
    '# how long, restart files by the clock, an end on request',
    ...lengthOf(plan, wish),
    ...(fix !== undefined && wish.asksEnergy ? [`fix_modify ${fix} energy no`] : []),
    'variable latentcv_clock atom cpu',
    'compute latentcv_clock all reduce max v_latentcv_clock',
    'variable latentcv_seconds equal c_latentcv_clock',
    'variable latentcv_speed equal "elapsed/(v_latentcv_seconds+1.0e-9)"',
    `variable latentcv_next equal "${soon}(${seconds}*v_latentcv_speed)+1,20)"`,
    `variable latentcv_told equal "${soon}(${toldEvery}*v_latentcv_speed)+1,20)"`,
    'restart v_latentcv_next latentcv.*.restart',
    `variable latentcv_asked atom is_file(${runFiles.stop})`,
    'compute latentcv_asked all reduce max v_latentcv_asked',
    'variable latentcv_stop equal c_latentcv_asked',
    `fix latentcv_stop all halt ${looks} v_latentcv_stop != 0 error continue message no`,
    `fix latentcv_told all print v_latentcv_told "$(step)" screen no file ${runFiles.progress} title ""`,
    `${productionLine} ${runWords(words)}`,
    'restart 0',
    'unfix latentcv_told',
    'unfix latentcv_stop',
    'uncompute latentcv_clock',
    'uncompute latentcv_asked',
    'write_restart latentcv.*.restart',
    `if "$(is_file(${runFiles.stop})) && $(step) < \${latentcv_end}" then ${fix === undefined ? '' : `"unfix ${fix}" `}quit`,
  ];
}

/** First and last step, and what the script says of a ramp: it goes over all of the run, whenever that is gone on with. */
function lengthOf(plan: ScriptPlan, { from, length }: RunWish): string[] {
  const { words } = plan.commands[plan.run];
  const steps = words[1].raw;
  const upTo = words.some(({ value }) => value === 'upto');
  const asked = `\${latentcv_first}+round(${length ?? 0}/dt)`;
  const said = upTo ? steps : `\${latentcv_first}+${steps}`;
  return [
    `variable latentcv_first string ${from ? from.first : '$(step)'}`,
    `variable latentcv_last equal ${length !== undefined ? asked : from ? from.end : said}`,
    'variable latentcv_end string $(v_latentcv_last:%.0f)',
    `print """{"first": \${latentcv_first}, "end": \${latentcv_end}, "timestep": $(dt:%.15g)}""" file ${runFiles.length} screen no`,
  ];
}

/** What stands behind the number of steps, with the ends of a ramp. */
function runWords(words: readonly Word[]): string {
  const kept = words.slice(2).filter(({ value }) => value !== 'upto');
  const ends = ['start', 'stop'].flatMap((name) =>
    kept.some(({ value }) => value === name)
      ? []
      : [`${name} \${latentcv_${name === 'start' ? 'first' : 'end'}}`],
  );
  return [...ends, ...kept.map(({ raw }) => raw)].join(' ');
}
