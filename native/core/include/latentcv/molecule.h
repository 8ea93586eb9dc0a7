#pragma once

#include <string>
#include <vector>

namespace latentcv {

/** What a structure says of an atom. */
struct NamedAtom {
  long long serial = 0;  // PLUMED's, from 1
  bool there = false;    // whether the structure has it
  std::string name, residue, chain;
  long long residueNumber = 0;
  std::string insertionCode;  // empty where nothing tells
};

/** How a model's molecule goes with that of a structure, in words; both empty where they are alike. */
struct MoleculeComparison {
  std::string difference;  // atoms that are others: the first of them, and how many
  std::string renamed;     // atoms that are the same under other names, and residues with other numbers
};

/**
 * Compares `latentcv.atoms.names` (`ALA 2 CA`: residue, its number, name; `-` for what is not known; `ASN
 * 163H CA B 2` with an insertion code, the chain, and which of the atoms of that residue, number and name it
 * is) with what a structure says of the same atoms. Names and residues must agree, though other programs may
 * write them otherwise (`1HH3` and `HH31`, `HIE` and `HIS`), and insertion codes where both tell them. Chains
 * may be called otherwise, but not be mixed; residues may have other numbers, by one and the same amount
 * within a chain.
 */
MoleculeComparison compareMolecule(const std::vector<std::string>& expected,
                                   const std::vector<NamedAtom>& atoms);

}  // namespace latentcv
