/**
 * `latentcv doctor`: what this machine has of what latentcv needs. The command is here; `checks.ts` looks for each part.
 */
import { Command } from 'commander';
import { exitCodes, exitCodesHelp } from '../../exit-codes.js';
import { addSettings, jsonSettings } from '../../options/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { packageVersion } from '../../../support/index.js';
import type { Check } from './checks.js';

const help = `
Example:
  latentcv doctor
  latentcv doctor --json | jq '.checks[] | select(.state != "ok")'

Exits with 3 where a part is missing that is needed; optional parts may be absent.
`;

/** `latentcv doctor`: what this machine has, and how to mend what is missing. */
export function doctorCommand(): Command {
  return addSettings(new Command('doctor'), jsonSettings('the same, for scripts'))
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (_options: object, command: Command) => {
      const terminal = terminalFor(command);
      const { runChecks } = await import('./checks.js');
      const checks = await runChecks();
      const healthy = checks.every((check) => check.state !== 'missing');
      terminal.json({ version: packageVersion(), healthy, checks });
      for (const check of checks) printCheck(check, terminal);
      process.exitCode = healthy ? exitCodes.ok : exitCodes.missingTool;
    });
}

const words = { ok: 'ok', missing: 'MISSING', absent: 'absent' } as const;

function printCheck({ name, state, detail, hint }: Check, terminal: Terminal): void {
  terminal.print(`${words[state].padEnd(8)} ${name.padEnd(14)} ${detail}`);
  if (hint !== undefined) terminal.print(`${' '.repeat(24)}→ ${hint}`);
}
