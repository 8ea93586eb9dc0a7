#include <tuple>

#include "memory_file.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

struct Read {
  std::vector<std::vector<double>> good;  // positions of the frames that can be read
  std::vector<std::string> problems;      // of the others
  std::string notes = {};
};

/** Throws Error where the file cannot be opened. */
Read read(const std::string& bytes, const char* format, bool salvage) {
  const MemoryFile file(bytes);
  Trajectory trajectory(sourceOf(file.path(), format, salvage));
  Read result;
  for (const std::string& note : trajectory.notes()) result.notes += note;
  for (std::size_t k = 0; k < trajectory.frames(); ++k) {
    Snapshot snapshot;
    try {
      trajectory.read(k, allAtoms(), expected().atoms, snapshot);
      result.good.push_back(snapshot.positions);
    } catch (const std::exception& error) {
      result.problems.push_back(error.what());
    }
  }
  return result;
}

/** What is read, or nothing but the problem where the file is refused. */
Read tryToRead(const std::string& bytes, const char* format, bool salvage) {
  try {
    return read(bytes, format, salvage);
  } catch (const std::exception& error) {
    return {{}, {error.what()}};
  }
}

/** The first frames of `whole`. */
bool isPrefix(const Read& part, const Read& whole) {
  if (part.good.size() > whole.good.size()) return false;
  for (std::size_t k = 0; k < part.good.size(); ++k)
    if (part.good[k] != whole.good[k]) return false;
  return true;
}

bool contains(const Read& whole, const std::vector<double>& frame) {
  for (const auto& known : whole.good)
    if (known == frame) return true;
  return false;
}

/** Where a word begins for the nth time. */
std::size_t find(const std::string& bytes, const std::string& word, std::size_t n) {
  std::size_t at = bytes.find(word);
  for (; n > 0; --n) at = bytes.find(word, at + 1);
  return at;
}

}  // namespace

TEST_CASE("a file that is cut anywhere keeps the frames before, and the one that is cut is told") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    INFO(fixture.name);
    const std::string bytes = bytesOf(fixture.name);
    const Read whole = read(bytes, fixture.format, false);
    std::size_t untold = 0, most = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      const std::string part = bytes.substr(0, length);
      const Read strict = tryToRead(part, fixture.format, false);
      const Read salvaged = tryToRead(part, fixture.format, true);
      CHECK(isPrefix(strict, whole));
      CHECK(isPrefix(salvaged, whole));
      CHECK((salvaged.good.size() >= strict.good.size() && salvaged.good.size() >= most));
      // of a box of nine numbers, three look like one when the file ends there; it is told
      if (salvaged.notes.empty()) most = salvaged.good.size();
      if (strict.problems.empty() && strict.notes.empty()) ++untold;
    }
    CHECK(most >= whole.good.size() - 1);
    // a file that is cut between frames is one that ends there; of a PDB file all may go that is behind a
    // model's last coordinates, as far as no other begins
    CHECK(untold <= (std::string(fixture.format) == "PDB" ? 80 : whole.good.size()));
  }
}

TEST_CASE("changed bytes never show a frame that was not asked for in another place") {
  std::uint64_t state = 7;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33) % below);
  };
  for (const TrajectoryFixture& fixture : trajectories()) {
    const std::string bytes = bytesOf(fixture.name);
    for (int round = 0; round < 300; ++round) {
      std::string changed = bytes;
      for (int i = 0; i <= round % 4; ++i) changed[random(changed.size())] = static_cast<char>(random(256));
      const Read salvaged = tryToRead(changed, fixture.format, round % 2 == 0);
      CHECK(salvaged.good.size() + salvaged.problems.size() <= 2 * expected().frames);
    }
  }
}

TEST_CASE("frames around a damaged one are kept") {
  const char* const xtc = "\0\0\x07\xcb";
  for (const auto& [name, format, word, nth] :
       {std::tuple{"mdtraj.xtc", "XTC", std::string(xtc, 4), 1},
        {"mdtraj.trr", "TRR", std::string("GMX_trn_file"), 1},
        {"mdtraj.lammpstrj", "LAMMPS", std::string("ITEM: BOX"), 1},
        {"mdtraj.lammpstrj", "LAMMPS", std::string("ITEM: NUMBER"), 1},
        {"mdtraj.xyz", "XYZ", std::string("12\n"), 1},
        {"mdtraj.gro", "GRO", std::string(" 12\n"), 1},
        {"mdtraj.pdb", "PDB", std::string("ENDMDL"), 1},
        {"mdtraj.pdb", "PDB", std::string("ATOM "), 20}}) {
    std::string bytes = bytesOf(name);
    const Read whole = read(bytes, format, false);
    const std::size_t at = find(bytes, word, static_cast<std::size_t>(nth));
    for (std::size_t i = 0; i < word.size() - 1; ++i) bytes[at + i] = 'x';
    CHECK_THROWS_WITH(
        {
          const Read strict = read(bytes, format, false);
          if (!strict.problems.empty()) throw std::runtime_error(strict.problems[0]);
        },
        contains(", frame 1: "));
    const Read salvaged = read(bytes, format, true);
    CHECK(salvaged.problems.size() >= 1);
    CHECK(salvaged.good.size() == 3);
    CHECK((contains(salvaged, whole.good[0]) && contains(salvaged, whole.good[3])));
  }
}

TEST_CASE("damage within a binary frame is that frame's alone") {
  // a record's length in DCD
  std::string bytes = bytesOf("mdtraj.dcd");
  const Read whole = read(bytes, "DCD", false);
  const std::size_t frame = (48 + 8) + 3 * (48 + 8), header = bytes.size() - 4 * frame;
  bytes[header + frame] = 1;
  const Read salvaged = read(bytes, "DCD", true);
  CHECK((salvaged.good.size() == 3 && salvaged.problems.size() == 1));
  CHECK(salvaged.problems[0].find("frame 1: expected a record of 48 bytes") != std::string::npos);
  CHECK(contains(salvaged, whole.good[3]));
}

TEST_CASE("a header that counts more or fewer frames than there are is told") {
  std::string bytes = bytesOf("big-endian.dcd");
  bytes[4 + 7] = 9;
  CHECK(read(bytes, "DCD", false).good.size() == 4);
  CHECK(read(bytes, "DCD", false)
            .notes.find("expected 9 frames, as the header says, but the file ends behind 4") !=
        std::string::npos);
  std::string records = bytesOf("scipy.nc");
  records[7] = 3;
  CHECK(read(records, "Amber NetCDF", false).good.size() == 4);
  CHECK(read(records, "Amber NetCDF", false).notes.find("expected 3 frames, as the header says") !=
        std::string::npos);
  records[7] = 5;
  CHECK_THROWS_WITH(read(records, "Amber NetCDF", false), contains("frame 4: the file is cut off"));
}

TEST_CASE("a cut is told where the header counts no frames") {
  std::string bytes = bytesOf("big-endian.dcd");
  bytes.replace(8, 4, std::string(4, '\0'));
  CHECK(read(bytes, "DCD", false).good.size() == 4);
  bytes.pop_back();
  CHECK_THROWS_WITH(read(bytes, "DCD", false), contains("frame 3: the file is cut off"));
  CHECK(read(bytes, "DCD", true).good.size() == 3);
  std::string records = bytesOf("scipy.nc");
  records.replace(4, 4, std::string(4, '\xff'));
  CHECK(read(records, "Amber NetCDF", false).good.size() == 4);
  records.pop_back();
  CHECK_THROWS_WITH(read(records, "Amber NetCDF", false), contains("frame 3: the file is cut off"));
  CHECK(read(records, "Amber NetCDF", true).good.size() == 3);
}

TEST_CASE("files that hold nothing, or nothing but one long line, are refused") {
  for (const char* format : {"XTC", "TRR", "DCD", "Amber NetCDF", "XYZ", "GRO", "PDB", "LAMMPS"}) {
    CHECK_THROWS_WITH(read("", format, true), contains("is empty"));
    CHECK_THROWS_WITH(read("\n\n \n", format, true), contains("/proc/self/fd/"));
    CHECK_THROWS_WITH(read(std::string(3 << 20, '1'), format, true), contains("/proc/self/fd/"));
    CHECK_THROWS_WITH(read("99999999999999999\n", format, true), contains("/proc/self/fd/"));
  }
}
