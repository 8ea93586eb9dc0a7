#!/usr/bin/env bash
# All files of MDAnalysisTests (a download of 57 MB), which compare:mdanalysis reads with latentcv and with MDAnalysis.
# usage: mdanalysis-files.sh DEST    then: DEST/adk_oplsaa.xtc, DEST/Amber/bala.ncdf, …
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/sdist.sh"
dest=${1:?usage: mdanalysis-files.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
version=2.9.0
new=$dest.new
rm -rf "$new"
fetch_sdist MDAnalysisTests $version setuptools.build_meta "$new/.pip" foreign-trajectories
data=mdanalysistests-$version/MDAnalysisTests/data
tar xzf "$new"/.pip/mdanalysistests-$version.tar.gz -C "$new" --no-same-owner --strip-components=3 "$data"
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
