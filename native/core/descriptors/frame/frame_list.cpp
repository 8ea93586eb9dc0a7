#include "descriptors/frame/frame_list.h"

#include "descriptors/frame/alignment.h"
#include "descriptors/frame/three_centres.h"

namespace latentcv {

std::size_t FrameList::find(const std::shared_ptr<const AlignmentReference>& reference) {
  for (std::size_t at = 0; at < entries_.size(); ++at)
    if (entries_[at].reference == reference) return at;
  entries_.push_back({reference, std::make_unique<Alignment>(reference)});
  return entries_.size() - 1;
}

std::size_t FrameList::find(const DescriptorLine& line) {
  if (!line.references.empty()) return find(line.references.front());
  const AtomIndices& centres = line.groups.back();
  for (std::size_t at = 0; at < entries_.size(); ++at)
    if (!entries_[at].reference && entries_[at].frame->atoms() == centres) return at;
  entries_.push_back({nullptr, std::make_unique<ThreeCentres>(centres)});
  return entries_.size() - 1;
}

void FrameList::fit(const double* positions, const Box& box) {
  for (Entry& entry : entries_) entry.frame->fit(positions, box);
}

void FrameList::clearPulls() {
  for (Entry& entry : entries_) entry.frame->clearPulls();
}

void FrameList::pullBack(double* gradient, double* boxGradient) const {
  for (const Entry& entry : entries_) entry.frame->pullBack(gradient, boxGradient);
}

}  // namespace latentcv
