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
. "$here/steps.sh"

mkdir -p "$output"
cd "$output"
settings="training $training steps, production $production steps, seed $seed"
if [ -f settings ] && [ "$(cat settings)" != "$settings" ]; then
  echo "error: expected $output to be new, or of this run ($settings) but it is of another ($(cat settings))" >&2
  exit 2
fi
echo "$settings" > settings
cp "$here/in.lammps" "$here/plumed.dat" .

step training lmp -in ../in.lammps -var kt 0.2 -var seed "$seed" -var steps $training -var plumed ../plumed.dat

train=(latentcv train training/traj.lammpstrj --descriptors 'sorted-distances all' --per-nanometre 1
  --timestep 0.01 --lag 2 --seed "$seed" -o model.onnx)
if [ ! -f model.onnx ]; then
  show "${train[@]}"
  "${train[@]}"
fi

plumed=(latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 2 --kt 0.1 --pace 200
  --also mu2,mu3,state --stride 50 -o biased.dat)
show "${plumed[@]}"
"${plumed[@]}"

step biased lmp -in ../in.lammps -var kt 0.1 -var seed "$seed" -var steps $production -var every 1000 \
  -var plumed ../biased.dat

for k in 1 2 3; do
  fes=(latentcv fes biased/COLVAR --cv state --method histogram --kt 0.1
    --basin state=$((k - 1)).5..$k.5 --basin-a state=-0.5..0.5 --cores state=-0.5..0.5,0.5..3.5 --json)
  show "${fes[@]}" '>' c$k.json
  "${fes[@]}" > c$k.json
done

show node compare.mjs expected.json c1.json c2.json c3.json
node "$here/compare.mjs" "$here/expected.json" c1.json c2.json c3.json
