#include <algorithm>
#include <cmath>

#include "descriptors/distributions/line_options.h"
#include "descriptors/environments/environments.h"
#include "descriptors/environments/gaussian_basis.h"
#include "descriptors/kinds.h"
#include "descriptors/sequence.h"
#include "latentcv/error.h"
#include "latentcv/pi.h"

namespace latentcv {
namespace {

/** Which component of a power spectrum a line asks for. */
struct Component {
  int first, second, degree;
};

struct SoapLine {
  ExpansionSettings settings;
  bool weighted, inner;
  Component component;
};

bool isWhole(double number, double least, double most) {
  return number == std::floor(number) && number >= least && number <= most;
}

SoapLine soapOf(const DescriptorLine& line) {
  LineOptions options(
      line,
      "basis N L CUTOFF SIGMA, N from 1 to " + std::to_string(mostRadialFunctions) + ", L from 0 to " +
          std::to_string(highestExpansionDegree) +
          ", CUTOFF above 0.1 nm and SIGMA above 0, poly or uniform, outer or inner, then spectrum and two radial "
          "functions from 0 to N and a degree from 0 to L, N exclusive and the first function no more than "
          "the second for one group of neighbours");
  options.leaveSpecies();
  const std::vector<double> basis = options.take("basis", 4), component = options.take("spectrum", 3);
  const bool weighted = options.takeWord("poly"), inner = options.takeWord("inner");
  if (!weighted) options.expect(options.takeWord("uniform"));
  if (!inner) options.expect(options.takeWord("outer"));
  options.expectNoMore();
  const double last = basis[0] - 1;
  options.expect(isWhole(basis[0], 1, mostRadialFunctions) && isWhole(basis[1], 0, highestExpansionDegree) &&
                 basis[2] > shortestExpansion && basis[3] > 0);
  options.expect(isWhole(component[0], 0, last) && isWhole(component[1], 0, last) &&
                 isWhole(component[2], 0, basis[1]));
  options.expect(line.groups.size() == 3 || component[0] <= component[1]);
  return {{static_cast<int>(basis[0]), static_cast<int>(basis[1]), basis[2], basis[3]},
          weighted,
          inner,
          {static_cast<int>(component[0]), static_cast<int>(component[1]), static_cast<int>(component[2])}};
}

bool sameExpansion(const DescriptorLine& a, const DescriptorLine& b) {
  const SoapLine first = soapOf(a), second = soapOf(b);
  return a.atoms() == b.atoms() && first.settings == second.settings && first.weighted == second.weighted &&
         first.inner == second.inner;
}

/** Beyond it a neighbour has no part. Where nothing weighs it down, its Gaussian is 0.001 that far from the cutoff, as DScribe has it. */
double reachOf(const SoapLine& line) {
  return line.weighted ? line.settings.cutoff
                       : line.settings.cutoff + line.settings.sigma * std::sqrt(-2 * std::log(1e-3));
}

/** The neighbours of one group, and what all centres' densities of them are in the basis. */
struct Species {
  AtomIndices group;
  Environments environments;
  Buffer<double> radial, slopes;
  std::vector<double> rows;  // [centres, components, functions], or of the mean alone
  mutable std::vector<double> byRow;
};

/** The spectra of two species, of one with itself mostly. */
struct SpeciesPair {
  std::size_t first, second;
  std::vector<double> sums;  // [degrees, functions, functions]
  mutable std::vector<double> weights;
};

struct Wanted {
  std::size_t pair, place;  // in its sums
};

/**
 * Power spectra π √(8/(2 l + 1)) Σ_m c_nlm c'_n'lm of the densities of neighbours around centres (Bartók, Kondor & Csányi 2013,
 * doi:10.1103/PhysRevB.87.184115), their mean over the centres, or those of the mean density.
 */
class Soap : public DescriptorBlock {
 public:
  explicit Soap(const std::vector<DescriptorLine>& lines)
      : line_(soapOf(lines.front())),
        basis_(line_.settings),
        functions_(static_cast<std::size_t>(line_.settings.functions)),
        degrees_(static_cast<std::size_t>(line_.settings.degree) + 1),
        centres_(lines.front().atoms()) {
    for (const DescriptorLine& line : lines) add(line);
  }

  std::size_t count() const override { return wanted_.size(); }

  void evaluate(const double* positions, const Box& box, double* values) override {
    for (Species& species : species_) species.environments.update(positions, box);
    expectFew();
    for (Species& species : species_) expand(species);
    for (SpeciesPair& pair : pairs_) multiply(pair);
    for (const Wanted& wanted : wanted_)
      *values++ = wanted.pair == none ? 0 : pairs_[wanted.pair].sums[wanted.place];
  }

  void pullBack(const double* weights, double* gradient, double* boxGradient) const override {
    for (const SpeciesPair& pair : pairs_) std::fill(pair.weights.begin(), pair.weights.end(), 0.0);
    for (const Wanted& wanted : wanted_) {
      if (wanted.pair != none) pairs_[wanted.pair].weights[wanted.place] += *weights;
      ++weights;
    }
    for (const SpeciesPair& pair : pairs_) scale(pair.weights);
    for (const Species& species : species_) pullSpecies(species, gradient, boxGradient);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void add(const DescriptorLine& line) {
    const Component component = soapOf(line).component;
    const std::size_t place = (static_cast<std::size_t>(component.degree) * functions_ +
                               static_cast<std::size_t>(component.first)) *
                                  functions_ +
                              static_cast<std::size_t>(component.second);
    const AtomIndices &first = line.groups[line.groups.size() > 1 ? 1 : 0], &second = line.groups.back();
    // of what is not there, no density is left
    if (centres_.empty() || first.empty() || second.empty()) return wanted_.push_back({none, 0});
    wanted_.push_back({pairOf(speciesOf(first, line.kind), speciesOf(second, line.kind)), place});
  }

  std::size_t speciesOf(const AtomIndices& group, const std::string& kind) {
    for (std::size_t s = 0; s < species_.size(); ++s)
      if (species_[s].group == group) return s;
    const std::string name = line_.weighted ? kind : kind + " (its cutoff and 3.72 sigma)";
    species_.push_back(
        {group, Environments(centres_, group, reachOf(line_), name, angstromsInNanometre), {}, {}, {}, {}});
    return species_.size() - 1;
  }

  std::size_t pairOf(std::size_t first, std::size_t second) {
    for (std::size_t p = 0; p < pairs_.size(); ++p)
      if (pairs_[p].first == first && pairs_[p].second == second) return p;
    const std::size_t size = degrees_ * functions_ * functions_;
    pairs_.push_back({first, second, std::vector<double>(size), std::vector<double>(size)});
    return pairs_.size() - 1;
  }

  std::size_t rows() const { return line_.inner ? 1 : centres_.size(); }
  double share() const { return 1 / static_cast<double>(centres_.size()); }

  void expand(Species& species) {
    Environments& environments = species.environments;
    if (line_.weighted) weigh(environments);
    makeRoom(species);
    std::fill(species.rows.begin(), species.rows.end(), 0.0);
    for (std::size_t i = 0; i < centres_.size(); ++i) {
      double* row = species.rows.data() + (line_.inner ? 0 : i * basis_.rowSize());
      const std::size_t at = environments.at(i) * degrees_ * functions_;
      environmentKernels().expand(environments.of(i), basis_.view(), species.radial.data() + at,
                                  species.slopes.data() + at, harmonics_.data(), row);
      if (environments.holds(i))
        for (std::size_t n = 0; n < functions_; ++n) row[n] += basis_.atOrigin()[n];
    }
    if (!line_.inner) return;
    for (double& each : species.rows) each *= share();
  }

  /** 1 − 3 x² + 2 x³ of the distance over the cutoff: flat where it starts and where it ends. */
  void weigh(Environments& environments) const {
    const double cutoff = angstromsInNanometre * line_.settings.cutoff;
    for (std::size_t i = 0; i < centres_.size(); ++i)
      for (std::size_t p = environments.at(i); p < environments.at(i) + environments.count(i); ++p) {
        const double x = std::sqrt(environments.squares()[p]) / cutoff;
        environments.weights()[p] = 1 + x * x * (2 * x - 3);
        environments.slopes()[p] = 3 * (x - 1) / (cutoff * cutoff);
      }
  }

  void makeRoom(Species& species) {
    const std::size_t count = species.environments.room(), each = degrees_ * functions_,
                      rowSize = basis_.rowSize();
    if (species.rows.empty()) {
      species.rows.resize(rows() * rowSize);
      species.byRow.resize(species.rows.size());
    }
    std::size_t most = 0;
    for (std::size_t i = 0; i < centres_.size(); ++i) most = std::max(most, species.environments.of(i).count);
    const auto grow = [](Buffer<double>& buffer, std::size_t size) {
      if (buffer.size() < size) buffer.resize(padded<double>(size + size / 4));
    };
    grow(species.radial, count * each);
    grow(species.slopes, count * each);
    grow(harmonics_, most * degrees_ * degrees_);
  }

  /** Of all species together: a short file can ask for very many. */
  void expectFew() const {
    constexpr std::size_t most = std::size_t{1} << 26;
    double numbers = static_cast<double>(species_.size()) * static_cast<double>(rows() * basis_.rowSize());
    for (const Species& species : species_)
      numbers += static_cast<double>(species.environments.room() * degrees_ * functions_);
    if (numbers <= static_cast<double>(most)) return;
    throw Error(ErrorCode::badData,
                "expected at most " + std::to_string(most) +
                    " numbers of neighbours and atoms for soap but there are more: take fewer functions or "
                    "degrees, or a smaller cutoff");
  }

  static double factorOf(std::size_t degree) {
    return pi * std::sqrt(8 / (2 * static_cast<double>(degree) + 1));
  }

  void multiply(SpeciesPair& pair) const {
    std::fill(pair.sums.begin(), pair.sums.end(), 0.0);
    const double *a = species_[pair.first].rows.data(), *b = species_[pair.second].rows.data();
    for (std::size_t row = 0; row < rows(); ++row)
      for (std::size_t l = 0; l < degrees_; ++l)
        for (std::size_t m = 0; m < 2 * l + 1; ++m, a += functions_, b += functions_)
          for (std::size_t n = 0; n < functions_; ++n) {
            double* sums = pair.sums.data() + (l * functions_ + n) * functions_;
            for (std::size_t k = 0; k < functions_; ++k) sums[k] += a[n] * b[k];
          }
    scale(pair.sums);
  }

  /** By the factors of the degrees, and the number of spectra that are averaged. */
  void scale(std::vector<double>& spectra) const {
    double* each = spectra.data();
    for (std::size_t l = 0; l < degrees_; ++l)
      for (std::size_t n = 0; n < functions_ * functions_; ++n)
        *each++ *= factorOf(l) / static_cast<double>(rows());
  }

  /** Adds the derivatives by the rows of a pair's first species, or of its second. */
  void addByRows(const SpeciesPair& pair, bool second, std::vector<double>& byRow) const {
    const double* other = species_[second ? pair.first : pair.second].rows.data();
    double* to = byRow.data();
    for (std::size_t row = 0; row < rows(); ++row)
      for (std::size_t l = 0; l < degrees_; ++l)
        for (std::size_t m = 0; m < 2 * l + 1; ++m, to += functions_, other += functions_) {
          const double* weights = pair.weights.data() + l * functions_ * functions_;
          for (std::size_t n = 0; n < functions_; ++n)
            for (std::size_t k = 0; k < functions_; ++k, ++weights)
              second ? to[k] += *weights * other[n] : to[n] += *weights * other[k];
        }
  }

  void pullSpecies(const Species& species, double* gradient, double* boxGradient) const {
    const std::size_t which = static_cast<std::size_t>(&species - species_.data());
    std::fill(species.byRow.begin(), species.byRow.end(), 0.0);
    for (const SpeciesPair& pair : pairs_) {
      if (pair.first == which) addByRows(pair, false, species.byRow);
      if (pair.second == which) addByRows(pair, true, species.byRow);
    }
    if (line_.inner)
      for (double& each : species.byRow) each *= share();
    const Environments& environments = species.environments;
    const Planes all = environments.derivatives();
    for (std::size_t i = 0; i < centres_.size(); ++i) {
      const std::size_t at = environments.at(i), there = at * degrees_ * functions_;
      environmentKernels().pullExpansion(environments.of(i), basis_.view(), species.radial.data() + there,
                                         species.slopes.data() + there,
                                         species.byRow.data() + (line_.inner ? 0 : i * basis_.rowSize()),
                                         {all.x + at, all.y + at, all.z + at});
    }
    environments.pullBack(gradient, boxGradient);
  }

  SoapLine line_;
  GaussianBasis basis_;
  std::size_t functions_, degrees_;
  AtomIndices centres_;
  std::vector<Species> species_;
  std::vector<SpeciesPair> pairs_;
  std::vector<Wanted> wanted_;
  Buffer<double> harmonics_;
};

}  // namespace

void expectSoap(const DescriptorLine& line) { expectToldApart(soapOf(line).settings); }

std::unique_ptr<DescriptorBlock> makeSoaps(const std::vector<DescriptorLine>& lines) {
  return makeBlocks(lines, sameExpansion,
                    [](const std::vector<DescriptorLine>& alike) { return std::make_unique<Soap>(alike); });
}

}  // namespace latentcv
