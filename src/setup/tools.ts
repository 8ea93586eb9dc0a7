import { LatentcvError, commandAnswer } from '../support/index.js';

/** A command, or a module of Python (`pip`, `venv`). */
export type Tool = keyof typeof howToInstall | 'pip' | 'venv';

const howToInstall = {
  cmake: 'apt-get install cmake',
  'c++': 'apt-get install g++ make',
  make: 'apt-get install make',
  python3: 'apt-get install python3 python3-pip python3-venv',
};

const runs = async (command: string, ...words: string[]): Promise<boolean> =>
  (await commandAnswer(command, words))?.end === 0;

/**
 * Stops where a command, or a module of Python, is missing.
 * @throws LatentcvError `missing-tool`, with how to get it
 */
export async function expectTool(tool: Tool, purpose: string): Promise<void> {
  const ofPython = tool === 'pip' || tool === 'venv';
  if (ofPython) await expectTool('python3', purpose);
  if (await (ofPython ? runs('python3', '-m', tool, '--help') : runs(tool, '--version'))) return;
  const missing = ofPython ? `a python3 with the module ${tool}` : tool;
  throw new LatentcvError(
    'missing-tool',
    `expected ${missing}, which ${purpose} needs, but there is none`,
    `install it (on Debian: ${howToInstall[ofPython ? 'python3' : tool]}), then run this again`,
  );
}
