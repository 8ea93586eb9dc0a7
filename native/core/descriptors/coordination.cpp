#include "descriptors/kinds.h"
#include "descriptors/near/near_coordination.h"
#include "descriptors/pair_vectors.h"
#include "descriptors/sequence.h"
#include "descriptors/switching_function.h"

namespace latentcv {
namespace {

/** Pairs of all lines, one after the other; a contact is the coordination of one atom with one other. */
std::vector<AtomPair> allPairs(const std::vector<DescriptorLine>& lines, bool contacts) {
  if (contacts) return pairsOf(lines);
  std::vector<AtomPair> all;
  for (const DescriptorLine& line : lines) {
    const std::vector<AtomPair> pairs = line.pairs();
    all.insert(all.end(), pairs.begin(), pairs.end());
  }
  return all;
}

class Coordinations : public DescriptorBlock {
 public:
  Coordinations(const std::vector<DescriptorLine>& lines, bool contacts)
      : vectors_(allPairs(lines, contacts)), slopes_(vectors_.count()) {
    std::size_t end = 0;
    for (const DescriptorLine& line : lines) {
      end += contacts ? 1 : line.pairs().size();
      sums_.push_back({SwitchingFunction(line), end});
    }
  }

  std::size_t count() const override { return sums_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    vectors_.evaluate(positions, box);
    std::size_t p = 0;
    for (const Sum& sum : sums_) {
      double total = 0;
      for (; p < sum.end; ++p) {
        const SwitchingFunction::Result contact = sum.function.at(vectors_.lengths()[p]);
        total += contact.value;
        // as for distances: no derivative where two atoms are in one place
        slopes_[p] = contact.slope * vectors_.inverses()[p];
      }
      *values++ = total;
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    std::size_t p = 0;
    for (const Sum& sum : sums_) {
      const double weight = *weights++;
      for (; p < sum.end; ++p) vectors_.scales()[p] = weight * slopes_[p];
    }
    vectors_.pullBack(gradient, boxGradient);
  }

 private:
  struct Sum {
    SwitchingFunction function;
    std::size_t end;  // its pairs start where those of the one before end
  };
  mutable PairVectors vectors_;  // with work space for pullBack
  std::vector<Sum> sums_;
  std::vector<double> slopes_;  // ds/dr / r
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeContacts(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Coordinations>(lines, true);
}
std::unique_ptr<DescriptorBlock> makeCoordinations(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(
      lines, [](const auto& a, const auto& b) { return needsNeighbours(a) == needsNeighbours(b); },
      [](const std::vector<DescriptorLine>& alike) -> std::unique_ptr<DescriptorBlock> {
        if (needsNeighbours(alike.front())) return makeNearCoordinations(alike);
        return std::make_unique<Coordinations>(alike, false);
      });
}

}  // namespace latentcv
