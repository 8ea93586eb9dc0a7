#include <algorithm>

#include "descriptors/kinds.h"
#include "descriptors/near/near_coordination.h"
#include "descriptors/pair_vectors.h"
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

/** Blocks, one after the other. */
class Sequence : public DescriptorBlock {
 public:
  explicit Sequence(std::vector<std::unique_ptr<DescriptorBlock>> blocks) : blocks_(std::move(blocks)) {}

  std::size_t count() const override {
    std::size_t sum = 0;
    for (const auto& block : blocks_) sum += block->count();
    return sum;
  }

  void restrictTo(const NearPlaces* places) override {
    for (const auto& block : blocks_) block->restrictTo(places);
  }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (const auto& block : blocks_) {
      block->evaluate(positions, box, values);
      values += block->count();
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const auto& block : blocks_) {
      block->pullBack(weights, gradient, boxGradient);
      weights += block->count();
    }
  }

 private:
  std::vector<std::unique_ptr<DescriptorBlock>> blocks_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeContacts(const std::vector<DescriptorLine>& lines) {
  return std::make_unique<Coordinations>(lines, true);
}
std::unique_ptr<DescriptorBlock> makeCoordinations(const std::vector<DescriptorLine>& lines) {
  std::vector<std::unique_ptr<DescriptorBlock>> blocks;
  for (auto first = lines.begin(); first != lines.end();) {
    const bool near = needsNeighbours(*first);
    const auto last =
        std::find_if(first, lines.end(), [near](const auto& line) { return needsNeighbours(line) != near; });
    const std::vector<DescriptorLine> alike(first, last);
    blocks.push_back(near ? makeNearCoordinations(alike) : std::make_unique<Coordinations>(alike, false));
    first = last;
  }
  if (blocks.size() == 1) return std::move(blocks.front());
  return std::make_unique<Sequence>(std::move(blocks));
}

}  // namespace latentcv
