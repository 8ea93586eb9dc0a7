#include "latentcv/molecule.h"

#include <map>
#include <sstream>

#include "atom_names.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** Residue, its number and the name of an atom, as words. */
struct AtomWords {
  std::string residue, number, name;
};

bool known(const std::string& word) { return word != "-"; }

AtomWords wordsOf(const std::string& line) {
  std::istringstream stream(line);
  AtomWords words;
  std::string more;
  if (stream >> words.residue >> words.number >> words.name && !(stream >> more)) return words;
  throw badModel("expected residue, its number and the atom's name in latentcv.atoms.names but received \"" +
                 line + "\"");
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

bool sameNames(const AtomWords& model, const NamedAtom& atom) {
  const std::string residue = trimmed(atom.residue);
  return (!known(model.residue) || sameResidueName(model.residue, residue)) &&
         (!known(model.name) || sameAtomName(model.name, trimmed(atom.name), residue));
}

bool writtenAlike(const AtomWords& model, const NamedAtom& atom) {
  return (!known(model.residue) || model.residue == trimmed(atom.residue)) &&
         (!known(model.name) || model.name == trimmed(atom.name));
}

/** By how much a structure's residue numbers are above the model's: one amount for each of its chains. */
class NumberShifts {
 public:
  /** False for a residue that is another one. */
  bool agrees(const AtomWords& model, const NamedAtom& atom) {
    if (!known(model.number)) return true;
    const long long shift = atom.residueNumber - std::strtoll(model.number.c_str(), nullptr, 10);
    return shifts_.emplace(atom.chain, shift).first->second == shift;
  }

  std::string describe() const {
    for (const auto& [chain, shift] : shifts_)
      if (shift != 0)
        return "residue numbers are " + std::to_string(shift < 0 ? -shift : shift) +
               (shift < 0 ? " lower" : " higher") +
               (trimmed(chain).empty() ? "" : " in chain " + trimmed(chain));
    return "";
  }

 private:
  std::map<std::string, long long> shifts_;
};

std::string described(const NamedAtom& atom) {
  if (!atom.there) return "not there";
  return trimmed(atom.residue) + " " + std::to_string(atom.residueNumber) + " " + trimmed(atom.name);
}

/** The first few of a list of atoms, and how many more there are. */
class FirstOnes {
 public:
  void add(const std::string& item) {
    if (count_++ < most) text_ += (text_.empty() ? "" : ", ") + item;
  }
  std::size_t count() const { return count_; }
  std::string text() const {
    return count_ > most ? text_ + " and " + std::to_string(count_ - most) + " more" : text_;
  }

 private:
  static constexpr std::size_t most = 5;
  std::size_t count_ = 0;
  std::string text_;
};

}  // namespace

MoleculeComparison compareMolecule(const std::vector<std::string>& expected,
                                   const std::vector<NamedAtom>& atoms) {
  FirstOnes others, renamed;
  NumberShifts shifts;
  for (std::size_t i = 0; i < atoms.size() && i < expected.size(); ++i) {
    const NamedAtom& atom = atoms[i];
    const AtomWords words = wordsOf(expected[i]);
    const std::string pair = "atom " + std::to_string(atom.serial) + " is " + described(atom);
    if (!atom.there || !sameNames(words, atom) || !shifts.agrees(words, atom))
      others.add(pair + ", expected " + expected[i]);
    else if (!writtenAlike(words, atom))
      renamed.add(pair + " for " + expected[i]);
  }
  MoleculeComparison comparison;
  if (others.count() > 0)
    comparison.difference = std::to_string(others.count()) + " of " + std::to_string(atoms.size()) +
                            " atoms are others: " + others.text();
  const std::string shifted = shifts.describe();
  comparison.renamed = renamed.text() + (renamed.count() > 0 && !shifted.empty() ? "; " : "") + shifted;
  return comparison;
}

}  // namespace latentcv
