#include "descriptors/switching_function.h"

#include <cmath>

namespace latentcv {
namespace {

// beyond it the powers cost more than they can mean
constexpr double largestPower = 1000;

bool isPower(double value) { return value == std::floor(value) && value >= 1 && value <= largestPower; }

double integerPower(double y, int exponent) {
  double result = 1;
  for (; exponent > 0; exponent >>= 1, y *= y)
    if (exponent & 1) result *= y;
  return result;
}

/** 1 + y + … + y^(terms−1) and its derivative. */
SwitchingFunction::Result geometricSum(double y, int terms) {
  double value = 0, slope = 0;
  for (int i = 0; i < terms; ++i) {
    slope = slope * y + value;
    value = value * y + 1;
  }
  return {value, slope};
}

}  // namespace

SwitchingFunction::SwitchingFunction(const DescriptorLine& line) {
  const std::vector<double>& p = line.numbers;
  const std::size_t count = p.size();
  if (line.option == "cubic" && count == 2) {
    readCubic(p);
    return;
  }
  const auto takes = [count](std::size_t least) { return count == least || count == least + 1; };
  if (line.option == "rational" && takes(4) && isPower(p[2]) && isPower(p[3]) && p[2] < p[3]) {
    form_ = Form::rational;
    nn_ = static_cast<int>(p[2]);
    mm_ = static_cast<int>(p[3]);
  } else if (line.option == "gaussian" && takes(2)) {
    form_ = Form::gaussian;
  } else if (line.option == "fermi" && takes(2) && p[1] > 0) {
    form_ = Form::fermi;
  } else {
    throw Malformed{
        "a switching function (rational R0 D0 NN MM with NN < MM, gaussian R0 D0, or fermi R0 BETA; then, if "
        "there is one, DMAX; or cubic D0 DMAX)"};
  }
  r0_ = p[0];
  (form_ == Form::fermi ? beta_ : d0_) = p[1];
  if (!(r0_ > 0) || d0_ < 0) throw Malformed{"R0 > 0 and D0 >= 0 in the switching function"};
  inverseSquare_ = 1 / (r0_ * r0_);
  evenPowers_ = form_ == Form::rational && d0_ == 0 && nn_ % 2 == 0 && mm_ == 2 * nn_;
  if (count == (form_ == Form::rational ? 5 : 3)) {
    cutoff_ = p.back();
    stretch();
  }
}

void SwitchingFunction::readCubic(const std::vector<double>& numbers) {
  form_ = Form::cubic;
  d0_ = numbers[0];
  cutoff_ = numbers[1];
  r0_ = cutoff_ - d0_;
  if (!(d0_ >= 0) || !(r0_ > 0)) throw Malformed{"0 <= D0 < DMAX in the switching function"};
}

// As PLUMED does, of which s(0) is 1 for all three forms.
void SwitchingFunction::stretch() {
  const double last = cutoff_ > 0 ? unstretched(cutoff_).value : 1;
  if (!(last < 1)) throw Malformed{"DMAX where the switching function is below 1"};
  factor_ = 1 / (1 - last);
  shift_ = -last * factor_;
}

SwitchingFunction::Result SwitchingFunction::at(double distance) const {
  if (distance > cutoff_) return {0, 0};
  const Result result = unstretched(distance);
  return {result.value * factor_ + shift_, result.slope * factor_};
}

SwitchingFunction::Result SwitchingFunction::atSquared(double squared) const {
  if (evenPowers_ && squared <= cutoff_ * cutoff_) return evenPowers(squared);
  const double distance = std::sqrt(squared);
  const Result result = at(distance);
  return {result.value, distance > 0 ? result.slope / distance : 0};
}

// Beyond R0 in its inverse, so that no power overflows.
SwitchingFunction::Result SwitchingFunction::evenPowers(double squared) const {
  const int half = nn_ / 2;
  const double z = squared * inverseSquare_, y = z <= 1 ? z : 1 / z;
  const double before = integerPower(y, half - 1), power = y * before, near = 1 / (1 + power);
  const double value = z <= 1 ? near : power * near;
  const double slope = -nn_ * inverseSquare_ * near * near * (z <= 1 ? before : power * y);
  return {value * factor_ + shift_, slope * factor_};
}

SwitchingFunction::Result SwitchingFunction::unstretched(double distance) const {
  if (form_ == Form::fermi) {
    const double z = beta_ * (distance - r0_), small = std::exp(-std::abs(z));
    const double far = small / (1 + small), near = 1 / (1 + small);  // the two add up to 1
    return {z > 0 ? far : near, -beta_ * far * near};
  }
  const double x = (distance - d0_) / r0_;
  if (x <= 0) return {1, 0};
  if (form_ == Form::rational) return rational(x);
  if (form_ == Form::cubic) return {(1 - x) * (1 - x) * (1 + 2 * x), 6 * x * (x - 1) / r0_};
  const double value = std::exp(-x * x / 2);
  return {value, -value * x / r0_};
}

// Numerator and denominator without their common root at x = 1, so that nothing cancels there; beyond it in
// 1/x, so that no power overflows.
SwitchingFunction::Result SwitchingFunction::rational(double x) const {
  const double y = x <= 1 ? x : 1 / x;
  const Result above = geometricSum(y, nn_), below = geometricSum(y, mm_);
  const double ratio = above.value / below.value;
  const double slope = (above.slope - ratio * below.slope) / below.value;
  if (x <= 1) return {ratio, slope / r0_};
  const int excess = mm_ - nn_;
  const double power = std::pow(y, excess);
  return {power * ratio, -y * (excess * power * ratio + y * power * slope) / r0_};
}

}  // namespace latentcv
