#!/usr/bin/env bash
# From two molecules to the ways in which they bind, and how often each: README.md says what is done.
# usage: run.sh [--quick] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# exit codes: 0 as the reference says, 1 not, 2 the folder holds another run, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../common.sh"
eval "$(node "$here/../programs.mjs" gromacs)"
gmx() { "$gromacs" -quiet -nobackup "$@"; }

hot=4ns length=10ns judged=()
# a nanosecond finds the modes, and is too short for their free energies
if [ "${1:-}" = --quick ]; then hot=1ns length=1200ps judged=(--modes); shift; fi
output=${1:-nucleobases-run}

mkdir -p "$output"
cd "$output"
settings="hot $hot, length $length"
if [ -f settings ] && [ "$(cat settings)" != "$settings" ]; then
  echo "error: expected $output to be new, or of this run ($settings) but it is of another ($(cat settings))" >&2
  exit 2
fi
echo "$settings" > settings
cp "$here/bases.gro" "$here/bases.top" "$here/plumed.dat" "$here/run.mdp" .
echo 'PRINT ARG=d,n1,n7,n3,o4,o2 STRIDE=250 FILE=COLVAR' | cat plumed.dat - > hot.dat

typed latentcv descriptors bases.gro
for kelvin in 400 500; do
  sed "s/= 300$/= $kelvin/" run.mdp > hot-$kelvin.mdp
  once hot-$kelvin.tpr gmx grompp -f hot-$kelvin.mdp -c bases.gro -p bases.top -o hot-$kelvin.tpr
  typed latentcv run --tpr hot-$kelvin.tpr --plumed hot.dat --folder hot-$kelvin --length $hot
done
once model.onnx latentcv train hot-400/md.xtc hot-500/md.xtc --structure bases.gro --lag 2ps -o model.onnx
once biased.dat latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 15 --stride 250 \
  --also d,n1,n7,n3,o4,o2,sphere.bias -o biased.dat
once run.tpr gmx grompp -f run.mdp -c bases.gro -p bases.top -o run.tpr
typed latentcv run --tpr run.tpr --plumed biased.dat --folder biased --length $length

# the modes, found along what was learned
energies latentcv states biased --cv cv.node-0,cv.node-1 --columns n1,n7,n3,o4,o2,d --temperature 300 -o states
# the same by rules about distances, as the reference's were counted
energies latentcv states biased --temperature 300 --basin "$(cat "$here/rules.txt")" --cv n1,n7 -o rules
node "$here/judge.mjs" "${judged[@]}" "$here/expected.json" states/states.json rules/states.json
