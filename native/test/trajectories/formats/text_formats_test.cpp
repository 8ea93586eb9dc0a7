#include "memory_file.h"
#include "testing.h"
#include "trajectories/fixtures.h"

using namespace latentcv;
using namespace fixtures;

namespace {

struct Frames {
  std::vector<Snapshot> all;
  std::string notes;
};

Frames read(const std::string& text, const char* format, std::size_t total) {
  const MemoryFile file(text);
  Trajectory trajectory(sourceOf(file.path(), format));
  Frames frames;
  for (const std::string& note : trajectory.notes()) frames.notes += note;
  std::vector<std::size_t> atoms(total);
  for (std::size_t i = 0; i < total; ++i) atoms[i] = i;
  for (std::size_t k = 0; k < trajectory.frames(); ++k)
    trajectory.read(k, atoms, total, frames.all.emplace_back());
  return frames;
}

void checkSame(const Frames& received, const Frames& wanted) {
  CHECK(received.all.size() == wanted.all.size());
  for (std::size_t k = 0; k < received.all.size(); ++k) {
    CHECK(received.all[k].positions == wanted.all[k].positions);
    CHECK((received.all[k].hasBox == wanted.all[k].hasBox && received.all[k].box == wanted.all[k].box));
  }
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

const std::string pdbAtoms =
    "ATOM      1  N   ALA A   1       0.000   0.000   0.000  1.00  0.00           N\n"
    "ATOM      2  CA  ALA A   1       1.200   0.800   0.000  1.00  0.00           C\n";

}  // namespace

TEST_CASE("a text without a newline at its end, with a byte order mark or with returns is the same frames") {
  for (const TrajectoryFixture& fixture : trajectories()) {
    const std::string format = fixture.format;
    if (format != "XYZ" && format != "GRO" && format != "PDB" && format != "LAMMPS") continue;
    const std::string text = bytesOf(fixture.name);
    const Frames whole = read(text, fixture.format, expected().atoms);
    CHECK(whole.notes.empty());
    const Frames open =
        read(text.substr(0, text.find_last_not_of(" \n") + 1), fixture.format, expected().atoms);
    checkSame(open, whole);
    CHECK((format == "PDB" || open.notes.find("last line has no end") != std::string::npos));
    checkSame(read("\xef\xbb\xbf" + text, fixture.format, expected().atoms), whole);
    checkSame(read(replaced(text, "\n", "\r\n"), fixture.format, expected().atoms), whole);
  }
}

TEST_CASE("a GRO file that ends before its box says so") {
  CHECK_THROWS_WITH(read("t\n1\n    1ALA     CA    1   1.000   1.000   1.000\n", "GRO", 1),
                    contains("should have 1 atoms and a line with the box"));
}

TEST_CASE("a structure of one frame needs no newline at its end") {
  CHECK(read("water\n2\n    1SOL     OW    1   0.100   0.200   0.300\n    1SOL    HW1    2   0.400   0.500   "
             "0.600\n"
             "   1.00000   1.00000   1.00000",
             "GRO", 2)
            .all.size() == 1);
  CHECK(read("1\n\nAr 1.5 2.5 3.5", "XYZ", 1).all.size() == 1);
  CHECK_THROWS_WITH(read("2\n\nAr 1.500 2.500 3.500\nAr 1.500 2.500 3.5", "XYZ", 2), contains("cut off"));
}

TEST_CASE("what programs write between the frames of XYZ files is passed over") {
  const Frames wanted = read("1\n\nAr 1 2 3\n1\n\nAr 4 5 6\n", "XYZ", 1);
  CHECK(wanted.all.size() == 2);
  checkSame(read("1\n\nAr 1 2 3\n>\n1\n\nAr 4 5 6\n", "XYZ", 1), wanted);  // ORCA
  checkSame(read("\n1\n\nAr 1 2 3\n\n\n1\n\nAr 4 5 6\n\n", "XYZ", 1), wanted);
}

TEST_CASE("comments of XYZ files tell times and how a cell is periodic") {
  const std::string cell = "Lattice=\"0 20 0 -30 0 0 0 0 40\"";
  const auto frame = [](const std::string& comment) {
    return read("1\n" + comment + "\nAr 1 2 3\n", "XYZ", 1);
  };
  CHECK(frame("time=0.5 " + cell).all[0].time == near(0.5, 0));
  // CP2K's, in fs
  const Snapshot cp2k = frame(" i =      100, time =       50.000, E =       -17.1643447508").all[0];
  CHECK(cp2k.time == near(0.05, 1e-15));
  CHECK(cp2k.step == 100);
  const Snapshot turned = frame(cell).all[0];
  const double box[] = {0, 2, 0, -3, 0, 0, 0, 0, 4};
  for (std::size_t i = 0; i < 9; ++i) CHECK(turned.box[i] == near(box[i], 1e-15));
  const Frames slab = frame(cell + " pbc=\"T T F\"");
  CHECK(slab.notes.find("not periodic along c") != std::string::npos);
  CHECK((slab.all[0].box[1] == 2 && slab.all[0].box[3] == -3 && slab.all[0].box[8] >= 16));
  CHECK(!frame(cell + " pbc=\"F F F\"").all[0].hasBox);
  // arrays, as extended XYZ writes them now, and the braces of old
  for (const char* arrays : {"Lattice=[[0, 20, 0], [-30, 0, 0], [0, 0, 40]] pbc=[T, T, F]",
                             "pbc={T T F} Lattice={0 20 0 -30 0 0 0 0 40}"}) {
    const Frames other = frame(arrays);
    CHECK(other.notes.find("not periodic along c") != std::string::npos);
    CHECK(other.all[0].box == slab.all[0].box);
  }
  CHECK_THROWS_WITH(frame(cell + " pbc=\"T F\""), contains("expected three flags in pbc but received T F"));
}

TEST_CASE("a CRYST1 record out of its columns is read by its words, and one that is none is no box") {
  const auto with = [](const std::string& cell) { return read(cell + "\n" + pdbAtoms + "END\n", "PDB", 2); };
  CHECK(with("CRYST1   20.000   30.000   40.000  90.00  90.00  90.00 P 1           1").all[0].box[4] ==
        near(3, 1e-15));
  const Frames shifted = with("CRYST1 20.000 30.000 40.000 90.00 90.00 90.00 P 1");
  CHECK(shifted.all[0].box[4] == near(3, 1e-15));
  CHECK(shifted.notes.find("out of its columns") != std::string::npos);
  for (const char* bad :
       {"CRYST1   20.000   30.000", "CRYST1", "CRYST1   20.000   30.000   40.000   0.00  90.00  90.00"}) {
    const Frames none = with(bad);
    CHECK((!none.all[0].hasBox && none.notes.find("no box") != std::string::npos));
  }
  CHECK(!with("CRYST1    1.000    1.000    1.000  90.00  90.00  90.00 P 1           1").all[0].hasBox);
}

TEST_CASE("the first cell of a PDB file holds for models before it too") {
  const std::string cell = "CRYST1   20.000   30.000   40.000  90.00  90.00  90.00 P 1           1\n";
  const Frames models =
      read("MODEL 1\n" + pdbAtoms + "ENDMDL\nMODEL 2\n" + cell + pdbAtoms + "ENDMDL\nEND\n", "PDB", 2);
  CHECK((models.all.size() == 2 && models.all[0].hasBox && models.all[1].hasBox));
}

TEST_CASE("a PDB structure that does not end is told") {
  CHECK(read(pdbAtoms + "END\n", "PDB", 2).notes.empty());
  CHECK(read(pdbAtoms, "PDB", 2).notes.find("it has no END") != std::string::npos);
  CHECK_THROWS_WITH(read(pdbAtoms + "ATOM      3  C   ALA A   1       2.400   0.000   0.2", "PDB", 3),
                    contains("cut off"));
}
