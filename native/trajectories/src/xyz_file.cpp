#include "xyz_file.h"

#include <algorithm>

#include "counted_frames.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

/** The value of `key=value` or `key="several words"` in the second line; empty where there is none. */
std::string_view valueOf(std::string_view comment, std::string_view key) {
  for (std::size_t at = 0; (at = comment.find(key, at)) != std::string_view::npos; at += key.size()) {
    const bool begins = at == 0 || comment[at - 1] == ' ' || comment[at - 1] == '\t';
    std::string_view rest = comment.substr(at + key.size());
    if (!begins || rest.empty() || rest.front() != '=') continue;
    rest.remove_prefix(1);
    if (rest.empty() || rest.front() != '"') return takeWord(rest);
    rest.remove_prefix(1);
    return rest.substr(0, rest.find('"'));
  }
  return {};
}

void readLattice(std::string_view comment, Snapshot& snapshot) {
  const std::vector<std::string_view> numbers = words(valueOf(comment, "Lattice"));
  const std::string_view periodic = valueOf(comment, "pbc");
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

/** Words before the positions: `Properties=species:S:1:pos:R:3` has one. */
std::size_t wordsBeforePositions(std::string_view comment) {
  std::string_view properties = valueOf(comment, "Properties");
  if (properties.empty()) return 1;
  const auto next = [&] {
    const std::size_t end = std::min(properties.find(':'), properties.size());
    const std::string_view item = properties.substr(0, end);
    properties.remove_prefix(std::min(end + 1, properties.size()));
    return item;
  };
  std::size_t before = 0;
  while (!properties.empty()) {
    const std::string_view name = next(), type = next();
    std::uint64_t count = 0;
    if (!isCount(next(), count) || type.size() != 1 || count > 1000)
      throw Error(ErrorCode::badData, "expected Properties of names, types and numbers of columns");
    if (name == "pos") return before;
    before += static_cast<std::size_t>(count);
  }
  throw Error(ErrorCode::badData, "expected pos among the Properties but there is none");
}

}  // namespace

XyzFile::XyzFile(const TrajectorySource& source) : TextFile(source, source.perNanometre) {}

FrameIndex XyzFile::findFrames() const { return findCountedFrames(file(), 0, 1); }

void XyzFile::parse(Lines lines, const AtomChoice& choice, Snapshot& snapshot,
                    std::vector<double>& positions) {
  const auto atoms = static_cast<std::uint64_t>(integerOf(lines.next()));
  choice.check(atoms);
  const std::string_view comment = lines.next();
  readLattice(comment, snapshot);
  if (const std::string_view time = valueOf(comment, "time"); !time.empty()) snapshot.time = realOf(time);
  const std::size_t before = wordsBeforePositions(comment);
  for (std::uint64_t i = 0; i < atoms; ++i) {
    std::string_view line = lines.next();
    for (std::size_t word = 0; word < before; ++word) takeWord(line);
    for (std::size_t axis = 0; axis < 3; ++axis) positions.push_back(realOf(takeWord(line)));
  }
}

}  // namespace latentcv
