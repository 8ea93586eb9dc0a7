#!/bin/bash
# A run in pieces as long as a job may be; what is behind job.sh goes to latentcv run:
#   sbatch job.sh --tpr topol.tpr --plumed biased.dat --folder run --length 500ns --max-hours 23.5
#SBATCH --job-name=latentcv --ntasks=1 --cpus-per-task=8
#SBATCH --time=24:00:00 --signal=B:USR1@600
#SBATCH --requeue --open-mode=append --output=%x.log
module load gromacs plumed latentcv

# The next job waits for the end of this one, whatever ends it. Where a node died and Slurm starts this job again, it is there.
following() {
  squeue --me --noheader --states=PENDING --format='%i %E' |
    awk -v this="afterany:$SLURM_JOB_ID(" 'index($2, this) == 1 { print $1 }'
}
[ -n "$(following)" ] ||
  sbatch --dependency="afterany:$SLURM_JOB_ID" --cpus-per-task="$SLURM_CPUS_PER_TASK" "$0" "$@"

latentcv run "$@" --threads "$SLURM_CPUS_PER_TASK" &
run=$!
trap 'kill -USR1 "$run"' USR1
trap : TERM # which Slurm itself sends to every process of a job
while kill -0 "$run" 2> /dev/null; do wait "$run"; done
wait "$run"
code=$?

# 130: stopped with a checkpoint, the next job goes on. Done, or failed, there is nothing to go on with.
[ "$code" = 130 ] || scancel $(following)
exit "$code"
