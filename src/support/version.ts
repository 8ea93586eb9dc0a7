import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './folders.js';

interface Package {
  version: string;
  engines: { node: string };
}

function readPackage(): Package {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Package;
}

/** This package's version, as package.json has it. */
export const packageVersion = (): string => readPackage().version;

/** The oldest Node that package.json allows: `20.17`. */
export const oldestNode = (): string => readPackage().engines.node.replace('>=', '');
