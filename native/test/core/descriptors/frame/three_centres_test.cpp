// The frame of three places: values by hand, images, and what has no frame. Derivatives stand with the other kinds and with
// the points.
#include "../five_atoms.h"

namespace {

// the origin, 2 along y, and (1, 3, 0) beside it: z is y, x is x, and so y is z × x = −z
const Numbers at = {0.5, 0.5, 0.5, 0.5, 2.5, 0.5, 1.5, 3.5, 0.5, 0.75, 1, 2, 0, 0, 0};
const Lines lines = {"aligned-x 3 / 0 1 2",     "aligned-y 3 / 0 1 2",     "aligned-z 3 / 0 1 2",
                     "aligned-x 0 / 0 1 2",     "aligned-z 1 / 0 1 2",     "aligned-x 2 / 0 1 2",
                     "direction-x 0 2 / 0 1 2", "direction-y 4 0 / 0 1 2", "direction-z 1 0 / 0 1 2"};
const Numbers expected = {0.25, -1.5, 0.5, 0, 2, 1, 1 / std::sqrt(10), -std::sqrt(1 / 3.0), -1};

}  // namespace

TEST_CASE("z goes to the second place, x to the side of the third, and y makes it right-handed") {
  Descriptors descriptors(lines, 5, true);
  const Numbers found = evaluate(descriptors, at, Box());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK_MESSAGE(found[i] == near(expected[i], 1e-14), lines[i]);
}

TEST_CASE("in a box places are taken at the images nearest to the first") {
  const double edges[9] = {8, 0, 0, 1, 9, 0, -1, 2, 10};
  Numbers away = at;
  for (int c = 0; c < 3; ++c) {
    away[3 + c] += edges[c] - edges[3 + c];
    away[6 + c] -= 2 * edges[6 + c];
    away[9 + c] += edges[3 + c];
  }
  Descriptors descriptors(lines, 5, true);
  const Numbers found = evaluate(descriptors, away, Box(edges));
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK_MESSAGE(found[i] == near(expected[i], 1e-13), lines[i]);
}

TEST_CASE("a site of the frame stands at its coordinates") {
  Descriptors descriptors({"distance 5 3", "position-x 6", "position-y 6", "position-z 6"}, 5, true, {},
                          {"site 0 1 2 at 0.25 -1.5 0.5", "site 0 1 2 at 1 2 3"});
  const Numbers found = evaluate(descriptors, at, Box());
  CHECK(found[0] == near(0, 1e-14));
  CHECK(found[1] == near(1.5, 1e-14));
  CHECK(found[2] == near(3.5, 1e-14));
  CHECK(found[3] == near(-1.5, 1e-14));
}

TEST_CASE("three places in line, or two in one place, stop with words, never with a number") {
  const char* text =
      "descriptors in the frame of 0, 1 and 2 (atoms and points counted from 0 in the file's lists): expected "
      "three places that are not in line but they are";
  const auto stops = [&](const Numbers& places) {
    for (const Lines& points : {Lines{}, Lines{"site 0 1 2 at 1 0 0"}}) {
      Descriptors descriptors({points.empty() ? "aligned-x 3 / 0 1 2" : "distance 3 4"}, 4, true, {}, points);
      CHECK_THROWS_WITH(evaluate(descriptors, places, Box()), contains(text));
    }
  };
  stops({0, 0, 0, 1, 1, 1, 3, 3, 3, 5, 0, 0});
  stops({0, 0, 0, 1, 1, 1, -3, -3, -3, 5, 0, 0});
  stops({1, 2, 3, 1, 2, 3, 0, 0, 0, 5, 0, 0});
  stops({1, 2, 3, 0, 0, 0, 1, 2, 3, 5, 0, 0});
  stops({0, 0, 0, 1, 0, 0, 2, 1e-10, 0, 5, 0, 0});
  stops({std::nan(""), 0, 0, 1, 0, 0, 2, 1, 0, 5, 0, 0});
}

TEST_CASE("a frame that cannot be is refused") {
  const auto refused = [](const char* line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 5, true), contains(text));
  };
  refused("aligned-x 0 / 1 2", "expected three atoms or points behind /, and nothing more");
  refused("aligned-x 0 / 1 2 3 4", "expected three atoms or points behind /, and nothing more");
  refused("aligned-x 0 / 1 2 3 weights 1", "expected three atoms or points behind /, and nothing more");
  refused("aligned-x 0 / 1 2 2", "expected different atoms");
  refused("aligned-x 0 / 1 2 5", "expected atoms from 0 to 5 (exclusive)");
  refused("aligned-x 0 4 / 1 2 3", "expected one atom after aligned-x");
  refused("aligned-x 0 / 1 / 2 3 4", "expected one atom after aligned-x");
  refused("direction-y 0 / 1 2 3", "expected 2 atoms after direction-y");
  refused("rmsd 0 / 1 2 3", "expected one group of at least one atom after rmsd");
}
