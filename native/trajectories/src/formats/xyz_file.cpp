#include "formats/xyz_file.h"

#include <algorithm>

#include "formats/xyz_columns.h"
#include "latentcv/error.h"
#include "text/counted_frames.h"

namespace latentcv {
namespace {

void readLattice(std::string_view comment, Snapshot& snapshot) {
  const std::vector<std::string_view> numbers = words(xyzValue(comment, "Lattice"));
  const std::string_view periodic = xyzValue(comment, "pbc");
  if (numbers.empty() || (!periodic.empty() && periodic.find_first_of("Tt1") == std::string_view::npos))
    return;
  if (numbers.size() != 9)
    throw Error(ErrorCode::badData,
                "expected nine numbers in Lattice but received " + std::to_string(numbers.size()));
  for (std::size_t i = 0; i < 9; ++i) {
    snapshot.box[i] = realOf(numbers[i]);
    snapshot.hasBox = snapshot.hasBox || snapshot.box[i] != 0;
  }
}

}  // namespace

const FormatInfo XyzFile::format{
    "XYZ", {"xyz", "extxyz"}, "XYZ, plain or extended", {".xyz", ".extxyz"}, nullptr,
    false, nullptr,           &openAs<XyzFile>};

XyzFile::XyzFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex XyzFile::findFrames() const { return findCountedFrames(file(), 0, 1); }

void XyzFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  const auto atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
  choice.check(atoms);
  const std::string_view comment = lines.next();
  readLattice(comment, snapshot);
  if (const std::string_view time = xyzValue(comment, "time"); !time.empty()) snapshot.time = realOf(time);
  const XyzColumns columns(comment);
  for (std::uint64_t i = 0; i < atoms; ++i)
    for (const double coordinate : columns.position(lines.next())) positions.push_back(coordinate);
}

}  // namespace latentcv
