// Coordinations of which far atoms are left out, as a PLUMED action may do that does not request them at every step.
#include "descriptors/near/near_atoms.h"

#include <cstring>

#include "latentcv/look_stride.h"
#include "water.h"

namespace {

constexpr std::size_t waters = 500;

// two atoms and two centres among 496 oxygens, which come and go; some of these within themselves; and what needs its atoms
// wherever they are
const Lines points = {"centre 0 1 2 3", "centre 5 6 weights 16 1"};
const Lines lines = {"coordination 0 500 /" + atomsFrom(4, waters) + " rational 0.35 0 6 12 0.8",
                     "distance 0 499",
                     "coordination 501 /" + atomsFrom(4, waters) + " rational 0.3 0.05 6 10 0.7",
                     "coordination 1 /" + atomsFrom(0, waters) + " gaussian 0.3 0 0.6",
                     "contact 2 3 gaussian 0.3 0",
                     "coordination" + atomsFrom(100, 125) + " fermi 0.35 20 0.6"};

const Numbers cubic = {3.6, 0, 0, 0, 3.7, 0, 0, 0, 3.8}, skewed = {3.8, 0, 0, 1.6, 3.6, 0, -1.4, 1.3, 3.5};

/** The first ten together, as a molecule: a group whose atoms are half a box apart has no one centre. */
Walkers walkersIn(const Numbers& rows, unsigned seed) {
  Walkers walkers(waters, rows, 3.6, seed);
  for (std::size_t i = 0; i < 30; ++i) walkers.positions()[i] = 1 + 0.1 * walkers.positions()[i];
  return walkers;
}

Numbers of(const std::vector<std::size_t>& atoms, const Numbers& at) {
  Numbers some;
  for (std::size_t atom : atoms)
    some.insert(some.end(), at.begin() + static_cast<std::ptrdiff_t>(3 * atom),
                at.begin() + static_cast<std::ptrdiff_t>(3 * atom + 3));
  return some;
}

Numbers pulledBack(const Descriptors& descriptors, std::size_t atoms) {
  Numbers weights, gradient(3 * atoms + 9, 99);
  for (std::size_t i = 0; i < descriptors.count(); ++i) weights.push_back(1 + 0.5 * static_cast<double>(i));
  descriptors.pullBack(weights.data(), gradient.data(), gradient.data() + 3 * atoms);
  return gradient;
}

bool same(const Numbers& a, const Numbers& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/** How a run leaves atoms out, as long as the skin lets it. */
struct Run {
  Descriptors descriptors{lines, waters, true, {}, points}, all{lines, waters, true, {}, points};
  latentcv::LookStride stride{0};
  std::size_t step = 0, looks = 0, followed = 0, different = 0, unseen = 0;
  double mostUsed = 0, atoms = 0;

  void evaluate(const Numbers& at, const Box& box) {
    const std::size_t since = step - lastLook_;
    const bool look = step == 0 || since >= static_cast<std::size_t>(stride.steps()) ||
                      (since > 1 && descriptors.skinUsed() > 0.5);
    Numbers values(lines.size());
    if (look) {
      descriptors.evaluate(at.data(), box, values.data());
      if (since > 1) mostUsed = std::max(mostUsed, descriptors.skinUsed());
      if (step > 0) stride.measured(static_cast<long long>(since), descriptors.skinUsed());
      lastLook_ = step;
      ++looks;
    } else {
      descriptors.evaluateNear(of(descriptors.near(), at).data(), box, values.data());
      unseen += descriptors.skinUsed() > 1;
      ++followed;
      atoms += static_cast<double>(descriptors.near().size());
    }
    different += !same(values, ::evaluate(all, at, box));
    if (step % 16 == 7) compareGradients(look);
    ++step;
  }

 private:
  /** To the last bit: what is added up is the same, in the same order. */
  void compareGradients(bool look) {
    const Numbers every = pulledBack(all, waters);
    const std::vector<std::size_t>& near = descriptors.near();
    if (look) {
      different += !same(every, pulledBack(descriptors, waters));
      return;
    }
    Numbers expected = of(near, every);
    expected.insert(expected.end(), every.end() - 9, every.end());
    different += !same(expected, pulledBack(descriptors, near.size()));
    // and nothing pulls at the others
    double rest = 0;
    for (double g : every) rest += std::abs(g);
    for (double g : expected) rest -= std::abs(g);
    different += std::abs(rest) > 1e-9;
  }

  std::size_t lastLook_ = 0;
};

}  // namespace

TEST_CASE(
    "what near atoms give is what all give, to the last bit, over 10^5 steps of walks in changing boxes") {
  struct Walk {
    Numbers rows;
    double breath, length;
  };
  const Walk walks[] = {
      {{}, 0, 0.001}, {cubic, 0, 0.002}, {cubic, 2e-5, 0.0015}, {skewed, 0, 0.0015}, {skewed, 2e-5, 0.002}};
  for (const Walk& walk : walks) {
    Walkers walkers = walkersIn(walk.rows, 21);
    Run run;
    run.descriptors.leaveOutFar(0);
    for (int step = 0; step < 20000; ++step) {
      // hotter and colder
      walkers.drift(walk.length * (step % 4000 < 2000 ? 1 : 0.5));
      if (walk.breath > 0) walkers.breathe(walk.breath);
      if (step % 5000 == 4999) walkers.relabelBox();
      run.evaluate(walkers.positions(), walkers.box());
    }
    CHECK(run.different == 0);
    CHECK(run.unseen == 0);
    CHECK(run.mostUsed < 0.9);
    CHECK(run.mostUsed > 0.2);
    INFO(run.looks);
    CHECK(run.looks < 20000 / 8);
    CHECK(run.atoms < 0.7 * waters * static_cast<double>(run.followed));
  }
}

TEST_CASE("atoms that anything else needs, and that centres are made of, are never left out") {
  Walkers walkers = walkersIn(cubic, 22);
  Descriptors descriptors(lines, waters, true, {}, points);
  CHECK(descriptors.mayBeFar() == waters - 7);
  descriptors.leaveOutFar(0.1);
  CHECK(descriptors.skin() == 0.1);
  for (std::size_t atom : {0, 1, 2, 3, 5, 6, 499})
    for (std::size_t c = 0; c < 3; ++c) walkers.positions()[3 * atom + c] = 0.3 * static_cast<double>(atom);
  evaluate(descriptors, walkers.positions(), walkers.box());
  const std::vector<std::size_t>& near = descriptors.near();
  for (std::size_t atom : {0, 1, 2, 3, 5, 6, 499}) CHECK(std::binary_search(near.begin(), near.end(), atom));
  CHECK(near.size() < waters / 2);
  CHECK(Descriptors({lines[1], lines[4]}, waters, true).mayBeFar() == 0);
}

TEST_CASE(
    "motion that uses up the skin is told, of whom it was, and how far: at once of what is seen, else at the next look") {
  Walkers walkers = walkersIn(cubic, 23);
  Numbers& at = walkers.positions();
  Descriptors descriptors(lines, waters, true, {}, points);
  descriptors.leaveOutFar(0.3);
  const auto look = [&] { evaluate(descriptors, at, walkers.box()); };
  const auto follow = [&] {
    Numbers values(lines.size());
    descriptors.evaluateNear(of(descriptors.near(), at).data(), walkers.box(), values.data());
  };
  look();
  CHECK(descriptors.skinUsed() == 0);
  std::size_t far = 50;
  while (std::binary_search(descriptors.near().begin(), descriptors.near().end(), far)) ++far;
  at[3 * far] += 0.1 + cubic[0];
  at[3 * far + 2] -= cubic[8];
  follow();
  CHECK(descriptors.skinUsed() == 0.5);
  look();
  CHECK(descriptors.skinUsed() == near(0.2 / 0.3, 1e-9));
  while (std::binary_search(descriptors.near().begin(), descriptors.near().end(), far)) ++far;
  at[3 * far + 1] += 0.16;
  follow();
  CHECK(descriptors.skinUsed() == 0.5);
  look();
  CHECK(descriptors.skinUsed() == near(0.32 / 0.3, 1e-9));
  CHECK(descriptors.farthestMove().atom == far);
  CHECK(descriptors.farthestMove().distance == near(0.16, 1e-9));
  // of what is seen
  at[0] += 0.2;
  follow();
  CHECK(descriptors.skinUsed() == near(0.4 / 0.3, 1e-9));
  CHECK(descriptors.farthestMove().atom == 0);
  look();
  at[3 * 499] = std::nan("");
  follow();
  CHECK(descriptors.skinUsed() > 1);
}

TEST_CASE("a box that changes uses up the skin, other vectors of its lattice do not") {
  Walkers walkers = walkersIn(skewed, 24);
  Descriptors descriptors(lines, waters, true, {}, points);
  descriptors.leaveOutFar(0.4);
  evaluate(descriptors, walkers.positions(), walkers.box());
  evaluate(descriptors, walkers.positions(), walkers.box());
  const double still = descriptors.skinUsed();
  CHECK(still < 0.05);
  walkers.relabelBox();
  evaluate(descriptors, walkers.positions(), walkers.box());
  CHECK(descriptors.skinUsed() == near(still, 1e-9));
  Numbers rows = walkers.rows();
  rows[4] *= 1.001;
  evaluate(descriptors, walkers.positions(), boxOf(rows));
  CHECK(descriptors.skinUsed() > 2 * still);
  CHECK(descriptors.skinUsed() < 0.5);
  evaluate(descriptors, walkers.positions(), Box());
  CHECK(descriptors.skinUsed() > 1);
}

TEST_CASE("descriptors take all atoms again") {
  Walkers walkers = walkersIn(cubic, 25);
  Descriptors descriptors(lines, waters, true, {}, points), all(lines, waters, true, {}, points);
  descriptors.leaveOutFar(0);
  evaluate(descriptors, walkers.positions(), walkers.box());
  descriptors.takeAll();
  for (int step = 0; step < 100; ++step) {
    walkers.step(0.01);
    CHECK(same(evaluate(descriptors, walkers.positions(), walkers.box()),
               evaluate(all, walkers.positions(), walkers.box())));
  }
  CHECK(same(pulledBack(descriptors, waters), pulledBack(all, waters)));
}
