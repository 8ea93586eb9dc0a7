#include "five_atoms.h"

TEST_CASE("sorted distances ascend, and exchanging atoms of the group changes nothing") {
  Lines lines;
  for (int rank = 0; rank < 6; ++rank)
    lines.push_back("sorted-distance 0 1 2 3 rank " + std::to_string(rank));
  Descriptors descriptors(lines, 5, true, references);
  const Numbers values = evaluate(descriptors, positions, Box());
  CHECK(std::is_sorted(values.begin(), values.end()));
  Numbers distances;
  for (const char* line :
       {"distance 0 1", "distance 0 2", "distance 0 3", "distance 1 2", "distance 1 3", "distance 2 3"})
    distances.push_back(valueOf(line, positions));
  std::sort(distances.begin(), distances.end());
  for (int i = 0; i < 6; ++i) CHECK(values[i] == near(distances[i], 1e-15));
  Numbers exchanged = positions;
  std::swap_ranges(exchanged.begin(), exchanged.begin() + 3, exchanged.begin() + 9);
  expectSame(descriptors, exchanged, Box(), values, "exchanged");
}
