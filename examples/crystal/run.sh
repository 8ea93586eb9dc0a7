#!/usr/bin/env bash
# 108 Lennard-Jones atoms: from a crystal and a liquid to a CV along which one becomes the other and back.
# usage: run.sh [--quick] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# SEED=2 run.sh …  for other runs
# exit codes: 0 it melts and freezes often enough, 1 not, 2 the folder holds another run, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
training=40000 production=400000 least=4
if [ "${1:-}" = --quick ]; then
  training=20000 production=150000 least=1
  shift
fi
output=${1:-crystal-run}
seed=${SEED:-1}
. "$here/../common.sh"

begin_in "$output" "training $training steps, production $production steps, seed $seed"
cp "$here/in.lammps" "$here/plumed.dat" .

typed latentcv run --engine lammps --lammps in.lammps --plumed plumed.dat --variables "disorder=0,seed=$seed,steps=$training" --folder solid
typed latentcv run --engine lammps --lammps in.lammps --plumed plumed.dat --variables "disorder=0.6,seed=$seed,steps=$training" --folder liquid

once model.onnx latentcv train solid/traj.lammpstrj liquid/traj.lammpstrj --per-nanometre 1 --timestep 0.004 \
  --descriptors 'bragg all hkl={333},{600}' \
  --method pca --latent 1 --scaling each --spread 0 -o model.onnx

typed latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 --kt 1 --pace 100 --stride 50 \
  --also vol -o biased.dat

typed latentcv run --engine lammps --lammps in.lammps --variables "seed=$seed,steps=$production,every=5000" \
  --plumed biased.dat --folder biased

energies latentcv fes biased/COLVAR --cv cv.node-0 --kt 1 \
  --basin cv.node-0=0.25..2 --basin-a cv.node-0=-2..0.25 --cores cv.node-0=-2..-0.5,0.5..2 -o fes.dat --json > fes.json

node "$here/judge.mjs" "$least"
