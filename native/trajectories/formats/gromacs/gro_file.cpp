#include "formats/gromacs/gro_file.h"

#include "latentcv/error.h"
#include "text/counted_frames.h"
#include "text/title_time.h"

namespace latentcv {
namespace {

/** Columns of residue and atom before the positions. */
constexpr std::size_t nameColumns = 20;

/** Columns of a coordinate: as many as from one decimal point to the next. */
std::size_t coordinateColumns(std::string_view line) {
  const std::size_t first = line.find('.', nameColumns);
  const std::size_t second = first == std::string_view::npos ? first : line.find('.', first + 1);
  if (second == std::string_view::npos)
    throw Error(ErrorCode::badData, "expected coordinates with decimal points");
  return second - first;
}

void readBox(std::string_view line, Snapshot& snapshot) {
  // the diagonal first, then y and z of the first vector, x and z of the second, x and y of the third
  constexpr std::size_t places[] = {0, 4, 8, 1, 2, 3, 5, 6, 7};
  const std::vector<std::string_view> numbers = words(line);
  if (numbers.size() != 3 && numbers.size() != 9)
    throw Error(ErrorCode::badData, "expected three or nine numbers of a box in the last line but received " +
                                        std::to_string(numbers.size()));
  snapshot.box = {};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double value = realOf(numbers[i]);
    snapshot.box[places[i]] = value;
    snapshot.hasBox = snapshot.hasBox || value != 0;
  }
}

}  // namespace

const FormatInfo GroFile::format{"GRO",   {"gro"}, "GROMACS, text", {".gro"},
                                 nullptr, false,   nullptr,         &openAs<GroFile>};

GroFile::GroFile(const TrajectorySource& source) : TextFile(source, 1) {}

FrameIndex GroFile::findFrames() const { return findCountedFrames(file(), 1, 1); }

void GroFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  snapshot.time = timeInTitle(lines.next());
  const auto atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
  choice.check(atoms);
  std::size_t width = 0;
  for (std::uint64_t i = 0; i < atoms; ++i) {
    const std::string_view line = lines.next();
    if (width == 0) width = coordinateColumns(line);
    for (std::size_t axis = 0; axis < 3; ++axis)
      positions.push_back(realInColumns(line, nameColumns + axis * width, width));
  }
  readBox(lines.next(), snapshot);
}

}  // namespace latentcv
