#include "descriptors/line.h"

#include "five_atoms.h"

TEST_CASE("lines that are wrong are refused with what was expected") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true), contains(text));
  };
  refused("fitted 9 reference x", "expected one of the descriptors this version knows");
  refused("position-x", "expected one atom after position-x");
  refused("box-ax 0", "expected no atom after box-ax");
  refused("box-dx", "expected one of the descriptors this version knows");
  refused("angle 0 1", "expected 3 atoms after angle");
  refused("angle 0 1 / 2", "expected 3 atoms after angle");
  refused("torsion 0 1 2 3 4", "expected 4 atoms after torsion");
  refused("torsion 0 1 2 2", "expected different atoms");
  refused("distance 0 99999999999999999999", "atoms from 0 to 5 (exclusive)");
  refused("contact 0 1", "expected a switching function (rational R0 D0 NN MM");
  refused("contact 0 1 rational 0.3 0 12 6", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6.5 12", "expected a switching function");
  refused("contact 0 1 rational 0.3 0 6 1e9", "expected a switching function");
  refused("contact 0 1 rational 0 0 6 12", "expected R0 > 0 and D0 >= 0");
  refused("contact 0 1 gaussian 0.3 -1", "expected R0 > 0 and D0 >= 0");
  refused("contact 0 1 fermi 0.3 nan", "expected numbers behind the option");
  refused("contact 0 1 cubic 0.3", "expected a switching function");
  refused("contact 0 1 cubic 0.3 0", "expected 0 <= D0 < DMAX in the switching function");
  refused("contact 0 1 cubic 0.3 0.4 mean", "expected numbers behind the option");
  refused("coordination 0-5 gaussian 0.3 0", "expected atoms from 0 to 5 (exclusive)");
  refused("coordination 0-4:x gaussian 0.3 0", "expected one group of at least two atoms");
  refused("coordination 0-4: gaussian 0.3 0", "expected atoms, or ranges of them such as 0-9 or 0-8:2");
  refused("coordination 0-4:0 gaussian 0.3 0", "expected ranges of atoms from the lower to the higher");
  refused("coordination 3-1 gaussian 0.3 0", "expected ranges of atoms from the lower to the higher");
  refused("coordination 0-3 0-3 gaussian 0.3 0", "expected different atoms");
  refused("coordination 0-3 3 gaussian 0.3 0", "expected different atoms");
  refused("coordination 0 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 1 / gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 / 0 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("coordination 0 / 1 / 2 gaussian 0.3 0", "expected one group of at least two atoms, or two groups");
  refused("sorted-distance 0 1 2", "expected rank and a number from 0 to 3 (exclusive)");
  refused("sorted-distance 0 1 2 rank 3", "expected rank and a number from 0 to 3 (exclusive)");
  refused("sorted-distance 0 1 2 rank 0.5", "expected rank and a number from 0 to 3 (exclusive)");
}

TEST_CASE("a line of more pairs than memory holds is refused") {
  std::string group;
  for (int i = 0; i < 6000; ++i) group += " " + std::to_string(i);
  CHECK_THROWS_WITH(Descriptors({"coordination" + group + " gaussian 1 0"}, 6000, true),
                    contains("pairs of atoms in all"));
}

TEST_CASE("ranges of atoms are their atoms, and options are words with the numbers behind them") {
  const latentcv::DescriptorLine line =
      latentcv::readDescriptorLine("some 0-3 9 / 10-20:4 cubic 0.4 0.5 l 6 mean bin 1 -2.5e-1", 21);
  CHECK(line.groups == std::vector<latentcv::AtomIndices>{{0, 1, 2, 3, 9}, {10, 14, 18}});
  CHECK(line.inRanges == 7);
  CHECK(line.option == "cubic");
  CHECK(line.numbers == Numbers{0.4, 0.5});
  CHECK(line.find("l")->numbers == Numbers{6});
  CHECK(line.find("mean")->numbers.empty());
  CHECK(line.find("bin")->numbers == Numbers{1, -0.25});
  CHECK(line.find("cubic") == nullptr);
  // a few words that would name more atoms than memory holds
  std::vector<std::string> many(2000, "coordination 0-9999 gaussian 0.3 0 1");
  CHECK_THROWS_WITH(Descriptors(many, 10000, true),
                    contains("line 1678 of latentcv.descriptors: expected at most 16777216 atoms in ranges"));
}

TEST_CASE("lines whose lists of neighbours or grids take more than memory holds are refused") {
  const std::size_t atoms = 1 << 21;
  const std::string last = std::to_string(atoms - 1);
  for (const std::string& line :
       {"debye 0 " + last + " q 9 window 1", "rdf 0 " + last + " grid 0.5 0.02 9 bin 1",
        "steinhardt 0 " + last + " cubic 0.3 0.5 l 6 mean"})
    CHECK_THROWS_WITH(Descriptors(Lines(33, line), atoms, true),
                      contains("places of atoms and points of grids"));
  CHECK_NOTHROW(Descriptors({"debye 0 " + last + " q 9 window 1"}, atoms, true));
}
