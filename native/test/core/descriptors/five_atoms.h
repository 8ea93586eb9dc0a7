// Five atoms, boxes around them, and what every test of a descriptor asks: values, and derivatives against central
// differences.
#pragma once

#include <algorithm>

#include "latentcv/descriptors.h"
#include "testing.h"

using latentcv::Box;
using latentcv::Descriptors;

using Numbers = std::vector<double>;
using Lines = std::vector<std::string>;

// five atoms; the third is an image away from the others in the boxes below
inline const Numbers positions = {0.1,  0.2, 0.3, 0.4, -0.1, 0.25, 1.9, 1.8,
                                  -0.4, 0.3, 0.9, 1.2, -0.2, 0.55, 0.7};
inline const Numbers boxes[] = {{}, {2, 0, 0, 0, 2.2, 0, 0, 0, 2.4}, {2, 0, 0, 0.9, 1.9, 0, -0.8, 0.7, 1.8}};

// two structures to align to: the first fits all five atoms, one of them carried along without a weight
inline const Lines references = {"0 0 1 0.5 0.1 -0.2", "0 3 12 0.9 0.6 0.1", "0 1 16 0.7 -0.3 0.2",
                                 "0 2 0 -0.4 0.2 0.3", "0 4 14 0.1 0.5 0.8", "1 4 1 1.1 2.5 0.3",
                                 "1 0 1 1.4 2.1 0.2",  "1 1 2 1.6 2.6 0.7"};

inline Box boxOf(const Numbers& rows) { return rows.empty() ? Box() : Box(rows.data()); }

inline Numbers evaluate(Descriptors& descriptors, const Numbers& at, const Box& box) {
  Numbers values(descriptors.count());
  descriptors.evaluate(at.data(), box, values.data());
  return values;
}

struct Derivatives {
  Numbers positions = Numbers(15), box = Numbers(9);
};

inline Derivatives derivatives(Descriptors& descriptors, std::size_t which, const Numbers& at,
                               const Box& box) {
  evaluate(descriptors, at, box);
  Numbers weights(descriptors.count());
  weights[which] = 1;
  Derivatives result;
  result.positions.assign(at.size(), 99);
  descriptors.pullBack(weights.data(), result.positions.data(), result.box.data());
  return result;
}

/** r_b += ε · r_a for atoms and box vectors: the strain whose derivative is minus the box gradient. */
inline Numbers strained(Numbers vectors, int a, int b, double epsilon) {
  for (std::size_t i = 0; i < vectors.size(); i += 3) vectors[i + b] += epsilon * vectors[i + a];
  return vectors;
}

/** Within 1e-8 of the largest derivative, where the differences' own error is about 1e-9 of it. */
inline void compareWithDifferences(const Lines& lines, const Numbers& rows, const Lines& points = {}) {
  constexpr double h = 1e-6;
  Descriptors descriptors(lines, 5, true, references, points);
  for (std::size_t d = 0; d < lines.size(); ++d) {
    const Derivatives exact = derivatives(descriptors, d, positions, boxOf(rows));
    double largest = 1;
    for (double g : exact.positions) largest = std::max(largest, std::abs(g));
    const auto slope = [&](const Numbers& up, const Numbers& upRows, const Numbers& down,
                           const Numbers& downRows) {
      return (evaluate(descriptors, up, boxOf(upRows))[d] - evaluate(descriptors, down, boxOf(downRows))[d]) /
             (2 * h);
    };
    for (std::size_t i = 0; i < positions.size(); ++i) {
      Numbers up = positions, down = positions;
      up[i] += h;
      down[i] -= h;
      CHECK(exact.positions[i] == near(slope(up, rows, down, rows), 1e-8 * largest));
    }
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        CHECK(exact.box[3 * a + b] == near(-slope(strained(positions, a, b, h), strained(rows, a, b, h),
                                                  strained(positions, a, b, -h), strained(rows, a, b, -h)),
                                           1e-8 * largest));
  }
}

inline void expectSame(Descriptors& descriptors, const Numbers& at, const Box& box, const Numbers& expected,
                       const char* kind) {
  const Numbers values = evaluate(descriptors, at, box);
  for (std::size_t i = 0; i < values.size(); ++i) CHECK_MESSAGE(values[i] == near(expected[i], 1e-12), kind);
}

inline double valueOf(const char* line, const Numbers& at) {
  Descriptors descriptors({line}, at.size() / 3, true);
  return evaluate(descriptors, at, Box())[0];
}

inline void expectFinite(const std::string& line, const Numbers& at, double value, double largestDerivative) {
  Descriptors descriptors({line}, at.size() / 3, true);
  const Derivatives found = derivatives(descriptors, 0, at, Box());
  CHECK(evaluate(descriptors, at, Box())[0] == near(value, 1e-9));
  for (double g : found.positions) CHECK(std::abs(g) <= largestDerivative);
  for (double g : found.box) CHECK(std::abs(g) <= largestDerivative);
}

constexpr double pi = 3.14159265358979323846;
