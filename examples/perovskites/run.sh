#!/usr/bin/env bash
# Perovskite oxides: from a table of compositions to a model of the energy above the hull, and designs in its latent.
# usage: run.sh [OUTPUT_FOLDER]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
output=${1:-perovskites-run}
. "$here/../common.sh"

mkdir -p "$output"
cd "$output"
[ -f data/dft_calc_train.csv ] || "$here/../../scripts/fetch/perovskites.sh" data
once features.csv latentcv composition data/dft_calc_train.csv --formula COMPOSITION \
  --sites 'A=A_SITE_*; B=B_SITE_*' -o features.csv
once model.onnx latentcv train features.csv --columns '* mean,* range,* deviation' \
  --properties ENERGY_ABOVE_HULL --method multitask-autoencoder --latent 8 -o model.onnx
typed latentcv design model.onnx features.csv --want 'min ENERGY_ABOVE_HULL' --id COMPOSITION -o designs.csv
