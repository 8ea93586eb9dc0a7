import { plumedSettings } from '../../options/weighing/index.js';
import type { Terminal } from '../../terminal.js';
import { settings } from './options.js';

/** Notes name settings of what trained the model and of what will read the run's table, too. */
export async function tellNotes(notes: readonly string[], terminal: Terminal): Promise<void> {
  if (notes.length === 0) return;
  const { trajectorySettings } = await import('../../options/trajectories/index.js');
  const { withFlagsOf } = await import('../../with-flags.js');
  for (const note of notes)
    terminal.note(`note: ${withFlagsOf(note, { ...plumedSettings, ...trajectorySettings, ...settings })}`);
}
