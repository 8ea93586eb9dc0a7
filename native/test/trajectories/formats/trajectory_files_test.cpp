#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

Snapshot snapshotOf(Trajectory& trajectory, std::size_t frame,
                    const std::vector<std::size_t>& atoms = allAtoms()) {
  Snapshot snapshot;
  trajectory.read(frame, atoms, expected().atoms, snapshot);
  return snapshot;
}

void checkNear(const double* received, const double* wanted, std::size_t count, double tolerance) {
  for (std::size_t i = 0; i < count; ++i) CHECK(received[i] == near(wanted[i], tolerance));
}

/**
 * Edges and the angles between them, as cosines: what formats of cells keep of a box, however it is turned.
 */
std::vector<double> productsOf(const double* rows) {
  std::vector<double> products;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      products.push_back(rows[3 * i] * rows[3 * j] + rows[3 * i + 1] * rows[3 * j + 1] +
                         rows[3 * i + 2] * rows[3 * j + 2]);
  return products;
}

}  // namespace

TEST_CASE("every file holds what was given to the program that wrote it") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    INFO(fixture.name);
    Trajectory trajectory(sourceOf(pathOf(fixture.name), fixture.format));
    CHECK(trajectory.frames() == expected().frames);
    for (std::size_t k = 0; k < trajectory.frames(); ++k) {
      const Snapshot snapshot = snapshotOf(trajectory, k);
      checkNear(snapshot.positions.data(), expected().positions[k].data(), 3 * expected().atoms,
                fixture.tolerance);
      if (fixture.box) {
        CHECK(snapshot.hasBox);
        // PDB keeps angles to 0.005 degrees, GRO lengths to 5e-6 nm
        const std::string format = fixture.format;
        const double tolerance = format == "PDB" ? 6e-4 : format == "GRO" ? 4e-5 : 4e-6;
        checkNear(productsOf(snapshot.box.data()).data(), productsOf(expected().boxes[k].data()).data(), 9,
                  tolerance);
      }
      if (fixture.time) CHECK(snapshot.time == near(expected().spacing * static_cast<double>(k), 1e-9));
    }
  }
}

TEST_CASE("atoms come in the order asked for") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    Trajectory trajectory(sourceOf(pathOf(fixture.name), fixture.format));
    const Snapshot some = snapshotOf(trajectory, 2, {7, 0, 7, 3}), all = snapshotOf(trajectory, 2);
    const std::size_t atoms[] = {7, 0, 7, 3};
    for (std::size_t i = 0; i < 4; ++i) checkNear(&some.positions[3 * i], &all.positions[3 * atoms[i]], 3, 0);
  }
}

TEST_CASE("atoms of a DCD file that are fixed stay where the first frame has them") {
  Trajectory trajectory(sourceOf(pathOf("fixed-atoms.dcd"), "DCD"));
  CHECK(trajectory.frames() == expected().frames);
  for (std::size_t k = 0; k < trajectory.frames(); ++k) {
    const Snapshot snapshot = snapshotOf(trajectory, k);
    for (std::size_t i = 0; i < expected().atoms; ++i) {
      const std::size_t from = i == 1 || i == 5 || i == 6 ? 0 : k;
      checkNear(&snapshot.positions[3 * i], &expected().positions[from][3 * i], 3, 2e-7);
    }
  }
}

TEST_CASE("times of a DCD file are in CHARMM's unit") {
  Trajectory trajectory(sourceOf(pathOf("big-endian.dcd"), "DCD"));
  // steps 100, 150, … of 0.5 units; a unit is √(amu Å² mol/kcal) = √(0.01 / 4.184) ps
  const double unit = std::sqrt(0.01 / 4.184);
  for (std::size_t k = 0; k < 4; ++k)
    CHECK(snapshotOf(trajectory, k).time == near((100 + 50 * static_cast<double>(k)) * 0.5 * unit, 1e-6));
}

TEST_CASE("all forms of coordinates in LAMMPS' dumps are the same positions") {
  Trajectory plain(sourceOf(pathOf("lammps-plain.lammpstrj"), "LAMMPS"));
  Trajectory scaled(sourceOf(pathOf("lammps-scaled.lammpstrj"), "LAMMPS"));
  Trajectory unwrapped(sourceOf(pathOf("lammps-unwrapped.lammpstrj"), "LAMMPS"));
  const double box[] = {1.8, 0, 0, 0.3, 1.7, 0, -0.2, 0.4, 1.6};
  for (std::size_t k = 0; k < 4; ++k) {
    const Snapshot wanted = snapshotOf(unwrapped, k);
    CHECK(wanted.step == 2 * k);
    // twelve digits of nm, or of a part of the box
    checkNear(snapshotOf(plain, k).positions.data(), wanted.positions.data(), 3 * expected().atoms, 1e-11);
    checkNear(snapshotOf(scaled, k).positions.data(), wanted.positions.data(), 3 * expected().atoms, 1e-11);
    checkNear(wanted.box.data(), box, 9, 1e-14);
  }
}

TEST_CASE("another number of atoms, or frames that are not there, are refused") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    Trajectory trajectory(sourceOf(pathOf(fixture.name), fixture.format));
    Snapshot snapshot;
    CHECK_THROWS_WITH(trajectory.read(1, {0}, expected().atoms + 1, snapshot),
                      contains("frame 1: expected 13 atoms but"));
    CHECK_THROWS_WITH(trajectory.read(1, {0}, 5, snapshot), contains("received 12"));
    CHECK_THROWS_WITH(trajectory.read(4, {0}, expected().atoms, snapshot), contains("the file has 4 frames"));
  }
}

TEST_CASE("a file of another format is called so") {
  CHECK_THROWS_WITH(Trajectory(sourceOf(pathOf("mdtraj.xtc"), "TRR")), contains("it begins as one of XTC"));
  CHECK_THROWS_WITH(Trajectory(sourceOf(pathOf("mdtraj.dcd"), "Amber NetCDF")),
                    contains("it begins as one of DCD"));
  CHECK_THROWS_WITH(Trajectory(sourceOf(pathOf("mdtraj.lammpstrj"), "XYZ")),
                    contains("it begins as one of LAMMPS"));
  CHECK_THROWS_WITH(Trajectory(sourceOf(pathOf("mdtraj.pdb"), "DCD")),
                    contains("expected a file of DCD but it does not begin as one"));
  CHECK_THROWS_WITH(Trajectory(sourceOf(pathOf("none.xtc"), "XTC")), contains("cannot find"));
  CHECK_THROWS_WITH(Trajectory(sourceOf(LATENTCV_TRAJECTORIES, "XTC")), contains("is a folder"));
}
