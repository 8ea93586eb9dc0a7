#include "latentcv/molecule.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>

#include "latentcv/error.h"
#include "model/atom_names.h"

namespace latentcv {
namespace {

/** What a model calls an atom, as words; `-` for what it does not tell. */
struct AtomWords {
  std::string residue, number, name, chain;
  std::string insertionCode;  // empty for none
};

bool known(const std::string& word) { return word != "-"; }

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

bool isRank(const std::string& word) {
  return word.front() != '0' &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

AtomWords wordsOf(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  if (found.size() < 3 || found.size() > 5 || (found.size() == 5 && !isRank(found[4])))
    throw badModel(
        "expected residue, its number, the atom's name and at most its chain and which it is in "
        "latentcv.atoms.names but received \"" +
        line + "\"");
  AtomWords words{found[0], found[1], found[2], found.size() > 3 ? found[3] : "-", ""};
  if (words.number.size() > 1 && isLetter(words.number.back())) {
    words.insertionCode = words.number.back();
    words.number.pop_back();
  }
  return words;
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

/** By how much a structure's residue numbers are above the model's: one amount for each chain. */
class NumberShifts {
 public:
  /** False for a residue that is another one. */
  bool agrees(const AtomWords& model, const NamedAtom& atom) {
    const std::string code = trimmed(atom.insertionCode);
    if (!code.empty() && !model.insertionCode.empty() && code != model.insertionCode) return false;
    if (!known(model.number)) return true;
    const long long shift = atom.residueNumber - std::strtoll(model.number.c_str(), nullptr, 10);
    return shifts_.emplace(std::make_pair(atom.chain, model.chain), shift).first->second == shift;
  }

  std::string describe() const {
    for (const auto& [chains, shift] : shifts_)
      if (shift != 0)
        return "residue numbers are " + std::to_string(shift < 0 ? -shift : shift) +
               (shift < 0 ? " lower" : " higher") +
               (trimmed(chains.first).empty() ? "" : " in chain " + trimmed(chains.first));
    return "";
  }

 private:
  std::map<std::pair<std::string, std::string>, long long> shifts_;
};

/**
 * Which of a structure's chains the model's are. Files may have several under one name, but do not mix them.
 */
class ChainNames {
 public:
  bool agree(const AtomWords& model, const NamedAtom& atom) {
    const std::string chain = trimmed(atom.chain);
    if (!known(model.chain) || chain.empty()) return true;
    const bool other = there_.emplace(model.chain, chain).first->second != chain;
    return models_.emplace(chain, model.chain).first->second == model.chain || !other;
  }

  std::string describe() const {
    std::string text;
    for (const auto& [model, chain] : there_)
      if (model != chain) text += (text.empty() ? "chain " : ", ") + model + " is called " + chain;
    return text;
  }

 private:
  std::map<std::string, std::string> there_, models_;
};

std::string described(const NamedAtom& atom) {
  if (!atom.there) return "not there";
  return trimmed(atom.residue) + " " + std::to_string(atom.residueNumber) + trimmed(atom.insertionCode) +
         " " + trimmed(atom.name);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() || text.empty() ? "" : "; ") + text;
  return all;
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
  ChainNames chains;
  for (std::size_t i = 0; i < atoms.size() && i < expected.size(); ++i) {
    const NamedAtom& atom = atoms[i];
    const AtomWords words = wordsOf(expected[i]);
    const std::string pair = "atom " + std::to_string(atom.serial) + " is " + described(atom);
    if (atom.there && sameNames(words, atom) && !chains.agree(words, atom))
      others.add(pair + " in chain " + trimmed(atom.chain) + ", expected " + expected[i]);
    else if (!atom.there || !sameNames(words, atom) || !shifts.agrees(words, atom))
      others.add(pair + ", expected " + expected[i]);
    else if (!writtenAlike(words, atom))
      renamed.add(pair + " for " + expected[i]);
  }
  MoleculeComparison comparison;
  if (others.count() > 0)
    comparison.difference = std::to_string(others.count()) + " of " + std::to_string(atoms.size()) +
                            " atoms are others: " + others.text();
  comparison.renamed = joined({renamed.text(), chains.describe(), shifts.describe()});
  return comparison;
}

}  // namespace latentcv
