#!/usr/bin/env bash
# A host and a guest of taproom's in TIP3P water, for GROMACS, in both poses: taproom's structures and AM1-BCC charges, GAFF 1.81 or
# 2.11 by AmberTools, from PyPI. Some seconds.
# usage: build.sh [HOST GUEST] [--force-field gaff|gaff2] [--buffer ÅNGSTRÖM] [FOLDER]    acd cbu, gaff, 7.5, HOST-GUEST-FORCE_FIELD
#        writes FOLDER/p.gro, s.gro (the guest's head at the primary, the secondary face), complex.top of both, in which hydrogens of host
#        and guest weigh 3 u and what they are bonded to less, and ends, the two atoms that taproom tells the guest's orientation by
# Python's packages: npm run setup -- --for example:host-guest, or PYTHON=… of an environment with scripts/fetch/pins/python-ambertools.txt
# exit codes: 0 done, 1 AmberTools failed, 2 a pair that taproom has not, 3 Python's packages are missing
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cache=${LATENTCV_CACHE:-$here/../../.cache}
python=${PYTHON:-$cache/python-ambertools/bin/python}
field=gaff buffer=7.5 words=()
while [ $# -gt 0 ]; do
  case $1 in
    --force-field) field=$2; shift ;;
    --buffer) buffer=$2; shift ;;
    *) words+=("$1") ;;
  esac
  shift
done
case ${#words[@]} in
  0 | 1) host=acd guest=cbu folder=${words[0]:-} ;;
  2 | 3) host=${words[0]} guest=${words[1]} folder=${words[2]:-} ;;
  *) echo "error: expected [HOST GUEST] [FOLDER] but received ${words[*]}" >&2; exit 2 ;;
esac
folder=${folder:-$host-$guest-$field}
case $field in
  gaff) parameters=gaff.dat ;;
  gaff2) parameters=gaff211.dat ;; # of AmberTools' 2.11 and 2.2, the nearer to the published 2.1
  *) echo "error: expected --force-field gaff or gaff2 but received $field" >&2; exit 2 ;;
esac
[ -x "$python" ] || { echo "error: expected Python's packages in $python; hint: npm run setup -- --for example:host-guest" >&2; exit 3; }
systems=$("$python" -c 'import taproom; print(taproom.__path__[0])')/systems
[ -f "$systems/$host/$guest/$guest.mol2" ] || {
  echo "error: expected a pair of taproom's but received $host and $guest; there are" >&2
  for known in acd bcd; do echo "  $known: $(cd "$systems/$known" && echo ?*/)" | tr -d / >&2; done
  exit 2
}
bin=$(dirname "$python")
export AMBERHOME="${bin%/bin}"

mkdir -p "$folder"
cd "$folder"
# what a command says goes to a file, whose end is shown if it fails
logged() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 || { tail -20 "$log" >&2; echo "error: expected $1 to end well but it did not: $PWD/$log" >&2; exit 1; }
}
name=${guest^^}
mol2=$systems/$host/$guest/$guest.mol2
# guest.yaml says 0 of ammonium and carboxylate too
charge=$(awk '/^@/ { atoms = /ATOM/; next } atoms { sum += $9 } END { printf "%d", sum < 0 ? sum - 0.5 : sum + 0.5 }' "$mol2")
cp "$systems/$host/MGO.mol2" .
logged antechamber.log "$bin/antechamber" -fi mol2 -i "$mol2" -fo mol2 -o guest.mol2 -at "$field" -nc "$charge" -rn "$name" -pf y -dr no
# type c5 is newer than 2.11
[ "$field" = gaff ] || sed -i 's/ c5 / c3 /' guest.mol2
logged parmchk2.log "$bin/parmchk2" -i guest.mol2 -f mol2 -o guest.frcmod -p "$AMBERHOME/dat/leap/parm/$parameters"
for pose in p s; do
  # the guest's atoms are called otherwise in the PDB file than in the mol2 file, their order is the same
  awk -v guest="$name" 'NR == FNR { if (/^@/) { atoms = /ATOM/; next } if (atoms) named[++last] = $2; next }
    /^ATOM/ { if (substr($0, 18, 3) == guest) $0 = substr($0, 1, 12) sprintf(" %-3s", named[++at]) substr($0, 17); print }
    /^TER/ { print "TER" }' guest.mol2 "$systems/$host/$guest/${host:0:1}-$guest-$pose.pdb" >"$pose.pdb"
done
residues=$(grep -c ' C1  MGO' p.pdb)
# a guest with a charge gets ions of the other
case $charge in
  0) ion='' ;;
  -*) ion=$'addIons x Na+ 0\n' ;;
  *) ion=$'addIons x Cl- 0\n' ;;
esac

# leap POSE BUFFER: the complex in a truncated octahedron of water
leap() {
  cat >"$1.leap" <<L
source leaprc.water.tip3p
loadamberparams $parameters
MGO = loadmol2 MGO.mol2
set MGO head MGO.1.C4
set MGO tail MGO.1.O1
set MGO.1 connect0 MGO.1.C4
set MGO.1 connect1 MGO.1.O1
$name = loadmol2 guest.mol2
loadamberparams guest.frcmod
x = loadpdb $1.pdb
bond x.1.C4 x.$residues.O1
solvateoct x TIP3PBOX $2 iso 0.9
${ion}saveamberparm x $1.prmtop $1.rst7
quit
L
  logged "$1.leap.log" "$bin/tleap" -f "$1.leap"
}
leap p "$buffer"
leap s "$buffer"
waters() { "$python" -c 'import sys, parmed; print(len(parmed.load_file(sys.argv[1])[":WAT"].residues))' "$1.prmtop"; }
# both poses get as many waters, for one topology: those of the larger box, so the other grows until it has them
of_p=$(waters p) of_s=$(waters s)
most=$((of_p > of_s ? of_p : of_s))
for pose in p s; do
  own=$buffer
  until [ "$(waters $pose)" -ge $most ]; do
    own=$(awk -v x="$own" 'BEGIN { print x + 0.1 }')
    leap $pose "$own"
  done
done

"$python" - "$host" "$name" "$field ${parameters}" "$most" <<'P'
import sys

import numpy
import parmed

host, guest, field, most = *sys.argv[1:4], int(sys.argv[4])
for pose in 'ps':
    system = parmed.load_file(f'{pose}.prmtop', f'{pose}.rst7')
    # charges of four digits may miss a whole number by some of the last
    its = [atom for atom in system.atoms if atom.residue.name == guest]
    missed = sum(atom.charge for atom in its) - round(sum(atom.charge for atom in its))
    if abs(missed) > 1e-5:
        for atom in its:
            atom.charge -= missed / len(its)
    solute = numpy.array([atom.residue.name != 'WAT' for atom in system.atoms])
    # of waters that are too many the outermost go
    centre = system.coordinates[solute].mean(axis=0)
    far = {
        residue.idx: numpy.linalg.norm(system.coordinates[residue.atoms[0].idx] - centre)
        for residue in system.residues
        if residue.name == 'WAT'
    }
    gone = sorted(far, key=far.get)[most:]
    if gone:
        system.strip(':' + ','.join(str(index + 1) for index in gone))
    system.save(f'{pose}.gro', overwrite=True)
    if pose == 'p':
        parmed.tools.HMassRepartition(system, 3.0).execute()
        system.save('all.top', overwrite=True)
P
for pose in p s; do sed -i "1s/.*/$host and $guest, pose $pose, ${parameters%.dat}, TIP3P (build.sh)/" $pose.gro; done
sed -e '/^;/d' -e '/^ *$/d' -e "s/^system1\b/${host^^}/" -e "s/^Generic title/$host and $guest, ${parameters%.dat}, TIP3P (build.sh)/" all.top >complex.top
rm all.top
sed -n 's/^ *- G[12]: *:[0-9]*@//p' "$systems/$host/$guest/guest.yaml" | paste -sd' ' >ends
