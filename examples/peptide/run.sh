#!/usr/bin/env bash
# From a peptide's trajectory to a run biased along a learned CV: README.md says what is done.
# usage: run.sh [--quick] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# exit codes: 0 as the reference says, 1 not, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../common.sh"
eval "$(node "$here/../programs.mjs" gromacs)"
gmx() { "$gromacs" -quiet -nobackup "$@"; }

length=8ns judged=()
# a nanosecond crosses, and is too short for free energies
if [ "${1:-}" = --quick ]; then length=1ns judged=(--transitions); shift; fi
output=${1:-peptide-run}

mkdir -p "$output"
for file in peptide.gro peptide.pdb topol.top run.mdp plumed.dat hot-1.xtc hot-2.xtc; do
  [ -e "$output/$file" ] || cp "$here/$file" "$output"
done
cd "$output"

typed latentcv descriptors peptide.gro
once model.onnx latentcv train hot-1.xtc hot-2.xtc --structure peptide.gro --lag 10ps -o model.onnx
once biased.dat latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 --also phi1,phi2 -o biased.dat
once topol.tpr gmx grompp -f run.mdp -c peptide.gro -p topol.top -o topol.tpr
typed latentcv run --tpr topol.tpr --plumed biased.dat --folder run --length "$length"
for phi in phi1 phi2; do
  energies latentcv fes run --cv $phi --basin "$phi=0..2.3" --cores=$phi=-2.8..-0.6,0.5..1.7 --json > $phi.json
done
node "$here/judge.mjs" "${judged[@]}" "$here/expected.json" phi1.json phi2.json
