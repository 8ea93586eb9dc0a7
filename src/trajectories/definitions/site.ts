import type { Structure } from '../structure/index.js';
import { templateOf } from './alignment.js';
import { unquoted, wordsOf, type DefinitionStatement } from './definition.js';
import type { Site } from './places.js';
import { groupOf, refusal } from './statement-groups.js';

const form =
  /^site\s+(\S+)\s+(\S+)\s+(\S+)\s+(?:aligned\s+("[^"]+"|'[^']+'|\S+)\s+on\s+(.+)|in\s+frame\s+(.+))$/s;

/** Whether a definition gives a name to a site by this text. */
export const isSite = (text: string): boolean => /^site\s/.test(text);

/**
 * A fixed point of a frame: `site 0.1 0 -0.2 aligned pose.pdb on (host and heavy)`, nm in the frame of that file, or `site 0.1 0
 * -0.2 in frame (centre host) (name O1) (name C4)`.
 * @throws LatentcvError `bad-argument` for a text that is none
 */
export async function readSite(text: string, structure: Structure): Promise<Site> {
  const [, x, y, z, file, host, frame] = form.exec(text) ?? [];
  const position: [number, number, number] = [Number(x), Number(y), Number(z)];
  if (!position.every(Number.isFinite))
    throw refusal(
      { text } as DefinitionStatement,
      'expected x, y and z (nm), "aligned FILE" and "on HOST", or "in frame" and three places, after site',
      'such as: pocket = site 0.1 0 -0.2 aligned pose.pdb on (resname HST and heavy)',
    );
  if (file === undefined) return { frame: wordsOf(frame), position };
  return {
    template: await templateOf(unquoted(file), groupOf(unquoted(host), structure), structure),
    position,
  };
}
