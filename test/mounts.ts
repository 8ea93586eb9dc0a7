import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** File systems of a namespace of its own: `full` is a tmpfs of so many kB, `readOnly` a folder that can only be read. */
export interface Mounts {
  full?: { folder: string; kilobytes: number };
  readOnly?: string;
  /** What the shell does before the command: fills the disk, puts files there. */
  before?: string;
  /** Limits of the shell, such as `-n 30`. */
  ulimit?: string;
  cwd?: string;
}

export interface Mounted {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Names and sizes of what is in the folder, once the command has ended. */
  left: Record<string, number>;
}

/** Whether this machine lets a process have mounts of its own (`unshare -rm`). */
export const canMount =
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' }).status === 0;

/** Runs the command line where a disk is full or a folder can only be read. */
export function runMounted(
  args: readonly string[],
  { full, readOnly, before = '', ulimit, cwd }: Mounts,
): Mounted {
  const folder = full?.folder ?? readOnly;
  const script = [
    'set -e',
    full && `mount -t tmpfs -o size=${full.kilobytes}k none '${full.folder}'`,
    before,
    readOnly && `mount --bind '${readOnly}' '${readOnly}'`,
    readOnly && `mount -o remount,ro,bind '${readOnly}'`,
    ulimit && `ulimit ${ulimit}`,
    'set +e',
    `'${process.execPath}' '${main}' "$@"`,
    'code=$?',
    folder && `printf '\\n=====\\n'; find '${folder}' -type f -printf '%P %s\\n'`,
    'exit $code',
  ];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['-rm', 'bash', '-c', script.filter(Boolean).join('\n'), 'bash', ...args],
    { encoding: 'utf8', env: { ...process.env, DEBUG: '' }, ...(cwd !== undefined && { cwd }) },
  );
  const [said, listing = ''] = stdout.split('\n=====\n');
  const left = listing.split('\n').filter((line) => line !== '');
  const sizes = left.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]);
  return { code: status, stdout: said, stderr, left: Object.fromEntries(sizes) as Record<string, number> };
}
