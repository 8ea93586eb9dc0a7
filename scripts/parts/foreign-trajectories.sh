#!/usr/bin/env bash
# Trajectories that other programs wrote, out of the sdist of MDAnalysisTests (57 MB, 10 s), for the tests.
# usage: foreign-trajectories.sh DEST    then: DEST/adk_oplsaa.xtc, …
# pip would build the package to learn the sdist's metadata, so it is given a build backend that only answers that.
set -euo pipefail
dest=${1:?usage: foreign-trajectories.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
version=2.9.0
new=$dest.new
rm -rf "$new"
mkdir -p "$new/.pip/setuptools"
: > "$new/.pip/setuptools/__init__.py"
cat > "$new/.pip/setuptools/build_meta.py" <<P
import os


def prepare_metadata_for_build_wheel(directory, config_settings=None):
    name = "MDAnalysisTests-$version.dist-info"
    os.mkdir(os.path.join(directory, name))
    with open(os.path.join(directory, name, "METADATA"), "w") as file:
        file.write("Metadata-Version: 2.1\nName: MDAnalysisTests\nVersion: $version\n")
    return name


def build_wheel(*arguments, **settings):
    raise RuntimeError("only the metadata is answered here")
P
PYTHONPATH=$new/.pip python3 -m pip -q download --no-deps --no-build-isolation --no-binary MDAnalysisTests \
  -d "$new/.pip" MDAnalysisTests==$version
files=(adk_oplsaa.{gro,pdb,xtc,trr} {adk_dims,SiN_tric_namd,tip125_tric_C36}.dcd
  Amber/{bala.ncdf,ace_tip3p.nc,tz2.truncoct.nc} lammps/{chain_dump_1.lammpstrj,wat.lammpstrj.bz2})
data=mdanalysistests-$version/MDAnalysisTests/data
tar xzf "$new"/.pip/mdanalysistests-$version.tar.gz -C "$new" --no-same-owner --transform 's|.*/||' "${files[@]/#/$data/}"
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
