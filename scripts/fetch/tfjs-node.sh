#!/usr/bin/env bash
# @tensorflow/tfjs-node 4.22.0, in a folder of its own (890 MB, about a minute). Its own installer fetches libtensorflow
# from elsewhere; here the npm package's binding is built against the libraries and headers of the PyPI wheel
# `tensorflow-cpu`.
# usage: tfjs-node.sh DEST
set -euo pipefail
pins=$(dirname "$(readlink -f "$0")")/pins/tensorflow.txt
dest=${1:?usage: tfjs-node.sh DEST}
[ "$(uname -m)" = x86_64 ] || { echo "TensorFlow is fetched for x86_64 only, this machine is $(uname -m)" >&2; exit 3; }

new=$dest.new
rm -rf "$new"
mkdir -p "$new"
cd "$new"
echo '{ "private": true }' > package.json
npm install --ignore-scripts --no-audit --no-fund @tensorflow/tfjs-node@4.22.0
python3 -m pip -q download --no-deps --only-binary :all: --python-version 311 --implementation cp --abi cp311 \
  --platform manylinux_2_17_x86_64 -d wheel --require-hashes -r "$pins"
python3 - <<'X'
import glob, zipfile
wheel = zipfile.ZipFile(glob.glob('wheel/*.whl')[0])
include = 'tensorflow/include/'
wanted = ('tensorflow/libtensorflow_',) + tuple(
    include + folder for folder in ('tensorflow/c/', 'tensorflow/core/platform/', 'tsl/', 'xla/tsl/c/'))
for name in wheel.namelist():
    if name.startswith(wanted): wheel.extract(name, '.')
X
package=node_modules/@tensorflow/tfjs-node
mkdir -p "$package/deps/lib"
mv tensorflow/include "$package/deps/include"
for lib in cc framework; do mv "tensorflow/libtensorflow_$lib.so.2" "$package/deps/lib/"; done
ln -s libtensorflow_cc.so.2 "$package/deps/lib/libtensorflow.so"
ln -s libtensorflow_framework.so.2 "$package/deps/lib/libtensorflow_framework.so"
rm -rf wheel tensorflow
# Node's headers beside the running Node, so that they need not be downloaded
prefix=$(dirname "$(dirname "$(node -p process.execPath)")")
[ ! -e "$prefix/include/node/node_api.h" ] || export npm_config_nodedir=$prefix
(cd "$package" && npx node-pre-gyp install --build-from-source)
rm -rf "$dest"
mv "$new" "$dest"
cd "$dest"
node -e "console.log('TensorFlow', require('@tensorflow/tfjs-node').backend().binding.TF_Version)"
