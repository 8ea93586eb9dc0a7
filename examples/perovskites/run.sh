#!/usr/bin/env bash
# Perovskite oxides: from a table of compositions to a model of the energy above the hull, and designs in its latent, judged on a fifth
# of the oxides that is held back.
# usage: run.sh [--quick] [OUTPUT_FOLDER]     a folder that holds a part of it already: the rest is done
# exit codes: 0 the model tells of oxides that it has not seen what it should, 1 not, 2 the folder holds another run
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
form=whole short=() least=0.6
if [ "${1:-}" = --quick ]; then
  form=quick short=(--layers 64,32 --epochs 20 --ensemble 2) least=0.4
  shift
fi
output=${1:-perovskites-run}
. "$here/../common.sh"

begin_in "$output" "$form"
data=${PEROVSKITES:-data}
[ -f "$data/dft_calc_train.csv" ] || "$here/../../scripts/fetch/perovskites.sh" "$data"

once whole.csv latentcv composition "$data/dft_calc_train.csv" --formula COMPOSITION -o whole.csv
once features.csv latentcv composition whole.csv --formula COMPOSITION \
  --sites 'A=A_SITE_*; B=B_SITE_*' -o features.csv

# every fifth oxide is held back
awk 'NR == 1 || NR % 5 != 0' features.csv > known.csv
awk 'NR == 1 || NR % 5 == 0' features.csv > held-back.csv

once properties.onnx latentcv train known.csv --columns '* mean,* range,* deviation' \
  --properties ENERGY_ABOVE_HULL "${short[@]}" -o properties.onnx
typed latentcv predict properties.onnx held-back.csv -o predicted.csv --json > predicted.json

once design.onnx latentcv train known.csv --columns '* mean,* range,* deviation' \
  --properties ENERGY_ABOVE_HULL --method multitask-autoencoder --latent 8 "${short[@]}" -o design.onnx
typed latentcv design design.onnx known.csv --want 'min ENERGY_ABOVE_HULL' --near held-back.csv \
  --id COMPOSITION --count 300 --neighbours 1 -o designs.csv --json > designs.json

node "$here/judge.mjs" "$least"
