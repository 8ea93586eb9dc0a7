#include <algorithm>
#include <cmath>

#include "descriptors/crystals/atom_statistic.h"
#include "descriptors/crystals/harmonics.h"
#include "descriptors/kinds.h"
#include "descriptors/near/neighbour_vectors.h"
#include "descriptors/sequence.h"
#include "descriptors/switching_function.h"
#include "latentcv/error.h"

namespace latentcv {
namespace {

int degreeOf(const DescriptorLine& line) { return static_cast<int>(line.find("l")->numbers[0]); }

bool isAveraged(const DescriptorLine& line) { return line.kind == "averaged-steinhardt"; }

/** One degree l: its components stand in each atom's row from `start` on. */
struct Degree {
  HarmonicPolynomials polynomials;
  std::size_t start;
};

/** What atoms have of one degree: the length of their vector, of their own or averaged over neighbours. */
struct Order {
  std::size_t degree;
  bool averaged;
  std::vector<double> lengths;
};

struct Statistic {
  std::size_t order;
  AtomStatistic statistic;
};

/** Lines of one group and switching function. */
class Steinhardt : public DescriptorBlock {
 public:
  explicit Steinhardt(const std::vector<DescriptorLine>& lines)
      : switching_(lines.front()),
        neighbours_({lines.front().groups, switching_.cutoff()}, lines.front().kind) {
    for (const DescriptorLine& line : lines)
      statistics_.push_back({orderOf(degreeOf(line), isAveraged(line)), AtomStatistic(line)});
    stride_ = padded<double>(stride_);
    const std::size_t atoms = neighbours_.firstAtoms();
    own_.assign(atoms * stride_, 0.0);
    rows_.assign(own_.size(), 0.0);
    if (anyAveraged_) {
      averaged_.assign(own_.size(), 0.0);
      shares_.assign(own_.size(), 0.0);
    }
    for (Order& order : orders_) order.lengths.resize(atoms);
    coordinations_.resize(atoms);
    byLengths_.resize(atoms);
    byCoordinations_.resize(atoms);
  }

  std::size_t count() const override { return statistics_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    neighbours_.update(positions, box);
    weigh();
    takeOwn();
    if (anyAveraged_) average();
    for (Order& order : orders_) measure(order);
    for (const Statistic& each : statistics_) {
      const std::vector<double>& lengths = orders_[each.order].lengths;
      *values++ = each.statistic.of(lengths.data(), lengths.size());
    }
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    const Planes d = neighbours_.derivatives();
    for (double* plane : {d.x, d.y, d.z}) std::fill_n(plane, neighbours_.count() + pairPadding, 0.0);
    std::fill(byWeights_.begin(), byWeights_.end(), 0.0);
    std::fill(rows_.begin(), rows_.end(), 0.0);
    if (anyAveraged_) pullAveraged(weights);
    pullLengths(weights, false, own_, rows_);
    pullOwn();
    const Planes vectors = neighbours_.vectors();
    for (std::size_t p = 0; p < neighbours_.count(); ++p) {
      const double along = byWeights_[p] * slopes_[p];
      d.x[p] += along * vectors.x[p];
      d.y[p] += along * vectors.y[p];
      d.z[p] += along * vectors.z[p];
    }
    neighbours_.pullBack(gradient, boxGradient);
  }

 private:
  std::size_t orderOf(int degree, bool averaged) {
    std::size_t d = 0;
    while (d < degrees_.size() && degrees_[d].polynomials.view().degree != degree) ++d;
    if (d == degrees_.size()) {
      degrees_.push_back({HarmonicPolynomials(degree), stride_});
      stride_ += degrees_.back().polynomials.components();
    }
    anyAveraged_ = anyAveraged_ || averaged;
    for (std::size_t o = 0; o < orders_.size(); ++o)
      if (orders_[o].degree == d && orders_[o].averaged == averaged) return o;
    orders_.push_back({d, averaged, {}});
    return orders_.size() - 1;
  }

  WeighedPairs pairs() const {
    return {neighbours_.count(),   neighbours_.first(),   neighbours_.second(),
            neighbours_.vectors(), neighbours_.squares(), weights_.data()};
  }

  /** Weights of pairs, and how many neighbours each atom has by them. */
  void weigh() {
    const std::size_t count = neighbours_.count(), needed = padded<double>(count + pairPadding);
    if (weights_.size() < needed)
      for (Buffer<double>* each : {&weights_, &slopes_, &byWeights_}) each->assign(needed + needed / 4, 0.0);
    std::fill(coordinations_.begin(), coordinations_.end(), 0.0);
    for (std::size_t p = 0; p < count; ++p) {
      const SwitchingFunction::Result weight = switching_.atSquared(neighbours_.squares()[p]);
      weights_[p] = weight.value;
      slopes_[p] = weight.slope;
      coordinations_[neighbours_.first()[p]] += weight.value;
      coordinations_[neighbours_.second()[p]] += weight.value;
    }
    std::fill_n(weights_.begin() + static_cast<std::ptrdiff_t>(count), pairPadding, 0.0);
    expectNeighbours();
  }

  void expectNeighbours() const {
    const auto lonely =
        std::find_if(coordinations_.begin(), coordinations_.end(), [](double n) { return !(n != 0); });
    if (lonely == coordinations_.end()) return;
    throw Error(ErrorCode::badArgument,
                "expected of each atom in steinhardt at least one neighbour within the cutoff, but the " +
                    std::to_string(lonely - coordinations_.begin() + 1) +
                    ". atom of its group has none. Take a larger cutoff");
  }

  /** q_lm of each atom: the mean over its neighbours. */
  void takeOwn() {
    std::fill(own_.begin(), own_.end(), 0.0);
    for (const Degree& degree : degrees_)
      crystalKernels().addHarmonics(pairs(), degree.polynomials.view(), own_.data() + degree.start, stride_);
    for (std::size_t i = 0; i < coordinations_.size(); ++i)
      for (std::size_t k = 0; k < stride_; ++k) own_[i * stride_ + k] /= coordinations_[i];
  }

  /** The mean of an atom's own and those of its neighbours. */
  void average() {
    averaged_ = own_;
    crystalKernels().exchangeRows(pairs(), own_.data(), stride_, averaged_.data());
    for (std::size_t i = 0; i < coordinations_.size(); ++i)
      for (std::size_t k = 0; k < stride_; ++k) averaged_[i * stride_ + k] /= 1 + coordinations_[i];
  }

  void measure(Order& order) {
    const Degree& degree = degrees_[order.degree];
    const Buffer<double>& rows = order.averaged ? averaged_ : own_;
    for (std::size_t i = 0; i < order.lengths.size(); ++i) {
      const double* row = rows.data() + i * stride_ + degree.start;
      double sum = 0;
      for (std::size_t k = 0; k < degree.polynomials.components(); ++k) sum += row[k] * row[k];
      order.lengths[i] = std::sqrt(sum);
    }
  }

  /** Adds to derivatives by rows those by their lengths; where one is 0, it has none. */
  void pullLengths(const double* weights, bool averaged, const Buffer<double>& rows,
                   Buffer<double>& to) const {
    for (std::size_t o = 0; o < orders_.size(); ++o) {
      const Order& order = orders_[o];
      if (order.averaged != averaged) continue;
      std::fill(byLengths_.begin(), byLengths_.end(), 0.0);
      for (std::size_t s = 0; s < statistics_.size(); ++s)
        if (statistics_[s].order == o && weights[s] != 0)
          statistics_[s].statistic.pullBack(weights[s], order.lengths.data(), byLengths_.size(),
                                            byLengths_.data());
      const Degree& degree = degrees_[order.degree];
      for (std::size_t i = 0; i < byLengths_.size(); ++i) {
        const std::size_t start = i * stride_ + degree.start;
        const double scale = order.lengths[i] > 0 ? byLengths_[i] / order.lengths[i] : 0;
        for (std::size_t k = 0; k < degree.polynomials.components(); ++k)
          to[start + k] += scale * rows[start + k];
      }
    }
  }

  /** Divides derivatives by means of rows, to make them those by sums; and what they are by the number in the denominator. */
  void pullMeans(const Buffer<double>& rows, double more, Buffer<double>& derivatives) const {
    for (std::size_t i = 0; i < coordinations_.size(); ++i) {
      double along = 0;
      for (std::size_t k = i * stride_; k < (i + 1) * stride_; ++k) {
        derivatives[k] /= more + coordinations_[i];
        along += derivatives[k] * rows[k];
      }
      byCoordinations_[i] = -along;
    }
    for (std::size_t p = 0; p < neighbours_.count(); ++p)
      byWeights_[p] += byCoordinations_[neighbours_.first()[p]] + byCoordinations_[neighbours_.second()[p]];
  }

  void pullAveraged(const double* weights) const {
    std::fill(shares_.begin(), shares_.end(), 0.0);
    pullLengths(weights, true, averaged_, shares_);
    pullMeans(averaged_, 1, shares_);
    crystalKernels().dotRows(pairs(), shares_.data(), own_.data(), stride_, byWeights_.data());
    for (std::size_t k = 0; k < rows_.size(); ++k) rows_[k] += shares_[k];
    crystalKernels().exchangeRows(pairs(), shares_.data(), stride_, rows_.data());
  }

  void pullOwn() const {
    pullMeans(own_, 0, rows_);
    for (const Degree& degree : degrees_)
      crystalKernels().pullHarmonics(pairs(), degree.polynomials.view(), rows_.data() + degree.start, stride_,
                                     neighbours_.derivatives(), byWeights_.data());
  }

  SwitchingFunction switching_;
  NeighbourVectors neighbours_;
  std::vector<Degree> degrees_;
  std::vector<Order> orders_;
  std::vector<Statistic> statistics_;
  std::size_t stride_ = 0;  // of atoms' rows: components of all degrees
  bool anyAveraged_ = false;
  std::vector<double> coordinations_;
  Buffer<double> own_, averaged_, weights_, slopes_;
  // work space of pullBack
  mutable Buffer<double> byWeights_, rows_, shares_;
  mutable std::vector<double> byLengths_, byCoordinations_;
};

}  // namespace

std::unique_ptr<DescriptorBlock> makeSteinhardts(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(
      lines,
      [](const auto& a, const auto& b) {
        return a.groups == b.groups && a.option == b.option && a.numbers == b.numbers;
      },
      [](const std::vector<DescriptorLine>& alike) { return std::make_unique<Steinhardt>(alike); });
}

}  // namespace latentcv
