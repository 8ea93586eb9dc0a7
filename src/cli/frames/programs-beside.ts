import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A program, and its version as its log has it. */
export type ProgramVersion = readonly [name: string, version: string];

/** Logs, and how each program says its version in the first lines of its own. */
const logs = /^(PLUMED\.OUT|plumed\.out|log\.lammps|.*\.log)$/;
const versions = [
  ['PLUMED', /^PLUMED: Version: (\S+)/m],
  ['GROMACS', /^(?:GROMACS version:|\s*:-\) GROMACS - gmx mdrun,)\s+(\S+)/m],
  ['LAMMPS', /^LAMMPS \(([^)]+)\)/m],
] as const;
/** Bytes of a log that are read, and logs of a folder. */
const [mostBytes, mostLogs] = [1 << 16, 20];

/** Programs whose logs lie beside a table, by the first log that names each. */
export async function programsBeside(table: string): Promise<ProgramVersion[]> {
  const folder = dirname(table);
  const names = (await readdir(folder).catch(() => [])).filter((name) => logs.test(name)).sort();
  const found = new Map<string, string>();
  for (const name of names.slice(0, mostLogs)) {
    const text = await beginning(join(folder, name)).catch(() => '');
    for (const [program, pattern] of versions) {
      const version = pattern.exec(text)?.[1];
      if (version !== undefined && !found.has(program)) found.set(program, version);
    }
  }
  return [...found];
}

async function beginning(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    if (!(await file.stat()).isFile()) return '';
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
