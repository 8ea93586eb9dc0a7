#include <algorithm>

#include "memory_file.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

Snapshot frame(const std::string& bytes, const char* format, std::size_t index,
               std::string* notes = nullptr) {
  const MemoryFile file(bytes);
  Trajectory trajectory(sourceOf(file.path(), format));
  if (notes)
    for (const std::string& note : trajectory.notes()) *notes += note;
  Snapshot snapshot;
  trajectory.read(index, allAtoms(), expected().atoms, snapshot);
  return snapshot;
}

/** With every `from`, of the same length as `to`. */
std::string with(std::string bytes, const std::string& from, const std::string& to) {
  CHECK((from.size() == to.size() && bytes.find(from) != std::string::npos));
  for (std::size_t at = 0; (at = bytes.find(from, at)) != std::string::npos; at += to.size())
    bytes.replace(at, to.size(), to);
  return bytes;
}

/** A file as GROMACS writes it of large systems (xdr3dfcoord): magic 2023, and bytes counted in 8 bytes. */
std::string large(const std::string& bytes) {
  const std::string magic("\0\0\x07\xcb", 4), other("\0\0\x07\xe7", 4);
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t next = std::min(bytes.find(magic, at + 4), bytes.size());
    out += other + bytes.substr(at + 4, 56 + 32 - 4) + std::string(4, '\0') +
           bytes.substr(at + 88, next - at - 88);
    at = next;
  }
  return out;
}

}  // namespace

TEST_CASE("XTC files of large systems are read like the others") {
  for (const char* name : {"mdtraj.xtc", "gromacs.xtc"}) {
    const std::string bytes = bytesOf(name), other = large(bytes);
    CHECK(other.size() == bytes.size() + 4 * expected().frames);
    for (std::size_t k = 0; k < expected().frames; ++k) {
      const Snapshot snapshot = frame(other, "XTC", k), wanted = frame(bytes, "XTC", k);
      CHECK((snapshot.positions == wanted.positions && snapshot.box == wanted.box));
      CHECK((snapshot.time == wanted.time && snapshot.step == wanted.step));
    }
    CHECK_THROWS_WITH(frame(other.substr(0, other.size() - 8), "XTC", 0),
                      contains("frame 3: the file is cut off"));
  }
}

TEST_CASE("units that a NetCDF file tells are heard") {
  const std::string bytes = bytesOf("mdtraj.nc");
  const Snapshot wanted = frame(bytes, "Amber NetCDF", 2);
  const std::string ps("\0\0\0\x0apicosecond\0\0", 16), fs("\0\0\0\x0b"
                                                           "femtosecond\0",
                                                           16);
  CHECK(frame(with(bytes, ps, fs), "Amber NetCDF", 2).time == near(wanted.time * 1e-3, 1e-12));
  const Snapshot nanometres = frame(with(bytes, "angstrom", "nm      "), "Amber NetCDF", 2);
  for (std::size_t i = 0; i < wanted.positions.size(); ++i)
    CHECK(nanometres.positions[i] == near(10 * wanted.positions[i], 1e-12));
  CHECK(nanometres.box[0] == near(10 * wanted.box[0], 1e-12));
  std::string notes;
  CHECK(frame(with(bytes, "picosecond", "lj tau    "), "Amber NetCDF", 2, &notes).time == wanted.time);
  CHECK(notes.find("its time is in lj tau") != std::string::npos);
}
