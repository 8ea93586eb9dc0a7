#!/usr/bin/env bash
# PLUMED's sources, every module, out of the sdist of hillclimber (27 MB, 3 s): the version that plumed.sh fetches.
# usage: plumed-source.sh DEST
# pip would compile all of PLUMED to learn the sdist's metadata, so it is given a build backend that only answers that.
set -euo pipefail
dest=${1:?usage: plumed-source.sh DEST}
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
rm -rf "$new"
mkdir -p "$new/.pip/hatchling"
: > "$new/.pip/hatchling/__init__.py"
cat > "$new/.pip/hatchling/build.py" <<'P'
import os


def prepare_metadata_for_build_wheel(directory, config_settings=None):
    name = "hillclimber-0.1.8.dist-info"
    os.mkdir(os.path.join(directory, name))
    with open(os.path.join(directory, name, "METADATA"), "w") as file:
        file.write("Metadata-Version: 2.1\nName: hillclimber\nVersion: 0.1.8\n")
    return name


def build_wheel(*arguments, **settings):
    raise RuntimeError("only the metadata is answered here")
P
PYTHONPATH=$new/.pip python3 -m pip -q download --no-deps --no-build-isolation --no-binary hillclimber \
  -d "$new/.pip" hillclimber==0.1.8
tar xzf "$new/.pip/hillclimber-0.1.8.tar.gz" -C "$new" --strip-components=3 --no-same-owner \
  hillclimber-0.1.8/external/plumed2
rm -rf "$new/.pip" "$dest"
mv "$new" "$dest"
