// Commands that a step of set-up needs.
import { spawnSync } from 'node:child_process';
import { StepError } from './run.mjs';

/** @param {string} command @param {string[]} words */
const runs = (command, words) => spawnSync(command, words, { stdio: 'ignore' }).status === 0;

/** @type {Record<string, string>} */
const howToInstall = {
  cmake: 'apt-get install cmake',
  'c++': 'apt-get install g++ make',
  make: 'apt-get install make',
  python3: 'apt-get install python3 python3-pip python3-venv',
};

/** Python's modules stand beside commands in a step's list. */
const pythonModules = ['pip', 'venv'];

/**
 * Stops where a command, or a module of Python (`pip`, `venv`), is missing, saying how to get it.
 *
 * @param {string} name
 * @param {string | undefined} purpose
 * @throws {StepError}
 */
export function need(name, purpose) {
  const ofPython = pythonModules.includes(name);
  if (ofPython) need('python3', purpose);
  if (ofPython ? runs('python3', ['-m', name, '--help']) : runs(name, ['--version'])) return;
  const missing = ofPython ? `python3 has no module ${name}` : `${name} is missing`;
  const install = howToInstall[ofPython ? 'python3' : name];
  throw new StepError(
    `${missing}, which ${purpose} needs: install it (on Debian: ${install}), then run this again`,
  );
}
