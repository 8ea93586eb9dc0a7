#pragma once

#include <memory>
#include <vector>

#include "descriptors/line.h"
#include "descriptors/near/pair_search.h"
#include "latentcv/descriptors.h"

namespace latentcv {

/** Coordinations with a cutoff: their pairs come from a list of neighbours, and none is kept that is far. */
std::unique_ptr<DescriptorBlock> makeNearCoordinations(const std::vector<DescriptorLine>& lines);

/** Whether a line is worth that: it has a cutoff, and more pairs than are computed in no time. */
bool needsNeighbours(const DescriptorLine& line);

/** What such lines pair, and how near. */
std::vector<NeighbourGroups> groupsOf(const std::vector<DescriptorLine>& lines);

}  // namespace latentcv
