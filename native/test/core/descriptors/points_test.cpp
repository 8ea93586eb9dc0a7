// Points that are no atoms: what a group's centre is, in a box too, and what flows back from it to atoms and box.
#include "five_atoms.h"

namespace {

// behind the five atoms: places 5 to 8
const Lines points = {"centre 0 1 2", "centre 4 3 2 weights 12 1 16", "centre 3", "centre 5 4 weights 3 1"};

Numbers valuesOf(const Lines& lines, const Numbers& at, const Box& box, const Lines& of, bool pbc = true) {
  Descriptors descriptors(lines, at.size() / 3, pbc, {}, of);
  return evaluate(descriptors, at, box);
}

}  // namespace

TEST_CASE("derivatives of what names points by positions and box against central differences, in every box") {
  const Lines lines = {"distance 5 6",
                       "distance 0 5",
                       "distance-y 5 3",
                       "inverse-distance 6 1",
                       "angle 5 4 6",
                       "torsion 5 1 6 3",
                       "torsion-cos 8 5 2 6",
                       "contact 6 8 gaussian 0.5 0.1",
                       "coordination 5 6 / 0 3 4 rational 0.6 0 6 12",
                       "coordination 5 6 8 fermi 0.8 5",
                       "sorted-distance 5 6 8 0 rank 1",
                       "aligned-x 4 reference 1",
                       "position-x 5",
                       "position-z 6"};
  for (const Numbers& rows : boxes) compareWithDifferences(lines, rows, points);
}

TEST_CASE("derivatives in the frame of a group against central differences, in every box") {
  // sites of both references, a centre, and a frame of three centres
  const Lines more = {"centre 0 1 weights 1 2", "site 1 1.3 2.2 0.9", "site 0 0.2 -0.3 0.4", "centre 5 6 3"};
  const Lines lines = {"aligned-x 2 reference 1",
                       "aligned-y 3 reference 1",
                       "aligned-z 5 reference 1",
                       "aligned-z 6 reference 0",
                       "aligned-x 4 reference 1",
                       "direction-x 2 3 reference 1",
                       "direction-y 5 3 reference 1",
                       "direction-z 0 1 reference 0",
                       "depth 2 6 7",
                       "radius 2 6 7",
                       "depth 5 0 3",
                       "radius 1 4 8",
                       "distance 6 2",
                       "distance 7 5",
                       "angle 6 2 8",
                       "coordination 6 7 / 2 3 gaussian 0.5 0.1"};
  for (const Numbers& rows : boxes) compareWithDifferences(lines, rows, more);
}

TEST_CASE("derivatives in the frame of three centres against central differences, in every box") {
  // two centres, a site in their frame and an atom's, one of all these, and a centre of it
  const Lines more = {"centre 0 1 weights 1 2", "centre 3 4", "site 5 6 2 at 0.3 -0.2 0.4",
                      "site 0 7 1 at 0 0.1 -0.3", "centre 7 8 5"};
  const Lines lines = {"aligned-x 0 / 5 6 2",
                       "aligned-y 4 / 5 6 2",
                       "aligned-z 9 / 5 6 2",
                       "aligned-y 2 / 7 8 6",
                       "aligned-x 8 / 3 1 0",
                       "direction-x 0 9 / 5 6 2",
                       "direction-y 2 3 / 7 5 1",
                       "direction-z 8 4 / 3 1 0",
                       "distance 7 1",
                       "distance 9 3",
                       "torsion 7 2 8 0",
                       "depth 1 7 5",
                       "coordination 7 8 / 0 4 gaussian 0.5 0.1"};
  for (const Numbers& rows : boxes) compareWithDifferences(lines, rows, more);
}

TEST_CASE("a group as its reference has it: sites, coordinates and axes by hand") {
  // the reference turned about the diagonal, (x, y, z) → (y, z, x), and moved by (7, −8, 9)
  const Lines triangle = {"0 0 1 1 0 0", "0 1 2 0 2 0", "0 2 3 0 0 3"};
  const Numbers at = {7, -8, 10, 9, -8, 9, 7, -5, 9, 7.5, -7, 9.25};
  // the fourth atom is at (0.25, 0.5, 1) of the frame, and so is the site
  const Lines lines = {"aligned-x 3 reference 0",
                       "aligned-y 3 reference 0",
                       "aligned-z 3 reference 0",
                       "distance 4 3",
                       "direction-x 0 1 reference 0",
                       "direction-y 0 1 reference 0",
                       "direction-z 0 1 reference 0",
                       "depth 3 5 6",
                       "radius 3 5 6"};
  const Numbers expected = {0.25, 0.5, 1, 0, -1 / std::sqrt(5), 2 / std::sqrt(5), 0, 1, std::sqrt(0.3125)};
  const Lines sites = {"site 0 0.25 0.5 1", "site 0 0 0 0", "site 0 0 0 2"};
  Descriptors descriptors(lines, 4, true, triangle, sites);
  const Numbers found = evaluate(descriptors, at, Box());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK_MESSAGE(found[i] == near(expected[i], 1e-14), lines[i]);
  // a whole box away the atom is the same one; outside a box it is not
  Numbers away = at;
  away[9] += 40;
  const double edges[9] = {20, 0, 0, 0, 20, 0, 0, 0, 20};
  const Numbers wrapped = evaluate(descriptors, away, Box(edges));
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK_MESSAGE(wrapped[i] == near(expected[i], 1e-13), lines[i]);
  CHECK(evaluate(descriptors, away, Box())[2] == near(1, 1e-13));
  CHECK(evaluate(descriptors, away, Box())[1] == near(40.5, 1e-13));
}

TEST_CASE("on an axis, and of an axis without a direction, no derivative is infinite") {
  expectFinite("radius 0 1 2", {0, 0, 1, 0, 0, 0, 0, 0, 2}, 0, 0);
  expectFinite("depth 0 1 2", {0, 0, 1, 0, 0, 0, 0, 0, 2}, 1, 1);
  expectFinite("radius 0 1 2", {0, 0, 1, 0, 0, 0, 0, 0, 0}, 1, 1);
  expectFinite("depth 0 1 2", {0, 0, 1, 0, 0, 0, 0, 0, 0}, 0, 0);
}

TEST_CASE("the centre of one atom is the atom, to the last bit") {
  for (const Numbers& rows : boxes) {
    Descriptors centred({"distance 7 1", "angle 7 0 4"}, 5, true, {}, points);
    Descriptors plain({"distance 3 1", "angle 3 0 4"}, 5, true);
    for (std::size_t d = 0; d < 2; ++d) {
      CHECK(evaluate(centred, positions, boxOf(rows)) == evaluate(plain, positions, boxOf(rows)));
      const Derivatives a = derivatives(centred, d, positions, boxOf(rows));
      const Derivatives b = derivatives(plain, d, positions, boxOf(rows));
      CHECK((a.positions == b.positions && a.box == b.box));
    }
  }
}

TEST_CASE("a group is made whole before its mean is taken: each atom at the image next to the one before") {
  // a chain of steps of 0.8 in a box with an edge of 2: longer than half of it
  const Numbers at = {1.9, 0.1, 0.2, 0.7, 0.1, 0.2, 1.5, 0.1, 0.2, 0, 0, 0};
  const Box box = boxOf(boxes[1]);
  // made whole: 1.9, 2.7, 3.5 of 2; by weights 2, 1, 1 their mean is 2.5
  const Lines lines = {"position-x 4", "position-y 4", "distance 4 3"};
  const Numbers mean = valuesOf(lines, at, box, {"centre 0 1 2"});
  CHECK(mean[0] == near(2.7, 1e-15));
  CHECK(mean[1] == near(0.1, 1e-15));
  CHECK(mean[2] == near(std::sqrt(0.7 * 0.7 + 0.01 + 0.04), 1e-15));
  CHECK(valuesOf(lines, at, box, {"centre 0 1 2 weights 2 1 1"})[0] == near(2.5, 1e-15));
  // without a box, or where the model wants none, as they are
  for (const Numbers& open :
       {valuesOf(lines, at, Box(), {"centre 0 1 2"}), valuesOf(lines, at, box, {"centre 0 1 2"}, false)})
    CHECK(open[0] == near(4.1 / 3, 1e-15));
}

TEST_CASE("a force on a centre is shared out by the weights") {
  Descriptors descriptors({"position-x 5"}, 5, true, {}, {"centre 4 0 2 weights 1 3 0"});
  const Numbers shares = derivatives(descriptors, 0, positions, Box()).positions;
  for (std::size_t i = 0; i < shares.size(); ++i)
    CHECK(shares[i] == near(i == 0 ? 0.75 : i == 12 ? 0.25 : 0, 0));
}

TEST_CASE("points that are wrong are refused with what was expected") {
  const auto refused = [](const Lines& of, const char* line, const std::string& text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true, {}, of), contains(text.c_str()));
  };
  const auto wrong = [&](const char* point, const char* text) {
    refused({"centre 0 1", point}, "distance 0 1",
            std::string("line 2 of latentcv.descriptors.points: expected ") + text);
  };
  wrong("middle 0 1", "a point that this version knows (centre, site)");
  wrong("", "a point that this version knows (centre, site)");
  const char* centre =
      "atoms after centre, and at most weights with a number of at least 0 for each, not all 0,";
  wrong("centre", centre);
  wrong("centre 0 / 1", centre);
  wrong("centre 0 1 masses 1 2", centre);
  wrong("centre 0 1 weights 1", centre);
  wrong("centre 0 1 weights 1 2 3", centre);
  wrong("centre 0 1 weights 1 -1", centre);
  wrong("centre 0 1 weights 0 0", centre);
  wrong("centre 0 1 weights 1e-301 0", centre);
  wrong("centre 0 1 weights", centre);
  wrong("centre 0 1 weights 1e308 1e308", centre);
  wrong("centre 0 1 weights 1 inf", "numbers behind the option");
  wrong("centre 0 0", "different atoms");
  // the point before it is 5, itself 6
  wrong("centre 5 6", "atoms from 0 to 6 (exclusive)");
  refused({"centre 0 1"}, "distance 0 6",
          "line 1 of latentcv.descriptors: expected atoms from 0 to 6 (exclusive)");
  refused({"centre 0 1"}, "distance 5 5", "different atoms");
  const auto wrongSite = [&](const Lines& structure, const char* site, const char* text) {
    CHECK_THROWS_WITH(Descriptors({"distance 0 5"}, 5, true, structure, {site, "centre 0 1"}),
                      contains(text));
  };
  const char* site = "a reference and x, y, z after site, or O A B at x y z";
  wrongSite(references, "site 0 1 2", site);
  wrongSite(references, "site 0 1 2 x", site);
  wrongSite(references, "site 0 1 2 inf", site);
  wrongSite({}, "site 0 1 at 0 0 0", site);
  wrongSite({}, "site 0 1 2 at 0 0", site);
  wrongSite({}, "site 0 1 / 2 at 0 0 0", site);
  wrongSite({}, "site 0 1 2 at 0 0 inf", "numbers behind the option");
  wrongSite({}, "site 0 1 1 at 0 0 0", "different atoms");
  wrongSite({}, "site 0 1 5 at 0 0 0", "atoms from 0 to 5 (exclusive)");
  wrongSite(references, "site 2 1 2 3", "a reference from 0 to 2 (exclusive)");
  wrongSite(references, "site -1 1 2 3", "a reference from 0 to 2 (exclusive)");
  wrongSite({"0 0 1 0.5 0.1 -0.2", "0 6 12 0.9 0.6 0.1", "0 1 16 0.7 -0.3 0.2"}, "site 0 1 2 3",
            "a reference of atoms and points before it");
}
