import { commandAnswer, type Answer } from '../../support/index.js';

/**
 * What a `plumed` command without a simulation answers; undefined where it cannot be started. `--no-mpi` because a PLUMED
 * built with MPI must also answer where no MPI is started.
 */
export function askPlumed(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Answer | undefined> {
  return commandAnswer(executable, ['--no-mpi', ...args], env);
}

/** What it prints on its standard output, or undefined where it does not run or fails. */
export async function plumedSays(...asked: Parameters<typeof askPlumed>): Promise<string | undefined> {
  const answer = await askPlumed(...asked);
  return answer?.end === 0 ? answer.stdout : undefined;
}
