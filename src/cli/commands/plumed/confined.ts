import { dirname, resolve } from 'node:path';
import { LatentcvError, bytesOf, outputPlace, settingFacts, writeWhole } from '../../../support/index.js';
import type { Terminal } from '../../terminal.js';
import { readyConfinement } from './confinement.js';
import { filesRead } from './files-read.js';
import { confinementJson } from './json.js';
import { settings, type PlumedOptions } from './options.js';
import { tellNotes } from './tell-notes.js';

/** What an input without a model may be given. */
const ownKeys = new Set<keyof PlumedOptions>([
  ...(['sphere', 'cylinder', 'funnel', 'pose', 'host', 'guest', 'axis', 'radius', 'depth', 'neck'] as const),
  ...(['coneAngle', 'wallKappa', 'twoSided'] as const),
  ...(['wall', 'temperature', 'stride', 'colvar', 'also', 'output', 'json'] as const),
]);

/**
 * Writes an input that keeps a guest near its host, without a CV or a bias along one.
 * @param given which options were given, not chosen by default
 * @throws LatentcvError `bad-argument` without a confinement, or with options that a model belongs to
 */
export async function writeConfined(
  path: string | undefined,
  options: PlumedOptions,
  given: (key: string) => boolean,
  terminal: Terminal,
): Promise<void> {
  expectNoModel(options, given);
  const { output } = options;
  if (output !== undefined) await outputPlace(output, await filesRead(path, options));
  const { confinePlumedInput, parsePlumedInput, readPlumedText } = await import('../../../plumed/index.js');
  const { findPlumed } = await import('../../../programs/index.js');
  const folder = dirname(resolve(output ?? path ?? 'plumed.dat'));
  const input = parsePlumedInput(path === undefined ? '' : readPlumedText(path), path, {
    workingFolder: folder,
  });
  // only a funnel asks which modules PLUMED has
  const plumed = options.funnel ? await findPlumed().catch(() => undefined) : undefined;
  const confined = (await readyConfinement(options, plumed, terminal))!;
  const { stride, colvar: file, also } = options;
  const made = confinePlumedInput(input, confined.request, { stride, file, also }, options.wall);
  if (confined.reference) await writeWhole(confined.reference.path, confined.reference.text);
  if (output !== undefined) await writeWhole(output, bytesOf(made.text));
  else terminal.text(made.text);
  terminal.json({ ...made, ...confinementJson(confined), output: output ?? null });
  await tellNotes(made.notes, terminal);
  if (output !== undefined)
    terminal.note(
      `wrote ${output}, without a model: a run of it makes frames to learn from; they go to ${made.colvar}: ${made.columns.join(' ')}`,
    );
}

function expectNoModel(options: PlumedOptions, given: (key: string) => boolean): void {
  const confines = options.sphere ?? options.cylinder ?? options.funnel;
  const isNone = (key: string): boolean => key === 'bias' && options.bias === 'none';
  const odd = (Object.keys(settings) as (keyof typeof settings)[]).find(
    (key) => given(key) && !ownKeys.has(key) && !isNone(key),
  );
  if (confines && odd === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    odd === undefined
      ? 'expected --model but found none'
      : `expected --model with --${settingFacts(settings[odd]).flag} but found none`,
    'without a model there are --sphere, --cylinder and --funnel, for the frames of a first one',
  );
}
