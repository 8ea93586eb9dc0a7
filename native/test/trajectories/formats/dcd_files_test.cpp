#include <cstring>

#include "memory_file.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

struct Read {
  Snapshot snapshot;
  std::string notes;
};

Read frame(const std::string& bytes, std::size_t index, double timestep = 0) {
  const MemoryFile file(bytes);
  TrajectorySource source = sourceOf(file.path(), "DCD");
  source.timestep = timestep;
  Trajectory trajectory(source);
  Read read;
  for (const std::string& note : trajectory.notes()) read.notes += note;
  trajectory.read(index, allAtoms(), expected().atoms, read.snapshot);
  return read;
}

/** wide-markers.dcd is little-endian with markers of 8 bytes: control numbers behind `CORD` at 12. */
template <typename Number>
std::string with(std::string bytes, std::size_t at, Number value) {
  std::memcpy(&bytes[at], &value, sizeof value);
  return bytes;
}

constexpr std::size_t control = 12, delta = control + 9 * 4, version = control + 19 * 4;
/** The first line of the title, behind the control record, its markers and the number of lines. */
constexpr std::size_t title = 8 + 84 + 8 + 8 + 4;

std::string titled(std::string bytes, const std::string& text) {
  return bytes.replace(title, text.size(), text);
}

}  // namespace

TEST_CASE("LAMMPS tells the step of its own units: fs where it is long, else ps") {
  const std::string bytes = titled(bytesOf("wide-markers.dcd"), "Written by LAMMPS");
  const Read real = frame(with(bytes, delta, 2.0f), 1);
  CHECK(real.snapshot.time == near(150 * 2e-3, 1e-9));
  CHECK(real.notes.find("taken as fs (units real): ‘timestep’ tells another") != std::string::npos);
  const Read metal = frame(with(bytes, delta, 0.001f), 1);
  CHECK(metal.snapshot.time == near(150 * static_cast<double>(0.001f), 1e-12));
  CHECK(metal.notes.find("taken as ps (units metal)") != std::string::npos);
  // told on the command line: the step counts, and nothing is guessed
  const Read told = frame(with(bytes, delta, 2.0f), 1, 0.002);
  CHECK((std::isnan(told.snapshot.time) && told.snapshot.step == 150 && told.notes.empty()));
}

TEST_CASE("a step of 1, which programs make up that know none, tells no time") {
  const Read read = frame(with(bytesOf("wide-markers.dcd"), delta, 1.0f), 2);
  CHECK((std::isnan(read.snapshot.time) && read.snapshot.step == 200));
  CHECK(std::isnan(frame(bytesOf("mdtraj.dcd"), 2).snapshot.time));
}

TEST_CASE("a step that is told goes before the file's, and is told where they differ") {
  const Read other = frame(bytesOf("wide-markers.dcd"), 1, 0.002);
  CHECK((std::isnan(other.snapshot.time) && other.snapshot.step == 150));
  CHECK(other.notes.find("0.002 ps, as ‘timestep’ says, not as 0.0244441 ps") != std::string::npos);
  CHECK(frame(bytesOf("wide-markers.dcd"), 1, 0.5 * 0.0488882129).notes.empty());
}

TEST_CASE("a cell of edges and degrees is one under a newer version of CHARMM too") {
  const std::string newer = with(bytesOf("wide-markers.dcd"), version, std::int32_t{36});
  const Snapshot degrees = frame(newer, 0).snapshot;
  const double box[] = {1.8, 0, 0, 0, 1.7, 0, 0, 0, 1.6};
  for (std::size_t i = 0; i < 9; ++i) CHECK(degrees.box[i] == near(box[i], 1e-12));
  // CHARMM's own: the symmetric matrix of a rhombohedral cell, its square the products of its vectors
  const double a = 94.28, c = 23.57;
  std::string matrix = newer;
  const std::size_t cell = matrix.find(std::string("\x30\0\0\0\0\0\0\0", 8)) + 8;
  const double numbers[] = {a, c, a, c, c, a};
  std::memcpy(&matrix[cell], numbers, sizeof numbers);
  const Snapshot own = frame(matrix, 0).snapshot;
  CHECK(own.box[0] == near(a / 10, 1e-12));
  CHECK(own.box[1] == near(c / 10, 1e-12));
}

TEST_CASE("a title that is longer than its mark says is passed over") {
  std::string bytes = bytesOf("wide-markers.dcd");
  const std::size_t mark = 8 + 84 + 8;
  bytes = with(bytes, mark, std::int64_t{20});
  bytes = with(bytes, mark + 8 + 84, std::int64_t{20});
  CHECK(frame(bytes, 3).snapshot.positions == frame(bytesOf("wide-markers.dcd"), 3).snapshot.positions);
}
