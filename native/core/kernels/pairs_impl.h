// Difference vectors of many pairs at once, see kernels_impl.h. No include guard on purpose.
#include "kernels/functions_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

using Doubles = Vector<double>;
constexpr std::size_t pairLanes = lanesOf<double>;

// Runs start anywhere.
typedef double UnalignedDoubles __attribute__((vector_size(VECTOR_BYTES), aligned(8), may_alias));

inline Doubles loadAnywhere(const double* from) { return *reinterpret_cast<const UnalignedDoubles*>(from); }
inline void storeAnywhere(double* to, Doubles value) { *reinterpret_cast<UnalignedDoubles*>(to) = value; }

inline Doubles nearest(Doubles x) {
  const Doubles rounder = Doubles{} + ExponentialConstants<double>::rounder;
  return (x + rounder) - rounder;
}

inline void subtractPair(const PairRun& run, Planes positions, Planes differences) {
  differences.x[run.start] = positions.x[run.second] - positions.x[run.first];
  differences.y[run.start] = positions.y[run.second] - positions.y[run.first];
  differences.z[run.start] = positions.z[run.second] - positions.z[run.first];
}

// Past the end of a run stands what the next run overwrites. Of one pair alone,
// whole vectors would cost more.
void subtract(const PairRun* runs, std::size_t runCount, Planes positions, Planes differences) {
  for (const PairRun* run = runs; run != runs + runCount; ++run) {
    if (run->count == 1) {
      subtractPair(*run, positions, differences);
      continue;
    }
    const Doubles x = Doubles{} + positions.x[run->first], y = Doubles{} + positions.y[run->first],
                  z = Doubles{} + positions.z[run->first];
    for (std::size_t i = 0; i < run->count; i += pairLanes) {
      storeAnywhere(differences.x + run->start + i, loadAnywhere(positions.x + run->second + i) - x);
      storeAnywhere(differences.y + run->start + i, loadAnywhere(positions.y + run->second + i) - y);
      storeAnywhere(differences.z + run->start + i, loadAnywhere(positions.z + run->second + i) - z);
    }
  }
}

void wrapPlane(double edge, double inverse, std::size_t count, double* plane) {
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const Doubles d = load(plane + p);
    store(plane + p, d - edge * nearest(d * inverse));
  }
}

// The shortest of d and its images by one step along each vector of the reduced basis.
void chooseNeighbours(const double* neighbours, Doubles* d) {
  const Doubles x = d[0], y = d[1], z = d[2];
  Doubles shortest = x * x + y * y + z * z;
  for (const double* shift = neighbours; shift != neighbours + 3 * 26; shift += 3) {
    const Doubles a = x + shift[0], b = y + shift[1], c = z + shift[2], squared = a * a + b * b + c * c;
    const auto shorter = squared < shortest;
    d[0] = shorter ? a : d[0];
    d[1] = shorter ? b : d[1];
    d[2] = shorter ? c : d[2];
    shortest = shorter ? squared : shortest;
  }
}

bool anyAbove(Doubles values, double bound) {
  bool any = false;
  for (std::size_t lane = 0; lane < pairLanes; ++lane) any |= values[lane] > bound;
  return any;
}

void wrapTriclinic(const LatticeView& lattice, std::size_t count, Planes differences) {
  for (std::size_t p = 0; p < count; p += pairLanes) {
    Doubles d[3] = {load(differences.x + p), load(differences.y + p), load(differences.z + p)};
    for (int i = 0; i < 3; ++i) {
      const double *inverse = lattice.inverse + 3 * i, *basis = lattice.basis + 3 * i;
      const Doubles steps = nearest(d[0] * inverse[0] + d[1] * inverse[1] + d[2] * inverse[2]);
      for (int c = 0; c < 3; ++c) d[c] -= steps * basis[c];
    }
    if (anyAbove(d[0] * d[0] + d[1] * d[1] + d[2] * d[2], lattice.safeSquared))
      chooseNeighbours(lattice.neighbours, d);
    store(differences.x + p, d[0]);
    store(differences.y + p, d[1]);
    store(differences.z + p, d[2]);
  }
}

void wrap(LatticeView lattice, std::size_t count, Planes differences) {
  if (lattice.kind == LatticeView::Kind::orthorhombic) {
    wrapPlane(lattice.basis[0], lattice.inverse[0], count, differences.x);
    wrapPlane(lattice.basis[4], lattice.inverse[4], count, differences.y);
    wrapPlane(lattice.basis[8], lattice.inverse[8], count, differences.z);
  } else if (lattice.kind == LatticeView::Kind::triclinic) {
    wrapTriclinic(lattice, count, differences);
  }
}

void measure(std::size_t count, Planes differences, double* lengths, double* inverses) {
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const Doubles x = load(differences.x + p), y = load(differences.y + p), z = load(differences.z + p),
                  length = squareRoot(x * x + y * y + z * z);
    store(lengths + p, length);
    store(inverses + p, length > 0 ? 1 / length : Doubles{});
  }
}

double squaredMove(const LatticeView& lattice, const double* before, const double* now) {
  double d[3] = {now[0] - before[0], now[1] - before[1], now[2] - before[2]};
  for (int i = 0; i < 3 && lattice.kind != LatticeView::Kind::none; ++i) {
    const double *inverse = lattice.inverse + 3 * i, *basis = lattice.basis + 3 * i;
    constexpr double rounder = ExponentialConstants<double>::rounder;
    const double steps = (d[0] * inverse[0] + d[1] * inverse[1] + d[2] * inverse[2] + rounder) - rounder;
    for (int c = 0; c < 3; ++c) d[c] -= steps * basis[c];
  }
  return d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
}

inline Doubles largerOf(Doubles a, Doubles b) { return a > b ? a : b; }

// All bits where a point's x stands.
const long long everyThird[pairPadding + 2] = {-1, 0, 0, -1, 0, 0, -1, 0, 0, -1};

// As many points as a vector has lanes: their coordinates in three vectors, each with its two neighbours, of
// which what starts at an x is a point's square. The x and y of the point behind the last are read. `unknown` is NaN
// once a coordinate was not finite, which comparisons forget.
inline void squaredMoves(const double* before, const double* now, Doubles* largest, Doubles* unknown) {
  for (std::size_t start = 0; start < 3 * pairLanes; start += pairLanes) {
    Doubles square{};
    for (std::size_t i = start; i < start + 3; ++i) {
      const Doubles d = loadAnywhere(now + i) - loadAnywhere(before + i);
      square += d * d;
    }
    const Doubles mask = loadAnywhere(reinterpret_cast<const double*>(everyThird + start % 3));
    *largest = largerOf(*largest, (Doubles)((Bits<double>)square & (Bits<double>)mask));
    *unknown += 0.0 * square;
  }
}

// Whether no coordinate [count] went so far; false where one is not finite.
bool allWithin(const double* before, const double* now, std::size_t count, double squared) {
  Bits<double> within = Doubles{} <= Doubles{};
  std::size_t i = 0;
  for (; i + pairLanes <= count; i += pairLanes) {
    const Doubles d = loadAnywhere(now + i) - loadAnywhere(before + i);
    within &= d * d <= Doubles{} + squared;
  }
  bool all = true;
  for (; i < count; ++i) all &= (now[i] - before[i]) * (now[i] - before[i]) <= squared;
  for (std::size_t lane = 0; lane < pairLanes; ++lane) all &= within[lane] != 0;
  return all;
}

double largestOfFew(const LatticeView& lattice, std::size_t count, bool readable, const double* before,
                    const double* now, double limit) {
  Doubles lanes{}, unknown{};
  std::size_t i = 0;
  for (; i + pairLanes + (readable ? 0 : 1) <= count; i += pairLanes)
    squaredMoves(before + 3 * i, now + 3 * i, &lanes, &unknown);
  double largest = 0, sum = 0;
  for (std::size_t lane = 0; lane < pairLanes; ++lane) {
    largest = largest > lanes[lane] ? largest : lanes[lane];
    sum += unknown[lane];
  }
  if (!(largest <= limit) || sum != 0) {
    i = 0;
    largest = 0;
  }
  for (; i < count; ++i) {
    const double square = squaredMove(lattice, before + 3 * i, now + 3 * i);
    if (!(square <= largest)) largest = square;
    if (largest != largest) break;
  }
  return largest;
}

// A few points at a time: first whether any coordinate went far, then how far each point did, and only then in
// which image.
double largestMove(LatticeView lattice, std::size_t count, const double* before, const double* now,
                   double enough, double limit) {
  constexpr std::size_t few = 64;
  double largest = enough;
  for (std::size_t start = 0; start < count; start += few) {
    const std::size_t left = count - start, these = left < few ? left : few;
    const double *from = before + 3 * start, *to = now + 3 * start;
    if (allWithin(from, to, 3 * these, enough / 3)) continue;
    const double here = largestOfFew(lattice, these, left > few, from, to, limit);
    if (here != here) return here;
    largest = largest > here ? largest : here;
  }
  return largest;
}

double sumOfLanes(Doubles values) {
  double sum = 0;
  for (std::size_t lane = 0; lane < pairLanes; ++lane) sum += values[lane];
  return sum;
}

void scale(std::size_t count, const double* scales, Planes differences, Planes along, double* products) {
  Doubles sums[6] = {};
  for (std::size_t p = 0; p < count; p += pairLanes) {
    const Doubles factor = load(scales + p), x = load(differences.x + p), y = load(differences.y + p),
                  z = load(differences.z + p), alongX = factor * x, alongY = factor * y, alongZ = factor * z;
    store(along.x + p, alongX);
    store(along.y + p, alongY);
    store(along.z + p, alongZ);
    sums[0] += alongX * x;
    sums[1] += alongX * y;
    sums[2] += alongX * z;
    sums[3] += alongY * y;
    sums[4] += alongY * z;
    sums[5] += alongZ * z;
  }
  for (int i = 0; i < 6; ++i) products[i] = sumOfLanes(sums[i]);
}

// All bits in the first lanes, none in the rest, when read from the right place on.
const long long firstLanes[2 * pairPadding] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};

inline Doubles onlyFirst(Doubles values, std::size_t count) {
  if (count >= pairLanes) return values;
  const Doubles mask = loadAnywhere(reinterpret_cast<const double*>(firstLanes + pairPadding - count));
  return (Doubles)((Bits<double>)values & (Bits<double>)mask);
}

inline void scatterRun(const PairRun& run, const double* along, double* gradient) {
  if (run.count == 1) {
    gradient[run.second] += along[run.start];
    gradient[run.first] -= along[run.start];
    return;
  }
  Doubles sum{};
  for (std::size_t i = 0; i < run.count; i += pairLanes) {
    const Doubles part = onlyFirst(loadAnywhere(along + run.start + i), run.count - i);
    double* to = gradient + run.second + i;
    storeAnywhere(to, loadAnywhere(to) + part);
    sum += part;
  }
  gradient[run.first] -= sumOfLanes(sum);
}

void scatter(const PairRun* runs, std::size_t runCount, Planes along, Planes gradient) {
  for (const PairRun* run = runs; run != runs + runCount; ++run) {
    scatterRun(*run, along.x, gradient.x);
    scatterRun(*run, along.y, gradient.y);
    scatterRun(*run, along.z, gradient.z);
  }
}

}  // namespace

const PairKernels& pairKernelSet() {
  static const PairKernels set = {subtract, wrap, measure, scale, largestMove, scatter};
  return set;
}

}  // namespace KERNEL_SET
}  // namespace latentcv
