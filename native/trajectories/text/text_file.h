#pragma once

#include "frames/frame_file.h"
#include "text/text_lines.h"

namespace latentcv {

/** Frames of a text format, each in lines of its own. */
class TextFile : public FrameFile {
 protected:
  explicit TextFile(const TrajectorySource& source, double perNanometre)
      : file_(source.path), perNanometre_(perNanometre) {}

  /** Reads the lines of a frame: positions [atoms, 3] and the box in the file's unit; see `take`. */
  virtual void parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                     std::vector<double>& positions) = 0;

  void take(const FramePlace& place, const AtomChoice& choice, Snapshot& snapshot) override;

  const BinaryFile& file() const { return file_; }

 private:
  BinaryFile file_;
  double perNanometre_;
  std::vector<unsigned char> text_;
  std::vector<double> positions_;
};

}  // namespace latentcv
