#!/usr/bin/env bash
# From a peptide's trajectory to a run biased along a learned CV: README.md says what is done.
# usage: run.sh [--quick] [FOLDER]     FOLDER: where all is written (default: peptide-run)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common.sh"
length=8ns judged=()
# a nanosecond crosses, and is too short for free energies
if [ "${1:-}" = --quick ]; then length=1ns judged=(--transitions); shift; fi
folder=${1:-peptide-run}
gmx=$(tool GMX gmx gromacs/gmx)
gmx() { "$gmx" -quiet -nobackup "$@"; }
export GMX=$gmx   # for latentcv run

mkdir -p "$folder"
for file in peptide.gro peptide.pdb topol.top run.mdp plumed.dat hot-1.xtc hot-2.xtc; do
  [ -e "$folder/$file" ] || cp "$here/$file" "$folder"
done
cd "$folder"

step none latentcv descriptors peptide.gro
step model.onnx latentcv train hot-1.xtc hot-2.xtc --structure peptide.gro --lag 10ps -o model.onnx
step biased.dat latentcv plumed plumed.dat --model model.onnx --bias opes --barrier 40 --also phi1,phi2 -o biased.dat
step topol.tpr gmx grompp -f run.mdp -c peptide.gro -p topol.top -o topol.tpr
step none latentcv run --tpr topol.tpr --plumed biased.dat --folder run --length "$length"
for phi in phi1 phi2; do
  step none latentcv fes run/COLVAR --cv $phi --temperature 300 --basin "$phi=0..2.3" --cores=$phi=-2.8..-0.6,0.5..1.7 --json > $phi.json
done
node "$here/judge.mjs" "${judged[@]}" "$here/expected.json" phi1.json phi2.json
