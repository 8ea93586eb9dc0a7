#!/usr/bin/env bash
# From two molecules to the ways in which they bind, how often each, and ΔG°: README.md says what is done.
# usage: run.sh [--quick] [--gro FILE --top FILE --host SELECTION --guest SELECTION] [--barrier kJ/mol] [OUTPUT_FOLDER]
#        without --gro and --top: 9-methyladenine and 1-methyluracil, held to their reference
#        a folder that holds a part of it already: the rest is done
# exit codes: 0 as the reference says (of another pair: done), 1 not, 2 the folder holds another run, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../common.sh"
eval "$(node "$here/../programs.mjs" gromacs)"
gmx() { "$gromacs" -quiet -nobackup "$@"; }

gro=$here/bases.gro top=$here/bases.top host='resname MAD' guest='resname MUR' barrier=15
hot=4ns length=10ns training=() judged=() unbound=(--unbound 'distance > 1') own=() output=nucleobases-run
while [ $# -gt 0 ]; do
  case $1 in
    # too short for modes and free energies, the unbound guest may not be seen: that the pairs were visited is judged
    --quick) hot=500ps length=600ps training=(--epochs 60) judged=(--short) unbound=() ;;
    --gro) gro=$(readlink -f "$2"); own+=("$1"); shift ;;
    --top) top=$(readlink -f "$2"); own+=("$1"); shift ;;
    --host) host=$2; own+=("$1"); shift ;;
    --guest) guest=$2; own+=("$1"); shift ;;
    --barrier) barrier=$2; shift ;;
    *) output=$1 ;;
  esac
  shift
done
if [ ${#own[@]} -ne 0 ] && [ ${#own[@]} -ne 4 ]; then
  echo "error: expected --gro, --top, --host and --guest of another pair but received ${own[*]} alone" >&2
  exit 2
fi

begin_in "$output" "$host, $guest, hot $hot, length $length, barrier $barrier"
cp "$gro" pair.gro
cp "$top" pair.top
cp "$here/run.mdp" .
# a sphere that the two molecules do not leave
sphere=(--sphere --pose pair.gro --host "$host" --guest "$guest" --radius 1.2 --wall-kappa 2000 --stride 250)
# of the pair whose reference is known, distances to judge by are printed as well
judge=() printed=()
if [ ${#own[@]} -eq 0 ]; then
  cp "$here/distances.dat" .
  judge=(distances.dat) printed=(--also n1,n7,n3,o4,o2)
fi

typed latentcv descriptors pair.gro
once hot.dat latentcv plumed "${sphere[@]}" --temperature 300 -o hot.dat
for kelvin in 400 500; do
  sed "s/= 300$/= $kelvin/" run.mdp > hot-$kelvin.mdp
  once hot-$kelvin.tpr gmx grompp -f hot-$kelvin.mdp -c pair.gro -p pair.top -o hot-$kelvin.tpr
  typed latentcv run --tpr hot-$kelvin.tpr --plumed hot.dat --folder hot-$kelvin --length $hot
done
once model.onnx latentcv train hot-400/md.xtc hot-500/md.xtc --structure pair.gro --lag 2ps "${training[@]}" -o model.onnx
once biased.dat latentcv plumed "${judge[@]}" --model model.onnx --bias opes --barrier "$barrier" "${sphere[@]}" "${printed[@]}" \
  --temperature 300 -o biased.dat
once run.tpr gmx grompp -f run.mdp -c pair.gro -p pair.top -o run.tpr
typed latentcv run --tpr run.tpr --plumed biased.dat --folder biased --length $length

# the modes, found along what was learned
energies latentcv states biased --cv cv.node-0,cv.node-1 --temperature 300 "${unbound[@]}" -o states
typed latentcv report biased --states states --temperature 300 -o report.html
[ ${#own[@]} -eq 0 ] || exit 0
# the same by rules about distances, as the reference's were counted
energies latentcv states biased --temperature 300 --basin "$(cat "$here/rules.txt")" --cv n1,n7 "${unbound[@]}" -o rules
node "$here/judge.mjs" "${judged[@]}" "$here/expected.json" states/states.json rules/states.json
