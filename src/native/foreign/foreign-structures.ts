import { LatentcvError } from '../../support/index.js';
import type { SourceListener } from '../source-listener.js';
import { chemfilesCandidates, withChemfilesHint } from './chemfiles.js';
import type { ForeignStructure } from './foreign-messages.js';
import { runForeign } from './run-foreign.js';

/** Files that one process reads: their names are its arguments, which a system bounds. */
const filesAtOnce = 100;

/** What is read of a small file: its structure, or why it cannot be. */
export type ReadForeign = ForeignStructure | LatentcvError;

/**
 * The first structures of many small files, which one process of chemfiles reads one after the other; formats go by the files' endings.
 * Where it crashes or hangs that is of the file it was at, and another process goes on with the next.
 * @throws LatentcvError `missing-tool`, `interrupted`
 */
export async function foreignStructures(
  paths: readonly string[],
  onRead: (place: number, read: ReadForeign) => void,
  listener: Pick<SourceListener, 'onWarning'>,
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < paths.length;) {
    const batch = paths.slice(from, from + filesAtOnce);
    let done = 0;
    const take = (read: ReadForeign): void => onRead(from + done++, read);
    const current = (): string => batch[Math.min(done, batch.length - 1)];
    try {
      await readSome(batch, { current, take }, listener, signal);
    } catch (error) {
      const known = withChemfilesHint(error);
      if (!(known instanceof LatentcvError && known.code === 'bad-data' && done < batch.length)) throw known;
      take(known);
    }
    from += done;
  }
}

/** Reads files until all are read, or one ends the process. */
async function readSome(
  paths: readonly string[],
  { current, take }: { current: () => string; take: (read: ReadForeign) => void },
  { onWarning }: Pick<SourceListener, 'onWarning'>,
  signal: AbortSignal,
): Promise<void> {
  await runForeign(
    { libraries: chemfilesCandidates(), parent: process.pid, structures: paths },
    {
      name: current,
      signal,
      onMessage: (message) => {
        if ('warning' in message) onWarning(`${current()}: chemfiles: ${message.warning}`);
        if ('structure' in message) take(message.structure);
        if ('refused' in message) {
          const { code, message: words, hint } = message.refused;
          take(new LatentcvError(code, words, hint));
        }
      },
    },
  );
}
