#include "crystal.h"
#include "descriptors/line.h"
#include "descriptors/switching_function.h"

namespace {

double legendre(int l, double x) {
  double before = 1, now = x;
  for (int n = 1; n < l; ++n) {
    const double next = ((2 * n + 1) * x * now - n * before) / (n + 1);
    before = now;
    now = next;
  }
  return now;
}

struct Bond {
  latentcv::Vector3 direction;
  double weight;
};

/** √Σ w w' P_l(cos γ): the length of Σ w Y_lm by the addition theorem, without any harmonics. */
double lengthOfSum(int l, const std::vector<Bond>& bonds) {
  double sum = 0;
  for (const Bond& a : bonds)
    for (const Bond& b : bonds) {
      double cosine = 0;
      for (int c = 0; c < 3; ++c) cosine += a.direction[c] * b.direction[c];
      sum += a.weight * b.weight * legendre(l, cosine);
    }
  return std::sqrt(sum);
}

/** Each atom's bonds by all pairs of a group, weights of sum 1; which neighbour each goes to, and its weight before that. */
struct Neighbourhood {
  std::vector<Bond> bonds;
  std::vector<std::size_t> others;
  Numbers weights;
  double coordination = 0;
};

std::vector<Neighbourhood> neighbourhoods(const Crystal& crystal, const std::string& switching) {
  const std::size_t atoms = crystal.positions.size() / 3;
  const latentcv::SwitchingFunction function(latentcv::readDescriptorLine("contact 0 1 " + switching, atoms));
  const Box box = boxOf(crystal.rows);
  std::vector<Neighbourhood> all(atoms);
  for (std::size_t i = 0; i < atoms; ++i) {
    for (std::size_t j = 0; j < atoms; ++j) {
      const double *a = crystal.positions.data() + 3 * i, *b = crystal.positions.data() + 3 * j;
      const latentcv::Vector3 d = box.minimumImage({b[0] - a[0], b[1] - a[1], b[2] - a[2]});
      const double r = std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
      const double weight = i == j ? 0 : function.at(r).value;
      if (weight == 0) continue;
      all[i].bonds.push_back({{d[0] / r, d[1] / r, d[2] / r}, weight});
      all[i].others.push_back(j);
      all[i].weights.push_back(weight);
      all[i].coordination += weight;
    }
    for (Bond& bond : all[i].bonds) bond.weight /= all[i].coordination;
  }
  return all;
}

/** What an atom's own bonds and those of its neighbours are in the mean of all their vectors. */
std::vector<Bond> averagedBonds(const std::vector<Neighbourhood>& all, std::size_t atom) {
  std::vector<Bond> bonds = all[atom].bonds;
  for (std::size_t n = 0; n < all[atom].others.size(); ++n)
    for (Bond bond : all[all[atom].others[n]].bonds) {
      bond.weight *= all[atom].weights[n];
      bonds.push_back(bond);
    }
  for (Bond& bond : bonds) bond.weight /= 1 + all[atom].coordination;
  return bonds;
}

double mean(const Numbers& values) {
  double sum = 0;
  for (double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double valueIn(const Crystal& crystal, const std::string& line) {
  Descriptors descriptors({line}, crystal.positions.size() / 3, true);
  return evaluate(descriptors, crystal.positions, boxOf(crystal.rows))[0];
}

}  // namespace

TEST_CASE("steinhardt: of a perfect fcc crystal, q4 = √(7/192) and q6 = √(169/512), averaged or not") {
  const Crystal crystal = faceCentred(3, 0.54);
  // 12 neighbours, as cubic falls from 0.4 on, and the next are at 0.54
  for (const char* kind : {"steinhardt", "averaged-steinhardt"}) {
    const std::string start = std::string(kind) + " 0-107 cubic 0.4 0.5 l ";
    CHECK(valueIn(crystal, start + "4 mean") == near(std::sqrt(7.0 / 192), 1e-14));
    CHECK(valueIn(crystal, start + "6 mean") == near(std::sqrt(169.0 / 512), 1e-14));
    CHECK(valueIn(crystal, start + "6 moment 2") == near(0, 1e-25));
    CHECK(valueIn(crystal, start + "6 bin 0.5 0.6 0.001") == near(1, 1e-12));
    CHECK(valueIn(crystal, start + "5 mean") == near(0, 1e-14));
  }
}

TEST_CASE("steinhardt: values of disordered crystals are those of the addition theorem, for each l") {
  for (bool sheared : {false, true}) {
    const Crystal crystal = disordered(faceCentred(3, 0.54), 0.03, sheared);
    for (const char* switching : {"cubic 0.38 0.52", "rational 0.4 0 6 12 0.55"}) {
      const std::vector<Neighbourhood> all = neighbourhoods(crystal, switching);
      for (int l : {1, 2, 3, 4, 6, 8, 11, 12}) {
        Numbers lengths;
        for (const Neighbourhood& each : all) lengths.push_back(lengthOfSum(l, each.bonds));
        const std::string start = "steinhardt 0-107 " + std::string(switching) + " l " + std::to_string(l);
        CHECK(valueIn(crystal, start + " mean") == near(mean(lengths), 1e-12));
        const double middle = mean(lengths);
        Numbers squares;
        for (double q : lengths) squares.push_back((q - middle) * (q - middle));
        CHECK(valueIn(crystal, start + " moment 2") == near(mean(squares), 1e-12));
      }
    }
  }
}

TEST_CASE("steinhardt: averaged values are those of the addition theorem over the bonds of neighbours too") {
  const Crystal crystal = disordered(faceCentred(2, 0.54), 0.03, true);
  const std::vector<Neighbourhood> all = neighbourhoods(crystal, "cubic 0.35 0.49");
  for (int l : {3, 4, 6}) {
    Numbers lengths;
    for (std::size_t i = 0; i < all.size(); ++i) lengths.push_back(lengthOfSum(l, averagedBonds(all, i)));
    CHECK(valueIn(crystal, "averaged-steinhardt 0-31 cubic 0.35 0.49 l " + std::to_string(l) + " mean") ==
          near(mean(lengths), 1e-12));
  }
}

TEST_CASE("steinhardt: derivatives and virial against central differences, in every box") {
  const Lines lines = {
      "steinhardt 0-107 cubic 0.35 0.52 l 6 mean", "averaged-steinhardt 0-107 cubic 0.35 0.52 l 6 mean",
      "steinhardt 0-107 cubic 0.35 0.52 l 4 moment 2",
      "averaged-steinhardt 0-107 cubic 0.35 0.52 l 4 moment 3",
      "averaged-steinhardt 0-107 cubic 0.35 0.52 l 3 bin 0.1 0.3 0.02",
      "steinhardt 0-107 cubic 0.35 0.52 l 6 bin 0.35 0.4 0.025",
      // another function, and another group: blocks of their own
      "averaged-steinhardt 0-107 gaussian 0.2 0.1 0.52 l 6 mean",
      "steinhardt 0-106:2 cubic 0.35 0.55 l 1 mean", "steinhardt 0-106:2 cubic 0.35 0.55 l 12 mean"};
  for (bool sheared : {false, true})
    compareWithDifferences(lines, disordered(faceCentred(3, 0.54), 0.04, sheared), 3e-8, 17);
  // and without a box
  Crystal open = disordered(faceCentred(3, 0.54), 0.04, false);
  open.rows.clear();
  for (std::size_t i = 0; i < open.positions.size(); ++i)
    if (i / 3 % 3 == 0) open.positions[i] -= 3 * 0.54;
  compareWithDifferences({lines[0], lines[1]}, open, 3e-8, 17);
}

TEST_CASE(
    "steinhardt: what has no value is an error, two atoms in one place have no derivative that is not finite") {
  const Crystal crystal = disordered(faceCentred(3, 0.54), 0.03, false);
  Descriptors descriptors({"steinhardt 0-107 cubic 0.4 0.5 l 6 mean"}, 108, true);
  Numbers at = crystal.positions;
  Descriptors small({"steinhardt 0-107 cubic 0.1 0.2 l 6 mean"}, 108, true);
  CHECK_THROWS_WITH(evaluate(small, at, boxOf(crystal.rows)),
                    contains("expected of each atom in steinhardt at least one neighbour within the cutoff"));
  for (std::size_t c = 0; c < 3; ++c) at[3 + c] = at[c];
  for (double g : derivatives(descriptors, 0, at, boxOf(crystal.rows)).positions) CHECK(std::isfinite(g));
}

TEST_CASE("steinhardt: lines that are wrong are refused") {
  const auto refused = [](const std::string& line, const char* text) {
    CHECK_THROWS_WITH(Descriptors({line}, 4, true), contains(text));
  };
  refused("steinhardt 0 cubic 0.4 0.5 l 6 mean", "expected one group of at least two atoms after steinhardt");
  refused("steinhardt 0-3 l 6 mean", "expected a switching function");
  refused("steinhardt 0-3 gaussian 0.4 0 l 6 mean", "expected a switching function with a cutoff");
  refused("steinhardt 0-3 cubic 0.4 0.5 mean", "expected l and a whole number from 1 to 12");
  refused("steinhardt 0-3 cubic 0.4 0.5 l 13 mean", "expected l and a whole number from 1 to 12");
  refused("steinhardt 0-3 cubic 0.4 0.5 l 6", "expected mean, moment and an order from 2 to 8, or bin");
  refused("steinhardt 0-3 cubic 0.4 0.5 l 6 mean moment 2", "expected l and one statistic");
}
