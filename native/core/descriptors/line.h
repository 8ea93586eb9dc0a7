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

/**
 * A line of `latentcv.descriptors` in its parts: `coordination 0 1 / 2 3 rational 0.3 0 6 12` has two groups
 * of atoms, the option `rational` and four numbers.
 */
struct DescriptorLine {
  std::string kind;
  std::vector<AtomIndices> groups;
  std::string option;
  std::vector<double> numbers;
  /** What the options `reference` and `references` name. */
  std::vector<std::shared_ptr<const AlignmentReference>> references;
  /** The line itself, for messages. */
  std::string text;

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
