#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "latentcv/trajectory.h"

namespace latentcv {

/** One word per atom, each different one kept once. */
class Words {
 public:
  void add(std::string_view word) { of_.push_back(placeOf(word)); }
  void replaceLast(std::string_view word) { of_.back() = placeOf(word); }
  std::size_t size() const { return of_.size(); }
  const std::string& operator[](std::size_t atom) const { return words_[of_[atom]]; }

  /** The different ones, and which of them each atom has. */
  const std::vector<std::string>& words() const { return words_; }
  const std::vector<std::uint32_t>& of() const { return of_; }

 private:
  std::uint32_t placeOf(std::string_view word);

  std::vector<std::string> words_;
  std::vector<std::uint32_t> of_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
};

/** What a structure file says of its atoms, one item per atom. */
struct AtomTable {
  // empty where the file does not say
  Words names, types, residueNames, chains, segments, insertionCodes;
  std::vector<double> residueIds;  // NaN where the file does not say
  std::vector<double> masses;      // amu; NaN where the file does not say

  std::size_t size() const { return residueIds.size(); }
  /** One more atom, of which nothing else is known. */
  void add(std::string_view name, std::string_view type);
  /** Puts the last atom in a residue. */
  void setResidue(std::string_view name, double id, std::string_view insertionCode = {});
  /** Puts it in a chain and a segment. */
  void setChain(std::string_view chain, std::string_view segment);
};

/** The first frame of a file, and what the file says of its atoms. */
struct Structure {
  AtomTable atoms;
  /** Pairs of atoms, from 0. */
  std::vector<std::array<std::uint32_t, 2>> bonds;
  /** [atoms, 3], nm; none where the file has none. */
  std::vector<double> positions;
  /** Rows, nm. */
  std::array<double, 9> box{};
  bool hasBox = false;
  /** What to know of the file, with its name: that its end is not told, that its box is odd. */
  std::vector<std::string> notes;
};

/** Throws Error `fileNotFound` or `badData`, naming the file. */
Structure readStructure(const TrajectorySource& source);

}  // namespace latentcv
