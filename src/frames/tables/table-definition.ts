import { existsSync } from 'node:fs';
import { readText } from '../../support/index.js';
import { textBlocks } from './text-blocks.js';

/** How the line of a PLUMED table begins that keeps what its columns are. */
export const definitionMark = '# latentcv.descriptors: ';

/** What is added to the name of another table for the file beside it that keeps that. */
export const definitionEnding = '.descriptors';

/** What a table keeps of what its columns are, as it was written with it; undefined where it keeps nothing. */
export async function tableDefinition(path: string): Promise<string | undefined> {
  const beside = `${path}${definitionEnding}`;
  if (existsSync(beside)) return (await readText(beside, 'what the columns of a table are')).trim();
  for await (const { bytes } of textBlocks(path, 1 << 16)) {
    for (const line of bytes.toString('utf8').split('\n')) {
      if (line.startsWith(definitionMark)) return line.slice(definitionMark.length).trim();
      if (!line.startsWith('#')) return undefined;
    }
  }
  return undefined;
}
