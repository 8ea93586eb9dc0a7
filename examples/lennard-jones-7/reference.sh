#!/usr/bin/env bash
# What expected.json holds, made anew: OPES along the moments of the coordination numbers, and parallel tempering.
# usage: reference.sh [OUTPUT_FOLDER]     (seven minutes of CPU time; what is there already is not done again)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../common.sh"
. "$here/lmp.sh"

output=${1:-lennard-jones-7-reference}
mkdir -p "$output"
cd "$output"
cp "$here/in.lammps" "$here/plumed.dat" "$here/reference.dat" .
for seed in 101 102 103 104; do
  in_folder "moments-$seed" lmp -in ../in.lammps -var kt 0.1 -var seed $seed -var steps 500000 -var every 10000 \
    -var plumed ../reference.dat
done
for k in 1 2 3; do
  energies latentcv fes moments-*/COLVAR --cv state --method histogram --kt 0.1 -o populations.dat \
    --basin state=$((k - 1)).5..$k.5 --basin-a state=-0.5..0.5 --cores state=-0.5..0.5,0.5..3.5
done
node "$here/parallel-tempering.mjs"
