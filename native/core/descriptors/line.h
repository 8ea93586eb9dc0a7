#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latentcv {

/** Atoms of one descriptor, counted from 0. */
using AtomIndices = std::vector<std::size_t>;

/** Where an atom stands in a list. */
std::optional<std::size_t> placeIn(const AtomIndices& atoms, std::size_t atom);

struct AlignmentReference;

struct AtomPair {
  std::size_t first, second;
};

/** A word with the numbers behind it: `moment 2`. */
struct LineOption {
  std::string word;
  std::vector<double> numbers;
};

/**
 * A line of `latentcv.descriptors` in its parts: `coordination 0 1 / 2 3 rational 0.3 0 6 12` has two groups
 * of atoms, the option `rational` and four numbers. `0-255` and `0-254:2` in a group are all atoms, and every second one, from
 * the first number to the second.
 */
struct DescriptorLine {
  std::string kind;
  std::vector<AtomIndices> groups;
  /** How many atoms its ranges name. */
  std::size_t inRanges = 0;
  std::string option;
  std::vector<double> numbers;
  /** Options behind that one, of kinds that take several. */
  std::vector<LineOption> more;
  /** What the options `reference` and `references` name. */
  std::vector<std::shared_ptr<const AlignmentReference>> references;
  /** The line itself, for messages. */
  std::string text;

  /** One of these; null where it is not there. */
  const LineOption* find(const std::string& word) const;

  const AtomIndices& atoms() const { return groups.front(); }

  /**
   * Every pair within the only group, or of an atom of the first group with one of the second. Atoms that
   * stand in both groups pair with all others, as in PLUMED's COORDINATION.
   */
  std::vector<AtomPair> pairs() const;
  std::size_t pairCount() const;
};

/** Thrown where a line is not what it should be, and caught where its number is known. */
struct Malformed {
  std::string expected;
};

/** Reads a line over `atomCount` atoms. Throws Malformed. */
DescriptorLine readDescriptorLine(const std::string& text, std::size_t atomCount);

}  // namespace latentcv
