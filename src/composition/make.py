"""Writes element-properties.ts from the Magpie tables in PyPI's wheel matminer 0.10.1.

usage: python make.py FOLDER-OF-THE-UNPACKED-WHEEL > element-properties.ts
"""

import sys
from pathlib import Path

TABLES = """Number MendeleevNumber AtomicWeight MeltingT Column Row CovalentRadius Electronegativity NsValence NpValence
NdValence NfValence NValence NsUnfilled NpUnfilled NdUnfilled NfUnfilled NUnfilled GSvolume_pa GSbandgap GSmagmom
SpaceGroupNumber FirstIonizationEnergy ElectronAffinity AtomicVolume BoilingT Density DipolePolarizability HeatFusion
HeatVaporization GSenergy_pa LogThermalConductivity""".split()
ELEMENTS = 94

folder = Path(sys.argv[1]) / "matminer" / "utils" / "data_files" / "magpie_elementdata"


def cell(text: str) -> str:
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return "-"


print("""/**
 * Properties of the elements from H to Pu, in the order of their numbers; - where there is no value. Made by make.py from the
 * tables of Magpie (Ward et al. 2016, doi:10.1038/npjcompumats.2016.28) in PyPI's wheel matminer 0.10.1 (BSD, LICENSE beside
 * this file; SHA-256 of the wheel eb66571c2a961b996855fa2a4cc90a67bdc7a12fa24e254e02681910c3f2e31f).
 */
export const elementProperties: Readonly<Record<string, string>> = {""")
for table in TABLES:
    lines = (folder / f"{table}.table").read_text().split("\n")
    print(f"  {table}:\n    '{' '.join(cell(lines[z].strip()) for z in range(ELEMENTS))}',")
print("};")
