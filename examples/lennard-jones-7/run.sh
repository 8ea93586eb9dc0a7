#!/usr/bin/env bash
# Seven Lennard-Jones atoms: from a hot run to the free energies of the four structures.
# usage: run.sh [--quick] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# SEED=2 run.sh …  for another run and another model.
# exit codes: 0 as the reference says, 1 not, 2 the folder holds another run, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
training=600000 production=2000000
if [ "${1:-}" = --quick ]; then
  training=300000 production=600000
  shift
fi
output=${1:-lennard-jones-7-run}
seed=${SEED:-1}
. "$here/../common.sh"

begin_in "$output" "training $training steps, production $production steps, seed $seed"
cp "$here/in.lammps" "$here/plumed.dat" .

typed latentcv run --engine lammps --lammps in.lammps --variables kt=0.2,seed="$seed",steps=$training \
  --plumed plumed.dat --folder training

once model.onnx latentcv train training/traj.lammpstrj --descriptors 'sorted-distances all' --per-nanometre 1 \
  --timestep 0.01 --lag 2 --seed "$seed" -o model.onnx

typed latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 2 --kt 0.1 --pace 200 \
  --also mu2,mu3,state --stride 50 -o biased.dat

typed latentcv run --engine lammps --lammps in.lammps --variables kt=0.1,seed="$seed",steps=$production,every=1000 \
  --plumed biased.dat --folder biased

for k in 1 2 3; do
  energies latentcv fes biased/COLVAR --cv state --method histogram --kt 0.1 \
    --basin state=$((k - 1)).5..$k.5 --basin-a state=-0.5..0.5 --cores state=-0.5..0.5,0.5..3.5 --json > c$k.json
done

node "$here/compare.mjs" "$here/expected.json" c1.json c2.json c3.json
