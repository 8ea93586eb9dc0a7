import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { LatentcvError, bytesOf, outputPlace, writeWhole } from '../../../support/index.js';
import type { PatchedInput } from '../../../plumed/index.js';
import { copyBeside, type FileBeside } from '../../beside-input.js';
import { exitCodesHelp } from '../../exit-codes.js';
import { addSettings } from '../../options/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { biasRequest } from './bias-request.js';
import { writeConfined } from './confined.js';
import type { ReadyConfinement } from './confinement.js';
import { filesRead } from './files-read.js';
import { confinementJson } from './json.js';
import { hasModel, help, settings, type OptionsWithModel, type PlumedOptions } from './options.js';
import { readyInput } from './ready-input.js';
import { tellNotes } from './tell-notes.js';
import { writeUmbrella } from './umbrella.js';

/** `latentcv plumed`: adds the learned CV and a bias to a PLUMED input. */
export function plumedCommand(): Command {
  const command = new Command('plumed').argument(
    '[input]',
    'the PLUMED input to start from (default: an empty one)',
  );
  return addSettings(command, settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (path: string | undefined, options: PlumedOptions, command: Command) => {
      const terminal = terminalFor(command);
      if (!hasModel(options)) {
        const given = (key: string): boolean => command.getOptionValueSource(key) === 'cli';
        return writeConfined(path, options, given, terminal);
      }
      if (options.relative && options.output === undefined)
        throw new LatentcvError(
          'bad-argument',
          'expected --output with --relative but found none',
          elsewhere,
        );
      if (options.bias === 'umbrella') return writeUmbrella(path, options, terminal);
      if (options.output !== undefined) await outputPlace(options.output, await filesRead(path, options));
      const { beside, confined, ...patched } = await patch(path, options, terminal);
      const copied = await copyBeside(beside);
      if (confined?.reference) await writeWhole(confined.reference.path, confined.reference.text);
      if (options.output !== undefined) await writeWhole(options.output, bytesOf(patched.text));
      else terminal.text(patched.text);
      terminal.json({ ...patched, ...confinementJson(confined), output: options.output ?? null, copied });
      await tellNotes(patched.notes, terminal);
      if (options.output !== undefined) {
        terminal.note(
          `wrote ${options.output}; frames will go to ${patched.colvar}: ${patched.columns.join(' ')}`,
        );
        if (options.relative) terminal.note(tellBeside(beside, copied, dirname(resolve(options.output))));
      }
    });
}

const elsewhere = 'the paths are those from its folder';

/** Which files the folder needs, and which of them were put there just now. */
function tellBeside(beside: readonly FileBeside[], copied: readonly string[], folder: string): string {
  const put = copied.length > 0 ? `, copied ${copied.join(' and ')} there` : '';
  const files = beside.map(({ name }) => name).join(' and ');
  return `${folder} has ${files} that the input names${put}: it can be moved as a whole, and PLUMED must run in it`;
}

async function patch(
  path: string | undefined,
  options: OptionsWithModel,
  terminal: Terminal,
): Promise<PatchedInput & { beside: FileBeside[]; confined: ReadyConfinement | undefined }> {
  const request = biasRequest(options);
  const { patchPlumedInput } = await import('../../../plumed/index.js');
  const workingFolder = options.output === undefined ? undefined : dirname(resolve(options.output));
  const { input, given, beside, confined, expectActions } = await readyInput(
    path,
    options,
    workingFolder,
    terminal,
  );
  const patched = patchPlumedInput(input, { ...given, bias: request });
  await expectActions(patched);
  const loads = patched.added.some((line) => line.startsWith('LOAD '));
  return { ...patched, confined, beside: beside.slice(0, loads ? 2 : 1) };
}
