#!/usr/bin/env bash
# Slurm and munge out of Debian trixie, in a folder of their own, to play a cluster of one node (a download of 13 MB, 44 MB there).
# usage: slurm.sh DEST    then: SLURM_CONF=… DEST/bin/slurmctld -D; DEST/bin/slurmd -D -d DEST/bin/slurmstepd; DEST/bin/sbatch job.sh
# slurmctld starts itself anew by /proc/self/exe, so no loader can stand in front: the programs are told where theirs is.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/debian.sh"
dest=${1:?usage: slurm.sh DEST}
[ "$(uname -m)" = x86_64 ] || unavailable "Slurm is fetched for x86_64 only, this machine is $(uname -m)"

mkdir -p "$(dirname "$dest")"
dest=$(cd "$(dirname "$dest")" && pwd)/$(basename "$dest")
new=$dest.new
rm -rf "$new"
mkdir -p "$new/.apt" "$new/bin"
private_apt "$new/.apt"
echo "downloading Slurm"
(cd "$new/.apt" && apt-get -q download slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge libmunge2 patchelf \
  libc6 libgcc-s1 libstdc++6 libhwloc15 libudev1 libpam0g libaudit1 libcap-ng0 libdbus-1-3 libsystemd0 libcap2 \
  libreadline8t64 libtinfo6 zlib1g libgcrypt20 libgpg-error0 libzstd1 libbz2-1.0 libnuma1 liblz4-1 libjwt2 \
  libjansson4 libssl3t64 libjson-c5 libyaml-0-2)
for package in "$new"/.apt/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -C "$new" -x --no-same-owner --exclude='./usr/share' --exclude='./etc' \
    --exclude='*/mpi_pmix*.so'
done
rm -rf "$new/.apt"
now=$new/usr/lib/x86_64-linux-gnu
then=$dest/usr/lib/x86_64-linux-gnu
for program in sbin/slurmctld-wlm sbin/slurmd-wlm sbin/slurmstepd-wlm sbin/munged sbin/mungekey \
  bin/sbatch bin/scontrol bin/scancel bin/squeue bin/sinfo bin/srun; do
  name=$(basename "$program" -wlm)
  cp "$new/usr/$program" "$new/bin/$name"
  "$now/ld-linux-x86-64.so.2" --library-path "$now" "$new/usr/bin/patchelf" \
    --set-interpreter "$then/ld-linux-x86-64.so.2" --force-rpath --set-rpath "$then:$then/slurm-wlm" "$new/bin/$name"
done
# only now does it count as made
rm -rf "$dest"
mv "$new" "$dest"
"$dest/bin/slurmctld" -V
