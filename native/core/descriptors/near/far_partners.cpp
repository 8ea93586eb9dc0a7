#include "descriptors/near/far_partners.h"

#include <algorithm>

#include "descriptors/near/near_coordination.h"
#include "descriptors/points/site.h"

namespace latentcv {

FarPartners::FarPartners(std::size_t atoms, const std::vector<std::string>& points,
                         const AlignmentReferences& references)
    : atoms_(atoms), needed_(atoms + points.size(), false) {
  for (std::size_t point = 0; point < points.size(); ++point) {
    needAtomsOf(points[point], atoms + point);
    needed_[atoms + point] = true;
  }
  for (const auto& reference : references) need(reference->atoms);
}

void FarPartners::need(const AtomIndices& places) {
  for (std::size_t place : places) needed_[place] = true;
}

/** A site's are those of its reference. */
void FarPartners::needAtomsOf(const std::string& point, std::size_t before) {
  if (isSite(point)) return;
  for (const AtomIndices& group : readDescriptorLine(point, before).groups) need(group);
}

void FarPartners::add(const DescriptorLine& line, bool cutOff) {
  if (cutOff)
    groups_.push_back(groupsOf({line}).front());
  else
    for (const AtomIndices& group : line.groups) need(group);
}

std::size_t FarPartners::mayBeFar() const {
  std::vector<bool> partner(needed_.size(), false);
  for (const NeighbourGroups& each : groups_)
    for (const AtomIndices& group : each.groups)
      for (std::size_t place : group) partner[place] = true;
  std::size_t count = 0;
  for (std::size_t atom = 0; atom < atoms_; ++atom) count += partner[atom] && !needed_[atom];
  return count;
}

}  // namespace latentcv
