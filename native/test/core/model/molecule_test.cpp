#include "latentcv/molecule.h"

#include "model/atom_names.h"
#include "testing.h"

using latentcv::compareMolecule;
using latentcv::MoleculeComparison;
using latentcv::NamedAtom;
using latentcv::sameAtomName;
using latentcv::sameResidueName;

namespace {

NamedAtom atom(long long serial, const char* residue, long long number, const char* name,
               const char* chain = "A") {
  return {serial, true, name, residue, chain, number, ""};
}

const std::vector<std::string> model = {"ALA 2 N", "ALA 2 CA", "HIS 3 N"};

}  // namespace

TEST_CASE("names that programs write in their own ways are one atom") {
  CHECK(sameAtomName("HH31", "1HH3", "ACE"));
  CHECK(sameAtomName("HD21", "1HD2", "LEU"));
  CHECK(sameAtomName("O5'", "O5*", "DA"));
  CHECK(sameAtomName("H", "HN", "ALA"));
  CHECK(sameAtomName("CD", "CD1", "ILE"));
  CHECK(sameAtomName("OXT", "OC2", "GLY"));
}

TEST_CASE("names of other atoms are not") {
  CHECK(!sameAtomName("HD21", "HD12", "LEU"));
  CHECK(!sameAtomName("CD", "CD1", "LEU"));
  CHECK(!sameAtomName("CA", "CB", "ALA"));
  CHECK(!sameAtomName("O", "OXT", "ALA"));
}

TEST_CASE("states of a residue and ends of a chain are one residue") {
  CHECK(sameResidueName("HIS", "HSE"));
  CHECK(sameResidueName("ASP", "ASH"));
  CHECK(sameResidueName("NALA", "ALA"));
  CHECK(sameResidueName("CHIE", "HIS"));
  CHECK(sameResidueName("POPC", "POP"));
  CHECK(!sameResidueName("ALA", "GLY"));
  CHECK(!sameResidueName("ASP", "ASN"));
  CHECK(!sameResidueName("PRO", "POPC"));
}

TEST_CASE("the same molecule, in PDB's columns and with other residue numbers") {
  const MoleculeComparison same =
      compareMolecule(model, {atom(7, "ALA", 2, " N  "), atom(9, "ALA ", 2, "CA"), atom(17, "HIS", 3, "N")});
  CHECK((same.difference.empty() && same.renamed.empty()));
  const MoleculeComparison shifted = compareMolecule(
      model, {atom(7, "ALA", 102, "N"), atom(9, "ALA", 102, "CA"), atom(17, "HIE", 103, "N")});
  CHECK(shifted.difference.empty());
  CHECK(shifted.renamed == "atom 17 is HIE 103 N for HIS 3 N; residue numbers are 100 higher in chain A");
}

TEST_CASE("chains number their residues for themselves, but a chain does so by one amount") {
  const std::vector<NamedAtom> chains = {atom(7, "ALA", 2, "N"), atom(9, "ALA", 2, "CA"),
                                         atom(17, "HIS", 1, "N", "B")};
  CHECK(compareMolecule(model, chains).difference.empty());
  const std::vector<NamedAtom> another = {atom(7, "ALA", 2, "N"), atom(9, "ALA", 2, "CA"),
                                          atom(17, "HIS", 8, "N")};
  CHECK(compareMolecule(model, another).difference ==
        "1 of 3 atoms are others: atom 17 is HIS 8 N, expected HIS 3 N");
}

TEST_CASE("another molecule is told by its first atoms and their number") {
  std::vector<std::string> expected;
  std::vector<NamedAtom> atoms;
  for (int i = 1; i <= 8; ++i) {
    expected.push_back("ALA " + std::to_string(i) + " CA");
    atoms.push_back(i == 1 ? NamedAtom{1, false, "", "", "", 0, ""} : atom(i, "GLY", i, "CA"));
  }
  const std::string difference = compareMolecule(expected, atoms).difference;
  CHECK(
      difference.find("8 of 8 atoms are others: atom 1 is not there, expected ALA 1 CA, atom 2 is GLY 2 CA, "
                      "expected ALA 2 CA") == 0);
  CHECK(difference.find("atom 6") == std::string::npos);
  CHECK(difference.find(" and 3 more") != std::string::npos);
}

TEST_CASE("what the model does not know is not compared") {
  CHECK(compareMolecule({"- - CA"}, {atom(1, "GLY", 5, "CA")}).difference.empty());
  CHECK(!compareMolecule({"- - CA"}, {atom(1, "GLY", 5, "CB")}).difference.empty());
  CHECK_THROWS_WITH(compareMolecule({"ALA CA"}, {atom(1, "ALA", 5, "CA")}),
                    contains("expected residue, its number, the atom's name and at most its chain"));
  CHECK_THROWS_WITH(compareMolecule({"ALA 5 CA A 0"}, {atom(1, "ALA", 5, "CA")}),
                    contains("and which it is"));
  CHECK_THROWS_WITH(compareMolecule({"ALA 5 CA A 1 x"}, {atom(1, "ALA", 5, "CA")}),
                    contains("and which it is"));
}

TEST_CASE("chains may be called otherwise, but not be mixed; a shift of numbers is a chain's own") {
  const std::vector<std::string> dimer = {"ALA 2 CA A", "ALA 3 CA A", "ALA 2 CA B 2", "ALA 3 CA B 2"};
  const auto there = [&](const char* first, const char* second, const char* third, const char* fourth) {
    return compareMolecule(dimer, {atom(1, "ALA", 2, "CA", first), atom(2, "ALA", 3, "CA", second),
                                   atom(3, "ALA", 2, "CA", third), atom(4, "ALA", 3, "CA", fourth)});
  };
  CHECK(there("A", "A", "B", "B").renamed.empty());
  CHECK(there("A", "A", "B", "B").difference.empty());
  CHECK(there("P", "P", "B", "B").renamed == "chain A is called P");
  CHECK(there("X", "X", "X", "X").difference.empty());
  CHECK(there(" ", " ", " ", " ").renamed.empty());
  CHECK(there("A", "B", "B", "A").difference.find("atom 4 is ALA 3 CA in chain A, expected ALA 3 CA B 2") !=
        std::string::npos);
  // one numbering for both chains, in a file that tells none
  const MoleculeComparison onward =
      compareMolecule(dimer, {atom(1, "ALA", 2, "CA", ""), atom(2, "ALA", 3, "CA", ""),
                              atom(3, "ALA", 102, "CA", ""), atom(4, "ALA", 103, "CA", "")});
  CHECK(onward.difference.empty());
  CHECK(onward.renamed == "residue numbers are 100 higher");
}

TEST_CASE("insertion codes are compared where both tell them") {
  NamedAtom inserted = atom(1, "ASN", 163, "CA");
  CHECK(compareMolecule({"ASN 163H CA"}, {inserted}).difference.empty());
  inserted.insertionCode = "H";
  CHECK(compareMolecule({"ASN 163H CA"}, {inserted}).difference.empty());
  CHECK(compareMolecule({"ASN 163 CA"}, {inserted}).difference.empty());
  CHECK(compareMolecule({"ASN 163I CA"}, {inserted}).difference ==
        "1 of 1 atoms are others: atom 1 is ASN 163H CA, expected ASN 163I CA");
}
