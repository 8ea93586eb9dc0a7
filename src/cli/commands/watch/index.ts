/**
 * `latentcv watch`: runs and campaigns while they run, as a page on this machine or as text. The command is here; `show-text.ts`
 * repeats looks in the terminal, `show-page.ts` serves them, `sight.ts` is what is shown.
 */
import { Command } from 'commander';
import { z } from 'zod';
import { LatentcvError, setting } from '../../../support/index.js';
import { exitCodesHelp } from '../../exit-codes.js';
import { campaignAmong, CampaignByFolder, RunsByName } from '../../frames/index.js';
import {
  addSettings,
  discardSettings,
  jsonSettings,
  stateSettings,
  type Given,
} from '../../options/index.js';
import { plumedSettings, weighingHelp, weighingSettings } from '../../options/weighing/index.js';
import { terminalFor, type Terminal } from '../../terminal.js';
import { showPage } from './show-page.js';
import { showText } from './show-text.js';
import { sightOfCampaign, sightOfRuns, type Sight } from './sight.js';

const help = `
It reads what the run writes, only what is new at each look, and holds nothing up: no lock is taken,
its priority is low, and looks take 5 % of a core at most. Several folders, and
replicas in one, are shown together; of a campaign's folder its rounds, CVs, crossings and free
energies, and the runs under way. Ctrl-C ends it; what runs goes on.

The page is on 127.0.0.1 alone. From another machine: ssh -L 8000:127.0.0.1:8000 node, with --port
8000 here.

Example:
  latentcv watch run
  latentcv watch run --cv phi --basin phi=0..2.3 --cores phi=-2.8..-0.6,0.5..1.7 --port 8000
  latentcv watch run --text
  latentcv watch campaign
  latentcv watch 'windows/*' --text --once
`;

const settings = {
  cv: setting(z.array(z.string()).optional(), {
    flag: 'cv',
    value: 'column',
    example: 'cv.node-0',
    description: 'column of the CV',
    otherwise: 'the one that is biased',
  }),
  text: setting(z.boolean().optional(), { flag: 'text', description: 'in the terminal, without a page' }),
  once: setting(z.boolean().optional(), {
    flag: 'once',
    description: 'with --text: one look, and no more',
  }),
  port: setting(z.number().int().min(0).max(65535).default(0), {
    flag: 'port',
    value: 'number',
    description: 'port of the page; 0 is one that is free',
  }),
  refresh: setting(z.number().min(1).default(5), {
    flag: 'refresh',
    value: 'seconds',
    description: 's from one look to the next, at least',
  }),
  ...jsonSettings('one look, for scripts'),
  ...weighingSettings,
  ...plumedSettings,
  ...discardSettings,
  ...stateSettings,
};
export type WatchCommandOptions = Given<typeof settings>;

/** `latentcv watch`: runs while they run. */
export function watchCommand(): Command {
  const command = new Command('watch').argument(
    '<run...>',
    'folders of runs, patterns, or COLVAR files; or the folder of a campaign',
  );
  return addSettings(command, settings)
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (names: string[], options: WatchCommandOptions, self: Command) => {
      expectFitting(options);
      const terminal = terminalFor(self);
      const look = await looking(names, options, terminal);
      if (options.json) terminal.json((await look()).json());
      else if (options.text) await showText(look, options, terminal);
      else await showPage(look, options, terminal);
    });
}

/** Looks at what is named: a campaign, or runs. */
async function looking(
  names: readonly string[],
  options: WatchCommandOptions,
  terminal: Terminal,
): Promise<() => Promise<Sight>> {
  const campaign = await campaignAmong(names);
  if (campaign !== undefined) {
    const watched = new CampaignByFolder(campaign, options, terminal);
    return async () => sightOfCampaign(await watched.look());
  }
  const runs = new RunsByName(names, options, terminal);
  return async () => sightOfRuns(await runs.look());
}

function expectFitting({ cv, once, text, json, port }: WatchCommandOptions): void {
  if (cv && cv.length > 1)
    throw new LatentcvError('bad-argument', `expected one column for --cv but received ${cv.join(',')}`);
  if (once && !text && !json) throw new LatentcvError('bad-argument', 'expected --text with --once');
  if (text && port !== 0)
    throw new LatentcvError('bad-argument', 'expected a page for --port but received --text');
}
