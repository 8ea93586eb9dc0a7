import type { PlumedInput } from './parse-input.js';
import type { Statement } from './statement.js';

/** The statement by which an input asks the engine for its potential energy. */
export function energyStatement({ all }: PlumedInput): Statement | undefined {
  return all.find(({ action }) => action === 'ENERGY');
}

/** Which GROMACS leave ENERGY at 0, and where that is told; for notes where the engine is not known. */
export const energyLimit = 'GROMACS 2024 to 2026 leave ENERGY 0 (plumed2 #1205, #1445)';
