import { execFile } from 'node:child_process';

/**
 * What a `plumed` command without a simulation prints on its standard output, or undefined where it does not run.
 * `--no-mpi` because a PLUMED built with MPI must also answer where no MPI is started.
 */
export function ask(
  executable: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: 60_000, maxBuffer: 16 << 20 };
    execFile(executable, ['--no-mpi', ...args], options, (error, stdout) =>
      resolve(error ? undefined : stdout),
    );
  });
}
