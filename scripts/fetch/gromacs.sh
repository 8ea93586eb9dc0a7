#!/usr/bin/env bash
# GROMACS with its native PLUMED interface, out of Debian trixie, in a folder of its own (a download of 98 MB, 62 MB there, 20 s).
# usage: gromacs.sh DEST    then: DEST/gmx mdrun -plumed plumed.dat -nt 1 …
# The packages are only unpacked, and run by their own loader, so this machine's libraries do not matter.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/debian.sh"
dest=${1:?usage: gromacs.sh DEST}
[ "$(uname -m)" = x86_64 ] || unavailable "GROMACS is fetched for x86_64 only, this machine is $(uname -m)"

new=$dest.new
rm -rf "$new"
mkdir -p "$new/.apt"
new=$(cd "$new" && pwd)
private_apt "$new/.apt"
echo "downloading GROMACS"
# the libraries gmx itself links; the package's whole closure (MPI, HIP, LLVM) is ten times as big
(cd "$new/.apt" && apt-get -q download gromacs gromacs-data libgromacs10 libc6 libgcc-s1 libstdc++6 \
  libgomp1 libhwloc15 libfftw3-single3 libblas3 liblapack3 libgfortran5 libmuparser2v5 zlib1g libudev1 libcap2)
for package in "$new"/.apt/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -C "$new" -x --no-same-owner --exclude='./usr/share/doc' \
    --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='*libgromacs_*'
done
rm -rf "$new/.apt"
cat > "$new/gmx" <<'W'
#!/usr/bin/env bash
root=$(dirname "$(readlink -f "$0")")
libraries=$root/usr/lib/x86_64-linux-gnu
exec "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries:$libraries/blas:$libraries/lapack" \
  "$root/usr/bin/gmx" "$@"
W
chmod +x "$new/gmx"
"$new/gmx" --version | grep -m1 'GROMACS version'
# only now does it count as made
rm -rf "$dest"
mv "$new" "$dest"
