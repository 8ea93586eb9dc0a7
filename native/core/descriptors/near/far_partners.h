#pragma once

#include <string>
#include <vector>

#include "descriptors/alignment_reference.h"
#include "descriptors/line.h"
#include "descriptors/near/pair_search.h"

namespace latentcv {

/** Which atoms of a model may be left out while they are far, and from what. */
class FarPartners {
 public:
  /** For so many atoms and these lines of points behind them. */
  FarPartners(std::size_t atoms, const std::vector<std::string>& points,
              const AlignmentReferences& references);

  /** `cutOff` is whether the line has a list of neighbours; all of another one's atoms are needed. */
  void add(const DescriptorLine& line, bool cutOff);

  /** Of atoms and points, which matter wherever they are. */
  const std::vector<bool>& needed() const { return needed_; }
  const std::vector<NeighbourGroups>& groups() const { return groups_; }

  /** How many atoms pair in those groups and do nothing else. */
  std::size_t mayBeFar() const;

 private:
  void need(const AtomIndices& places);
  void needAtomsOf(const std::string& point, std::size_t before);

  std::size_t atoms_;
  std::vector<bool> needed_;
  std::vector<NeighbourGroups> groups_;
};

}  // namespace latentcv
