import { durationText } from '../support/index.js';
import type { BuiltPlugin, PlumedInstall } from '../programs/index.js';
import type { Progress } from './progress.js';
import type { Terminal } from './terminal.js';

/** The plugin for the PLUMED at hand, built where that was not done before, and that PLUMED. */
export async function builtPlugin(
  terminal: Terminal,
  rebuild = false,
): Promise<BuiltPlugin & { plumed: PlumedInstall }> {
  const { buildPlugin, findPlumed, foundHow } = await import('../programs/index.js');
  const plumed = await findPlumed();
  terminal.note(`PLUMED ${plumed.longVersion} at ${plumed.kernel}, ${foundHow[plumed.source]}`);
  if (plumed.note !== undefined) terminal.note(`note: ${plumed.note}`);
  const began = performance.now();
  let bar: Progress | undefined;
  const onProgress = ({ done, file }: { done: number; file: string }): void => {
    bar ??= terminal.progress('compiling', 100);
    bar.update(Math.floor(100 * done), file);
  };
  const { note: onBuild, signal } = terminal;
  try {
    const plugin = await buildPlugin(plumed, { rebuild, onBuild, onProgress, signal });
    if (plugin.built) terminal.note(`built in ${durationText((performance.now() - began) / 1000)}`);
    return { ...plugin, plumed };
  } finally {
    bar?.stop();
  }
}
