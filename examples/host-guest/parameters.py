"""Every parameter of a host and its guest that is not the same in GAFF 1.81 and 2.11, as a table in Markdown.

usage: python parameters.py GAFF_FOLDER GAFF2_FOLDER    folders that build.sh made of one pair; its packages' Python
kcal/mol, Å, degrees, as in the force fields' own files: K (x - x0)^2; V (1 + cos(n φ - φ0)); ε and Rmin/2.
*: a bond or an angle that the file's own words date after 1.7 (SOURCE5: 1.8; 5/2017: 1.81) or after 2.1 (5/2017: 2.11),
which may be another in the published runs. +: by analogy, parmchk2's.
"""

import collections
import pathlib
import re
import sys

import parmed


def terms(folder):
    """Parameters of host and guest by kind and atom types, of a topology."""
    top = parmed.load_file(str(folder / "p.prmtop"))
    solute = [atom for atom in top.atoms if atom.residue.name != "WAT"]
    found = collections.defaultdict(dict)

    def key(*atoms):
        types = [atom.type for atom in atoms]
        return "-".join(min(types, types[::-1]))

    for atom in solute:
        found["van der Waals"][atom.type] = f"{atom.epsilon:.4f}, {atom.rmin:.4f}"
    inside = set(solute)
    for bond in top.bonds:
        if bond.atom1 in inside:
            found["bonds"][key(bond.atom1, bond.atom2)] = f"{bond.type.k:.1f}, {bond.type.req:.4f}"
    for angle in top.angles:
        if angle.atom1 in inside:
            name = key(angle.atom1, angle.atom2, angle.atom3)
            found["angles"][name] = f"{angle.type.k:.1f}, {angle.type.theteq:.2f}"
    series = collections.defaultdict(set)
    for dihedral in top.dihedrals:
        atoms = dihedral.atom1, dihedral.atom2, dihedral.atom3, dihedral.atom4
        if dihedral.improper or atoms[0] not in inside:
            continue
        kind = dihedral.type
        series[tuple(atom.idx for atom in atoms)].add((kind.per, round(kind.phi_k, 4), round(kind.phase, 1)))
    for indices, parts in series.items():
        words = [f"{k:g} (n {n:g}, {phase:g}°)" for n, k, phase in sorted(parts) if k != 0]
        found["torsions"][key(*(top.atoms[i] for i in indices))] = " + ".join(words) or "0"
    return found


def marks(folder, parameters, dated):
    """Which bonds and angles a force field's file dates after the published version, and what parmchk2 added."""
    late = set()
    for line in pathlib.Path(parameters).read_text(encoding="latin-1").splitlines():
        # atom types take two characters each
        match = re.match(r"(\w[\w ](?:-\w[\w ]){1,2})\s+[\d.]+\s+[\d.]+\s+(.*)", line)
        if match and any(word in match[2] for word in dated):
            late.add("-".join(part.strip() for part in match[1].split("-")))
    frcmod = (folder / "guest.frcmod").read_text()
    added = {re.sub(" ", "", match[0]) for match in re.finditer(r"^\w[\w ](-\w[\w ])+(?=  )", frcmod, re.M)}
    return lambda name: "*" if either(name, late) else "+" if either(name, added) else ""


def either(name, names):
    """Whether a set has a name, or the same read from its end."""
    return name in names or "-".join(name.split("-")[::-1]) in names


def main(first, second):
    """Print the table."""
    folders = [pathlib.Path(first), pathlib.Path(second)]
    data = pathlib.Path(sys.prefix) / "dat" / "leap" / "parm"
    old, new = (terms(folder) for folder in folders)
    mark_old = marks(folders[0], data / "gaff.dat", ["SOURCE5", "5/2017"])
    mark_new = marks(folders[1], data / "gaff211.dat", ["5/2017"])
    print("| | GAFF 1.81 | GAFF 2.11 |\n|---|---|---|")
    for kind, of_kind in old.items():
        assert set(of_kind) == set(new[kind]), f"{kind}: other atom types in 2.11"
        differing = [name for name in of_kind if of_kind[name] != new[kind][name]]
        head = {"van der Waals": "ε, Rmin/2", "bonds": "K, length", "angles": "K, angle", "torsions": "V"}[kind]
        print(f"| **{kind}** ({head}) | {len(differing)} of {len(of_kind)} differ | |")
        for name in sorted(differing):
            print(f"| {name} | {of_kind[name]}{mark_old(name)} | {new[kind][name]}{mark_new(name)} |")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
