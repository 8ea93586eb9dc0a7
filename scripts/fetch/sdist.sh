# A Python package's source archive without building it: pip would build the package to learn its metadata, so it is
# given a build backend that only answers that. To be sourced.
# fetch_sdist NAME VERSION BACKEND DIR PINS    BACKEND: the module that builds the package; PINS: the file in pins/ with
# its version and hash; then: DIR/NAME-VERSION.tar.gz
fetch_sdist() {
  local name=$1 version=$2 module=${3//.//} dir=$4 pins=$5
  mkdir -p "$dir/${module%/*}"
  : > "$dir/${module%/*}/__init__.py"
  cat > "$dir/$module.py" <<P
import os


def prepare_metadata_for_build_wheel(directory, config_settings=None):
    name = "$name-$version.dist-info"
    os.mkdir(os.path.join(directory, name))
    with open(os.path.join(directory, name, "METADATA"), "w") as file:
        file.write("Metadata-Version: 2.1\nName: $name\nVersion: $version\n")
    return name


def build_wheel(*arguments, **settings):
    raise RuntimeError("only the metadata is answered here")
P
  PYTHONPATH=$dir python3 -m pip -q download --no-deps --no-build-isolation --no-binary "$name" -d "$dir" \
    --require-hashes -r "$(dirname "${BASH_SOURCE[0]}")/pins/$pins.txt"
}
