#!/usr/bin/env bash
# G(liquid) - G(crystal) of a box at several pressures or temperatures, and where it is zero.
# usage: melting.sh [lennard-jones|copper] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# AT='3.2 3.5' STEPS=1000000 CELLS=4 BARRIER=60 SEED=2 JOBS=2 melting.sh …  for others; JOBS of them at a time
# exit codes: 0 every one is determined, 1 not, 2 the folder holds another run, 3 a program is missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
system=${1:-lennard-jones}
output=${2:-melting-$system}
steps=${STEPS:-3000000} cells=${CELLS:-3} seed=${SEED:-1}
. "$here/../common.sh"

atoms=$((4 * cells * cells * cells))
case $system in
  lennard-jones) # at T* = 1; variables of the input, volumes in sigma^3 an atom, energies in kT
    at=${AT:-2.6 2.9 3.2 3.5 3.8} barrier=${BARRIER:-25} variable=pressure
    input=in.lammps plumed=plumed.dat crystal=disorder=0 liquid=disorder=0.6
    units=(--per-nanometre 1 --timestep 0.004) between=1.037
    energy() { echo --kt 1; } ;;
  copper) # at zero pressure; volumes in nm^3 an atom
    at=${AT:-1310 1340 1370 1400} barrier=${BARRIER:-280} variable=kelvin
    input=in.copper plumed=plumed-copper.dat crystal=molten=0 liquid=molten=3000
    units=(--timestep 0.003ps) between=0.0130
    energy() { echo --temperature "$1"; } ;;
  *) echo "error: expected lennard-jones or copper but got $system" >&2; exit 2 ;;
esac

begin_in "$output" "$system, $steps steps, $cells cells, barrier $barrier, seed $seed"
cp "$here/$input" "$here/$plumed" .

# one model serves all: what is learned from is in the middle
middle=$(echo "$at" | awk '{ print $(int((NF + 1) / 2)) }')
typed latentcv run --engine lammps --lammps "$input" --plumed "$plumed" \
  --variables "cells=$cells,$variable=$middle,$crystal,seed=$seed" --folder crystal
typed latentcv run --engine lammps --lammps "$input" --plumed "$plumed" \
  --variables "cells=$cells,$variable=$middle,$liquid,seed=$seed" --folder liquid

# of N cells, NNN is the crystal's 111 and 2N00 its 200
once model.onnx latentcv train crystal/traj.lammpstrj liquid/traj.lammpstrj "${units[@]}" \
  --descriptors "bragg all hkl={$cells$cells$cells},{$((2 * cells))00}" \
  --method pca --latent 1 --scaling each --spread 0 -o model.onnx

# a crystal that froze askew has no Bragg peaks, and the volume of a crystal: it is neither of the two
volume=$(awk "BEGIN { print $atoms * $between }")
# one PLACE: the biased run and its free energies
one() {
  once "biased$1.dat" latentcv plumed "$plumed" --model model.onnx --bias opes --barrier "$barrier" $(energy "$1") \
    --pace 250 --stride 50 --also vol -o "biased$1.dat"
  typed latentcv run --engine lammps --lammps "$input" --plumed "biased$1.dat" \
    --variables "cells=$cells,$variable=$1,seed=$seed,steps=$steps,every=5000" --folder "at$1"
  energies latentcv fes "at$1/COLVAR" --cv cv.node-0 $(energy "$1") \
    --basin "crystal: cv.node-0 > 0.25; liquid: cv.node-0 < 0.25 and vol > $volume" \
    --cores "crystal: cv.node-0 > 0.5; liquid: cv.node-0 < -0.5 and vol > $volume" \
    -o "fes$1.dat" --json > "fes$1.json.part"
  mv "fes$1.json.part" "fes$1.json"
}
for place in $at; do
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-1}" ]; do wait -n; done
  one "$place" &
done
wait

[ "$system" = copper ] || node "$here/tail.mjs"
node "$here/melting.mjs" $at
