#pragma once

#include <memory>
#include <vector>

#include "descriptors/frame/frame.h"
#include "descriptors/line.h"

namespace latentcv {

/** The frames that descriptors need, each once. */
class FrameList {
 public:
  /** The place among them of the frame of a reference. */
  std::size_t find(const std::shared_ptr<const AlignmentReference>& reference);

  /** The same of the frame that a line names: of its reference, or of the three places behind its `/`. */
  std::size_t find(const DescriptorLine& line);

  void fit(const double* positions, const Box& box);
  void clearPulls();
  void pullBack(double* gradient, double* boxGradient) const;

  Frame& operator[](std::size_t place) { return *entries_[place].frame; }
  const Frame& operator[](std::size_t place) const { return *entries_[place].frame; }

 private:
  struct Entry {
    std::shared_ptr<const AlignmentReference> reference;  // none for three places
    std::unique_ptr<Frame> frame;
  };

  std::vector<Entry> entries_;
};

}  // namespace latentcv
