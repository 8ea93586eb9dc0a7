#include "descriptors/distributions/line_options.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latentcv {

LineOptions::LineOptions(const DescriptorLine& line, std::string expected) : expected_(std::move(expected)) {
  if (!line.option.empty()) left_.push_back({line.option, line.numbers});
  left_.insert(left_.end(), line.more.begin(), line.more.end());
}

std::vector<double> LineOptions::take(const std::string& word, std::size_t count) {
  std::vector<double> numbers = takeIfThere(word, count);
  expect(!numbers.empty());
  return numbers;
}

std::vector<double> LineOptions::takeIfThere(const std::string& word, std::size_t count) {
  const auto found =
      std::find_if(left_.begin(), left_.end(), [&](const LineOption& each) { return each.word == word; });
  if (found == left_.end()) return {};
  std::vector<double> numbers = found->numbers;
  left_.erase(found);
  expect(numbers.size() == count);
  return numbers;
}

std::vector<std::vector<double>> LineOptions::takeAll(const std::string& word) {
  std::vector<std::vector<double>> all;
  for (const LineOption& each : left_)
    if (each.word == word) all.push_back(each.numbers);
  left_.erase(
      std::remove_if(left_.begin(), left_.end(), [&](const LineOption& each) { return each.word == word; }),
      left_.end());
  return all;
}

bool LineOptions::takeWord(const std::string& word) {
  const auto found = std::find_if(left_.begin(), left_.end(), [&](const LineOption& each) {
    return each.word == word && each.numbers.empty();
  });
  if (found == left_.end()) return false;
  left_.erase(found);
  return true;
}

void LineOptions::leaveSpecies() {
  const std::vector<std::vector<double>> species = takeAll("species");
  expect(species.size() <= 1);
  for (const std::vector<double>& numbers : species)
    expect(!numbers.empty() && numbers.size() <= 3 &&
           std::all_of(numbers.begin(), numbers.end(), [](double number) {
             return number == std::floor(number) && number >= 1 && number <= 118;
           }));
}

void LineOptions::leaveFirst() {
  expect(!left_.empty());
  left_.erase(left_.begin());
}

void LineOptions::leaveStatistic() {
  const auto found = std::find_if(left_.begin(), left_.end(), [](const LineOption& each) {
    return each.word == "mean" || each.word == "moment" || each.word == "bin" || each.word == "above";
  });
  expect(found != left_.end());
  left_.erase(found);
}

void LineOptions::expectNoMore() const { expect(left_.empty()); }

void LineOptions::expect(bool holds) const {
  if (!holds) throw Malformed{expected_};
}

}  // namespace latentcv
