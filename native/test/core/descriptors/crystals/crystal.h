// A crystal with every atom a bit off its place, in boxes of every kind.
#pragma once

#include <random>

#include "../five_atoms.h"

/** Face-centred cubic cells of this edge along each axis: atoms, and the box's rows. */
struct Crystal {
  Numbers positions, rows;
};

inline Crystal faceCentred(int cells, double edge) {
  Crystal crystal;
  constexpr double places[4][3] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
  for (int i = 0; i < cells; ++i)
    for (int j = 0; j < cells; ++j)
      for (int k = 0; k < cells; ++k)
        for (const auto& place : places)
          for (int c = 0; c < 3; ++c)
            crystal.positions.push_back(edge * ((c == 0 ? i : c == 1 ? j : k) + place[c]));
  const double size = cells * edge;
  crystal.rows = {size, 0, 0, 0, size, 0, 0, 0, size};
  return crystal;
}

/** Atoms shaken, some an image away; crystal and box sheared where wanted. */
inline Crystal disordered(Crystal crystal, double shake, bool sheared) {
  std::mt19937 random(4);
  std::normal_distribution<double> move(0, shake);
  for (double& x : crystal.positions) x += move(random);
  for (std::size_t i = 0; i < crystal.positions.size(); ++i)
    if (i / 3 % 3 == 0) crystal.positions[i] += crystal.rows[3 * (i % 3) + i % 3];
  if (!sheared) return crystal;
  for (Numbers* vectors : {&crystal.positions, &crystal.rows})
    for (std::size_t i = 0; i < vectors->size(); i += 3) {
      double* v = vectors->data() + i;
      v[0] += 0.2 * v[1] - 0.15 * v[2];
      v[1] = 1.05 * v[1] + 0.1 * v[2];
    }
  return crystal;
}

/** Every so many atoms' derivatives, and those by the box, of each line against central differences. */
inline void compareWithDifferences(const Lines& lines, const Crystal& crystal, double tolerance,
                                   std::size_t every = 5) {
  constexpr double h = 1e-6;
  const Numbers &at = crystal.positions, &rows = crystal.rows;
  Descriptors descriptors(lines, at.size() / 3, true);
  const auto slopes = [&](const Numbers& up, const Numbers& upRows, const Numbers& down,
                          const Numbers& downRows) {
    Numbers above = evaluate(descriptors, up, boxOf(upRows));
    const Numbers below = evaluate(descriptors, down, boxOf(downRows));
    for (std::size_t d = 0; d < above.size(); ++d) above[d] = (above[d] - below[d]) / (2 * h);
    return above;
  };
  std::vector<Derivatives> exact;
  for (std::size_t d = 0; d < lines.size(); ++d)
    exact.push_back(derivatives(descriptors, d, at, boxOf(rows)));
  for (std::size_t i = 0; i < at.size(); i += every) {
    Numbers up = at, down = at;
    up[i] += h;
    down[i] -= h;
    const Numbers found = slopes(up, rows, down, rows);
    for (std::size_t d = 0; d < lines.size(); ++d)
      CHECK_MESSAGE(exact[d].positions[i] == near(found[d], tolerance), lines[d]);
  }
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      const Numbers found = slopes(strained(at, a, b, h), strained(rows, a, b, h), strained(at, a, b, -h),
                                   strained(rows, a, b, -h));
      for (std::size_t d = 0; d < lines.size(); ++d)
        CHECK_MESSAGE(exact[d].box[3 * a + b] == near(-found[d], tolerance), lines[d]);
    }
}
