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

typed latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 25 --kt 1 --pace 250 --stride 50 \
  --also vol -o biased.dat

typed latentcv run --engine lammps --lammps in.lammps --variables "seed=$seed,steps=$production,every=5000" \
  --plumed biased.dat --folder biased

# a crystal that froze askew has no Bragg peaks, and the volume of a crystal: it is neither of the two
energies latentcv fes biased/COLVAR --cv cv.node-0 --kt 1 \
  --basin 'crystal: cv.node-0 > 0.25; liquid: cv.node-0 < 0.25 and vol > 112' \
  --cores 'crystal: cv.node-0 > 0.5; liquid: cv.node-0 < -0.5 and vol > 112' -o fes.dat --json > fes.json

node "$here/judge.mjs" "$least"
