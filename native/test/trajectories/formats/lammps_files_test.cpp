#include <algorithm>

#include "memory_file.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

/** Frame 0 of a text, all of so many atoms. */
Snapshot first(const std::string& text, const char* format, std::size_t total, std::string* notes = nullptr) {
  const MemoryFile file(text);
  Trajectory trajectory(sourceOf(file.path(), format));
  if (notes)
    for (const std::string& note : trajectory.notes()) *notes += note;
  std::vector<std::size_t> atoms(total);
  for (std::size_t i = 0; i < total; ++i) atoms[i] = i;
  Snapshot snapshot;
  trajectory.read(0, atoms, total, snapshot);
  return snapshot;
}

std::string dump(const std::string& bounds, const std::string& atoms, int count) {
  return "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n" + std::to_string(count) + "\nITEM: BOX BOUNDS " +
         bounds + "\n0 20\n0 12\n0 12\nITEM: ATOMS id type x y z\n" + atoms;
}

std::string data(const std::string& head, const std::string& lines, int count) {
  return "LAMMPS data file\n\n" + std::to_string(count) +
         " atoms\n2 atom types\n\n0 20 xlo xhi\n0 20 ylo yhi\n0 20 zlo zhi\n\n" + head + "\n\n" + lines;
}

void checkX(const Snapshot& snapshot, const std::vector<double>& x) {
  CHECK(snapshot.positions.size() == 3 * x.size());
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(snapshot.positions[3 * i] == near(x[i], 1e-12));
}

}  // namespace

TEST_CASE("boundaries that are not periodic leave no minimum image along them") {
  std::string notes;
  const std::string two = "1 1 0.5 1 1\n2 1 19.5 1 11.5\n";
  CHECK((first(dump("pp pp pp", two, 2), "LAMMPS", 2, &notes).hasBox && notes.empty()));
  CHECK(!first(dump("ss ff mm", two, 2), "LAMMPS", 2, &notes).hasBox);
  CHECK(notes.find("NOPBC") != std::string::npos);
  notes.clear();
  const Snapshot slab = first(dump("pp pp ff", two, 2), "LAMMPS", 2, &notes);
  CHECK(notes.find("not periodic along c") != std::string::npos);
  CHECK((slab.hasBox && slab.box[0] == 2 && slab.box[4] == 1.2));
  // longer than twice any distance, and at right angles with the periodic ones
  CHECK((slab.box[8] > 2 * 2.2 && slab.box[6] == 0 && slab.box[7] == 0));
}

TEST_CASE("atoms of a group count in the order of their ids, or by them in a larger structure") {
  std::string notes;
  const std::string group = dump("pp pp pp", "7 1 7 0 0\n3 1 3 0 0\n5 1 5 0 0\n", 3);
  checkX(first(group, "LAMMPS", 3, &notes), {0.3, 0.5, 0.7});
  CHECK(notes.find("3 atoms of ids 3 to 7") != std::string::npos);
  const MemoryFile file(group);
  Trajectory trajectory(sourceOf(file.path(), "LAMMPS"));
  Snapshot snapshot;
  trajectory.read(0, {6, 2}, 10, snapshot);
  checkX(snapshot, {0.7, 0.3});
  CHECK_THROWS_WITH(trajectory.read(0, {0}, 10, snapshot),
                    contains("expected an atom of id 1 but the dump is of a group"));
  CHECK_THROWS_WITH(trajectory.read(0, {0}, 6, snapshot), contains("expected 6 atoms but received 3"));
}

TEST_CASE("a frame of other atoms than the first is refused") {
  const MemoryFile file(dump("pp pp pp", "7 1 7 0 0\n3 1 3 0 0\n", 2) +
                        dump("pp pp pp", "7 1 7 0 0\n4 1 3 0 0\n", 2));
  Trajectory trajectory(sourceOf(file.path(), "LAMMPS"));
  Snapshot snapshot;
  CHECK_THROWS_WITH(trajectory.read(1, {0}, 2, snapshot), contains("the same atoms in every frame"));
}

// id type x y z ix iy iz, id type q x y z, … as https://docs.lammps.org/read_data.html lists them
TEST_CASE("atoms of a data file without a style, or with a comment that is none, are read by their columns") {
  const std::string images = "1 1 1.5 0 0 0 0 0\n2 2 3.25 0 0 -1 0 0\n";
  for (const char* head : {"Atoms", "Atoms # atomic", "Atoms # I like comments"})
    checkX(first(data(head, images, 2), "LAMMPS Data", 2), {0.15, 0.325});
  checkX(first(data("Atoms", "1 1 -0.5 1.5 0 0\n2 2 0.5 3.25 0 0\n", 2), "LAMMPS Data", 2), {0.15, 0.325});
  checkX(first(data("Atoms", "1 5 1 1.5 0 0 0 0 0\n2 5 2 3.25 0 0 0 0 0\n", 2), "LAMMPS Data", 2),
         {0.15, 0.325});
  checkX(first(data("Atoms", "1 1 1 -0.5 1.5 0 0 1 0 0\n2 1 2 0.5 3.25 0 0 0 0 0\n", 2), "LAMMPS Data", 2),
         {0.15, 0.325});
  // molecule and type, or type and a charge of 1: either may be meant
  CHECK_THROWS_WITH(first(data("Atoms", "1 1 1 1.5 0 0\n2 2 1 3.25 0 0\n", 2), "LAMMPS Data", 2),
                    contains("write \"Atoms # full\""));
}

TEST_CASE("atoms of a data file that were deleted leave gaps in the ids alone") {
  checkX(first(data("Atoms # atomic", "9 1 0.9 0 0\n2 2 0.2 0 0\n", 2), "LAMMPS Data", 2), {0.02, 0.09});
  CHECK_THROWS_WITH(first(data("Atoms # atomic", "9 1 0.9 0 0\n9 2 0.2 0 0\n", 2), "LAMMPS Data", 2),
                    contains("each id once"));
  CHECK_THROWS_WITH(first(data("Atoms # atomic", "9 1 0.9 0 0\n", 2), "LAMMPS Data", 2),
                    contains("with 2 atoms but received 1"));
}
