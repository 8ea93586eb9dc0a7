#include "frames/frame_file.h"

#include <algorithm>
#include <cmath>

#include "chemfiles/file.h"
#include "formats/format.h"
#include "frames/periodicity.h"
#include "latentcv/error.h"

namespace latentcv {
void AtomChoice::check(std::uint64_t count) const {
  if (count != total)
    throw Error(ErrorCode::badData,
                "expected " + std::to_string(total) + " atoms but received " + std::to_string(count));
}

void FrameFile::index(std::shared_ptr<const FrameIndex> known) {
  index_ = known ? std::move(known) : std::make_shared<const FrameIndex>(findFrames());
}

void FrameFile::read(std::size_t index, const AtomChoice& choice, Snapshot& snapshot) {
  const FramePlace& place = index_->place(index);
  snapshot.hasBox = false;
  snapshot.periodic = {true, true, true};
  snapshot.hasPositions = true;
  snapshot.time = std::numeric_limits<double>::quiet_NaN();
  snapshot.step = index;
  take(place, choice, snapshot);
  const auto finite = [](double value) { return std::isfinite(value); };
  if (snapshot.hasBox && !std::all_of(snapshot.box.begin(), snapshot.box.end(), finite))
    throw Error(ErrorCode::badData, "expected a box of finite vectors");
  openBox(snapshot);
}

namespace {

std::unique_ptr<FrameFile> openFormat(const TrajectorySource& source) {
  const FormatInfo* format = formatNamed(source.format);
  if (!format) return std::make_unique<ChemfilesFile>(source);
  const FormatInfo* begun = formatByFirstBytes(source.path);
  const std::string name(format->name);
  if (begun && begun != format)
    throw Error(ErrorCode::badData, "expected a file of " + name + " but it begins as one of " +
                                        std::string(begun->name) + ": name its format (--format '" +
                                        std::string(begun->name) + "')");
  if (!begun && !source.salvage && format->alwaysBegunSo)
    throw Error(ErrorCode::badData, "expected a file of " + name + " but it does not begin as one");
  return format->open(source);
}

}  // namespace

double lengthsPerNanometre(const TrajectorySource& source) {
  constexpr double ofAngstrom = 10;
  if (source.perNanometre > 0) return source.perNanometre;
  const FormatInfo* format = formatNamed(source.format);
  const double told = format && format->perNanometre ? format->perNanometre(source.path) : 0;
  return told > 0 ? told : ofAngstrom;
}

std::unique_ptr<FrameFile> openFrames(const TrajectorySource& source,
                                      const std::shared_ptr<const FrameIndex>& known) {
  TrajectorySource named = source;
  named.perNanometre = lengthsPerNanometre(source);
  auto file = openFormat(named);
  file->index(known);
  return file;
}

}  // namespace latentcv
