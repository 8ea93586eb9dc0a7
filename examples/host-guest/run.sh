#!/usr/bin/env bash
# From a host, a guest and two poses of taproom's to ΔG° of each orientation, along CVs that nobody chose: README.md says what is done.
# usage: run.sh [HOST GUEST] [--force-field gaff|gaff2] [--quick] [--hours HOURS] [--hot TIME] [--pilot TIME] [--length TIME] [OUTPUT_FOLDER]
#        acd cbu, gaff, host-guest-run. Any other of taproom's pairs is built first (build.sh), these two lie ready
#        --hours: stop after so many hours; the same command goes on. A folder that holds a part of it already: the rest is done
# exit codes: 0 as published (of a pair without an expected.json: done), 1 not, 2 the folder holds another run, 3 a program is missing,
#        4 a free energy is not determined yet
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../common.sh"
eval "$(node "$here/../programs.mjs" gromacs)"
gmx() { "$gromacs" -quiet -nobackup "$@"; }

field=gaff hot=2ns pull=20ps pilot=1ns length=20ns lag=2ps training=() judged=() hours=() words=()
while [ $# -gt 0 ]; do
  case $1 in
    --force-field) field=$2; shift ;;
    # too short for any number: that it goes through, and that both orientations were there, is judged
    --quick) hot=100ps pilot=10ps length=50ps lag=1ps training=(--epochs 5) judged=(--short) ;;
    --hours) hours=(--max-hours "$2"); shift ;;
    --hot) hot=$2; shift ;;
    --pilot) pilot=$2; shift ;;
    --length) length=$2; shift ;;
    *) words+=("$1") ;;
  esac
  shift
done
case ${#words[@]} in
  0 | 1) host=acd guest=cbu output=${words[0]:-host-guest-run} ;;
  2 | 3) host=${words[0]} guest=${words[1]} output=${words[2]:-host-guest-run} ;;
  *) echo "error: expected [HOST GUEST] [OUTPUT_FOLDER] but received ${words[*]}" >&2; exit 2 ;;
esac
pair=$host-$guest-$field kelvin=298.15 hot_kelvin=500
begin_in "$output" "$pair, hot $hot, pilots $pilot, length $length"

# the two poses in water, minimised, then at 1 bar: the frame whose volume is the mean one's is what runs start from
if [ -d "$here/$pair" ]; then
  for file in "$here/$pair"/*.gz; do
    its=$(basename "$file" .gz)
    [ -e "$its" ] || gzip -dc "$file" > "$its"
  done
else
  in_folder build "$here/build.sh" "$host" "$guest" --force-field "$field" .
  cp build/p.gro build/s.gro build/complex.top build/ends .
fi
cp "$here"/*.mdp .
mdrun() { gmx mdrun -deffnm "$1" -ntmpi 1 -ntomp 1 -pin off; }
for pose in p s; do
  [ -e $pose-start.gro ] && continue
  once $pose-minimise.tpr gmx grompp -f minimise.mdp -c $pose.gro -p complex.top -o $pose-minimise.tpr -po all.mdp
  once $pose-minimise.gro mdrun $pose-minimise
  once $pose-density.tpr gmx grompp -f density.mdp -c $pose-minimise.gro -p complex.top -o $pose-density.tpr -po all.mdp
  once $pose-density.gro mdrun $pose-density
  echo Volume | gmx energy -f $pose-density.edr -b 50 -o volume.xvg >/dev/null
  at=$(awk '!/^[#@]/ { time[++n] = $1; volume[n] = $2; sum += $2 }
    END { for (i = 1; i <= n; i++) { d = volume[i] - sum / n; if (d < 0) d = -d; if (i == 1 || d < least) { least = d; at = time[i] } } print at }' volume.xvg)
  echo 0 | typed gmx trjconv -f $pose-density.xtc -s $pose-density.tpr -dump "$at" -pbc mol -o $pose-start.gro
done

typed latentcv descriptors p-start.gro
# a cylinder that the guest can leave the host in, of the pose alone
cylinder=(--cylinder --pose p-start.gro --host 'resname MGO' --guest "resname ${guest^^}" --stride 250)
once hot.dat latentcv plumed "${cylinder[@]}" --temperature $kelvin -o hot.dat
# hot runs within it, from both poses and from outside
sed "s/= $kelvin$/= $hot_kelvin/" run.mdp > hot.mdp
hot_run() {
  once "hot-$1.tpr" gmx grompp -f hot.mdp -c "$2" -p complex.top -o "hot-$1.tpr" -po all.mdp
  typed latentcv run --tpr "hot-$1.tpr" --plumed hot.dat --folder "hot-$1" --length $hot
}
hot_run p p-start.gro
hot_run s s-start.gro
# out of the host: a lower wall on depth pulls the guest to where it does not touch it
clear=$(sed -n 's/^# latentcv confinement.* clear=\([0-9.]*\).*/\1/p' hot.dat)
once pull.dat latentcv plumed "${cylinder[@]}" --wall "depth > $clear kappa=200" --temperature $kelvin -o pull.dat
typed latentcv run --tpr hot-p.tpr --plumed pull.dat --folder pull --length $pull
if [ ! -e u-start.gro ]; then
  read -r at depth < <(awk '/^#! FIELDS/ { for (i = 3; i <= NF; i++) if ($i == "depth") column = i - 2; next }
    /^#/ { next } !any || $column > deepest { any = 1; deepest = $column; time = $1 } END { print time, deepest }' pull/COLVAR)
  echo "farthest out: $depth nm, at $at ps of pull" >&2
  echo 0 | typed gmx trjconv -f pull/md.xtc -s hot-p.tpr -dump "$at" -o u-start.gro
fi
hot_run u u-start.gro

# the default, with two CVs and with three
once two.onnx latentcv train hot-p hot-s hot-u --lag $lag "${training[@]}" -o two.onnx
once three.onnx latentcv train hot-p hot-s hot-u --lag $lag --latent 3 "${training[@]}" -o three.onnx
typed latentcv inspect two.onnx hot-p hot-s hot-u

# beyond this the guest does not touch the host, and does not count as bound
unbound=$(awk "BEGIN { print $clear + 0.2 }")
node "$here/orientation.mjs" p.gro s.gro ends "$unbound"
# pilots, whose orientations and depths are told by rules: which CV crosses most often
for pose in p s; do
  sed "s/^\(ld\|gen\)-seed.*/\1-seed = $([ $pose = p ] && echo 11 || echo 12)/" run.mdp > run-$pose.mdp
  once run-$pose.tpr gmx grompp -f run-$pose.mdp -c $pose-start.gro -p complex.top -o run-$pose.tpr -po all.mdp
done
once confined.dat latentcv plumed orientation.dat "${cylinder[@]}" --also cosine --temperature $kelvin -o confined.dat
energies latentcv pilot two.onnx three.onnx --plumed confined.dat --tpr run-p.tpr --length $pilot --folder pilots \
  --barrier 30 --temperature $kelvin --frames-temperature $hot_kelvin --also depth,cosine \
  --basin "$(cat rules.txt); unbound: depth > $unbound" --json > pilots.json
model=$(node -p 'JSON.parse(require("fs").readFileSync("pilots.json")).pilots[0].model')

# production: two runs with a bias each, one from each pose
once biased.dat latentcv plumed orientation.dat --model "$model" --bias opes --barrier 30 "${cylinder[@]}" --also cosine \
  --temperature $kelvin --frames-temperature $hot_kelvin -o biased.dat
typed latentcv run --tpr run-p.tpr run-s.tpr --plumed biased.dat --folder biased --length "$length" "${hours[@]}"

# the modes along what was learned, and the two orientations by rules
cvs=$(awk '/^PRINT .*cv\.node-/ { gsub(/.*ARG=| .*/, ""); n = split($0, label, ","); for (i = 1; i <= n; i++) if (label[i] ~ /^cv\.node-/) { printf "%s%s", sep, label[i]; sep = "," } }' biased.dat)
energies latentcv states biased --structure p-start.gro --cv "$cvs" --temperature $kelvin --unbound "depth > $unbound" -o states
energies latentcv states biased --structure p-start.gro --basin "$(cat rules.txt)" --cv "$cvs" --temperature $kelvin --unbound "depth > $unbound" -o rules
typed latentcv report biased --states states --temperature $kelvin -o report.html
node "$here/judge.mjs" "${judged[@]}" "$here/expected.json" "$pair" ends states rules
