import type { BuiltPlugin } from '../plumed/plugin.js';
import type { PlumedInstall } from '../plumed/plumed-install.js';
import { formatSeconds } from './progress.js';
import type { Terminal } from './terminal.js';

/** The plugin for the PLUMED at hand, built where that was not done before, and that PLUMED. */
export async function builtPlugin(
  terminal: Terminal,
  rebuild = false,
): Promise<BuiltPlugin & { plumed: PlumedInstall }> {
  const { buildPlugin } = await import('../plumed/plugin.js');
  const { findPlumed } = await import('../plumed/plumed-install.js');
  const plumed = await findPlumed();
  const began = performance.now();
  const plugin = await buildPlugin(plumed, { rebuild, onBuild: terminal.note, signal: terminal.signal });
  if (plugin.built) terminal.note(`built in ${formatSeconds((performance.now() - began) / 1000)}`);
  return { ...plugin, plumed };
}
