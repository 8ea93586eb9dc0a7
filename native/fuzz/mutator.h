#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "protobuf_tree.h"

/**
 * Makes new inputs from old ones: by bytes, by lines and words of text, and by fields of protobuf messages.
 */
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  /** Learns the words, byte strings and fields of an input, which other inputs may get. */
  void learn(const std::string& input);

  /** A changed input; `other` is one to take parts from. */
  std::string mutate(const std::string& input, const std::string& other);

  /** A number from 0 to n (exclusive). */
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

 private:
  void learn(const Field& field);
  std::uint64_t number();
  const std::string& word() { return words_[below(words_.size())]; }

  std::string mutateBytes(std::string input, const std::string& other);
  void writeNumber(std::string& bytes);
  std::string mutateText(const std::string& input);
  std::string mutateFields(std::vector<Field> fields);
  void changeList(std::vector<Field>& siblings, std::size_t at);
  void changeValue(Field& field);
  void changeFloats(std::string& bytes);

  std::mt19937_64 random_;
  std::vector<std::string> words_;
  std::vector<Field> fields_;
};
