#include "limits.h"

#include <cstring>

// Compiled for the processor at hand, see CMakeLists.txt.
namespace bench {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t vectorBytes = 64;
#elif defined(__AVX__)
constexpr std::size_t vectorBytes = 32;
#else
constexpr std::size_t vectorBytes = 16;
#endif

template <typename T>
struct VectorOf;
template <>
struct VectorOf<float> {
  typedef float type __attribute__((vector_size(vectorBytes)));
};
template <>
struct VectorOf<double> {
  typedef double type __attribute__((vector_size(vectorBytes)));
};

/** Keeps the compiler from leaving out what computed `value`. */
template <typename V>
void use(V& value) {
  asm volatile("" : "+m"(value));
}

template <typename T>
std::size_t multiplyAddsOf() {
  using Vector = typename VectorOf<T>::type;
  constexpr int chains = 12, turns = 2000;  // more chains than an addition takes cycles, times two units
  Vector sums[chains] = {}, factor = Vector{} + T(0.999), term = Vector{} + T(1e-3);
  use(factor);
  use(term);
  for (int turn = 0; turn < turns; ++turn)
#pragma GCC unroll 12
    for (int c = 0; c < chains; ++c) sums[c] = sums[c] * factor + term;
  for (Vector& sum : sums) use(sum);
  return std::size_t{chains} * turns * (vectorBytes / sizeof(T));
}

using Wide = VectorOf<float>::type;
constexpr std::size_t chunk = 8;  // vectors per turn

void addChunk(const char* from, Wide* sums) {
#pragma GCC unroll 8
  for (std::size_t i = 0; i < chunk; ++i) {
    Wide value;
    std::memcpy(&value, from + i * vectorBytes, vectorBytes);
    sums[i] += value;
  }
}

}  // namespace

std::size_t multiplyAdds(bool single) { return single ? multiplyAddsOf<float>() : multiplyAddsOf<double>(); }

Streaming::Streaming(std::size_t bytes) : buffer_(bytes / sizeof(float), 1.0F) {}

void Streaming::readTwice() {
  const std::size_t step = chunk * vectorBytes, steps = buffer_.size() * sizeof(float) / step;
  const char* start = reinterpret_cast<const char*>(buffer_.data());
  Wide sums[chunk] = {};
  for (std::size_t i = 0; i < steps; ++i) addChunk(start + i * step, sums);
  for (std::size_t i = steps; i-- > 0;) addChunk(start + i * step, sums);
  for (Wide& sum : sums) use(sum);
}

}  // namespace bench
