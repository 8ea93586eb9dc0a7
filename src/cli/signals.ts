/**
 * SIGUSR1, which batch systems send before a job's time is over (Slurm's `--signal=USR1`), starts Node's debugger, a port
 * through which code can be run. With a handler it does nothing.
 */
process.on('SIGUSR1', () => undefined);
