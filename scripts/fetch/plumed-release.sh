#!/usr/bin/env bash
# A stable release of PLUMED for `npm run test:plumed`: built before, where FOLDER has it for this kind of machine
# (plumed-VERSION-debian12-x86_64.tar.xz, packed as VERSION/…), else compiled at -O0 from FOLDER's sources
# (plumed-VERSION.tar.xz), else from those that the project publishes (7 CPU minutes, once).
# usage: plumed-release.sh VERSION DEST [FOLDER]    then: . DEST/env.sh
set -euo pipefail
. "$(dirname "$0")/plumed-env.sh"
version=${1:?usage: plumed-release.sh VERSION DEST [FOLDER]}
dest=${2:?usage: plumed-release.sh VERSION DEST [FOLDER]}
folder=${3:-}
mkdir -p "$(dirname "$dest")"
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
build=$dest.build
rm -rf "$dest"

runs() {
  PLUMED_ROOT="$1/lib/plumed" LD_LIBRARY_PATH="$1/lib" "$1/bin/plumed" --no-mpi info --long-version | grep -qxF "$version"
}

finish() {
  write_plumed_env "$dest/env.sh" "$dest"
  echo "PLUMED $version: $1"
  exit 0
}

built=$folder/plumed-$version-debian12-x86_64.tar.xz
if [ -n "$folder" ] && [ -r "$built" ] && [ "$(uname -m)" = x86_64 ]; then
  rm -rf "$build"
  mkdir -p "$build"
  tar xJf "$built" -C "$build" --no-same-owner
  if runs "$build/$version"; then
    mv "$build/$version" "$dest"
    rm -rf "$build"
    finish "as built in $built"
  fi
  echo "$built does not run here, so PLUMED is compiled"
  rm -rf "$build"
fi

# the build goes on where it was interrupted
if [ ! -e "$build/configured" ]; then
  rm -rf "$build"
  mkdir -p "$build"
  archive=$folder/plumed-$version.tar.xz
  if [ -z "$folder" ] || [ ! -r "$archive" ]; then
    archive=$build.tgz
    curl -fsSL --retry 3 -o "$archive" \
      "https://github.com/plumed/plumed2/releases/download/v$version/plumed-src-$version.tgz"
  fi
  tar xf "$archive" -C "$build" --strip-components=1 --no-same-owner
  rm -f "$build.tgz"
  modules=none:bias:cltools:colvar:function:generic:gridtools:molfile:setup:vatom:xdrfile:opes:annfunc:multicolvar:funnel
  case $version in
    2.9.*) modules=$modules:reference:vesselbase:analysis ;;
    *) modules=$modules:matrixtools:valtools:refdist:symfunc:volumes:adjmat ;;
  esac
  (cd "$build" && ./configure --prefix="$dest" --disable-mpi --disable-doc --disable-gsl \
    --enable-modules=$modules CXXFLAGS="-O0 -fPIC" CFLAGS="-O0 -fPIC")
  touch "$build/configured"
fi
nice -n 10 make -C "$build/src" -j"$(nproc)" lib
make -C "$build" install
runs "$dest"
rm -rf "$build"
finish "compiled"
