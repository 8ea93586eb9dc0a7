/**
 * The systems of `bench:methods`, a file each. Another one is a file of the same form and a line here.
 */
import type { MethodSystem } from '../system.js';
import { alanine } from './alanine.js';
import { doubleProcess } from './double-process.js';
import { lennardJones } from './lennard-jones-7.js';
import { muellerBrown } from './mueller-brown.js';

export const systems: readonly MethodSystem[] = [muellerBrown, doubleProcess, lennardJones, alanine];
