#pragma once

#include <memory>
#include <vector>

#include "latentcv/descriptors.h"

namespace latentcv {

/** Atoms of one descriptor, counted from 0. */
using AtomIndices = std::vector<std::size_t>;

/** A kind of descriptor: the word that starts its line, how many atoms it takes, and what evaluates it. */
struct DescriptorKind {
  const char* name;
  std::size_t atomsPerDescriptor;
  std::unique_ptr<DescriptorBlock> (*make)(const std::vector<AtomIndices>& descriptors);
};

/** Distance between two atoms. Its derivative at distance zero, where it has none, is taken as zero. */
std::unique_ptr<DescriptorBlock> makeDistances(const std::vector<AtomIndices>& pairs);

}  // namespace latentcv
