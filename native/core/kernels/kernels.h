#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace latentcv {

/**
 * Every buffer starts on a cache line and is padded with zeros to whole ones, so that no kernel has a tail.
 */
constexpr std::size_t cacheLineBytes = 64;

/** Elements of T that `count` takes with its padding. */
template <typename T>
constexpr std::size_t padded(std::size_t count) {
  constexpr std::size_t line = cacheLineBytes / sizeof(T);
  return (count + line - 1) / line * line;
}

template <typename T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <typename U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(cacheLineBytes)));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, std::align_val_t(cacheLineBytes)); }
  bool operator==(const CacheLineAllocator&) const { return true; }
  bool operator!=(const CacheLineAllocator&) const { return false; }
};

template <typename T>
using Buffer = std::vector<T, CacheLineAllocator<T>>;

/**
 * A matrix [rows, columns] stored once and read in order by both products: blocks of a few rows, in each
 * block chunks of one vector register's width, in each chunk the rows. Padded with zeros. A large matrix in
 * double whose elements are numbers of single precision, as those of a model file are, is kept in `halves`
 * instead: nothing is lost, and half as much streams through the caches.
 */
template <typename T>
struct BlockedMatrix {
  std::size_t rowBlocks = 0, chunks = 0;
  Buffer<T> elements;
  Buffer<float> halves;
};

/** The same without its owner. Kernels call nothing of the standard library, see avx2.cpp. */
template <typename T>
struct BlockedView {
  std::size_t rowBlocks, chunks;
  const T* elements;
  const float* halves;  // null where the matrix is in `elements`
};

template <typename T>
BlockedView<T> view(const BlockedMatrix<T>& matrix) {
  return {matrix.rowBlocks, matrix.chunks, matrix.elements.data(),
          matrix.halves.empty() ? nullptr : matrix.halves.data()};
}

/** y [n] and dy/dx [n] at x [n], with the parameters that ONNX names so. */
template <typename T>
using ElementwiseFunction = void (*)(const T* x, T* y, T* d, std::size_t n, T alpha, T gamma);

/** One that works on whole vectors: x, y and d are padded; the padding of y and d is left zero. */
template <typename T>
struct VectorFunction {
  const char* name;  // the ONNX operator's
  ElementwiseFunction<T> function;
};

/** The products with a matrix, and functions, compiled once for each vector width that processors have. */
template <typename T>
struct Kernels {
  const char* name;
  std::size_t lanes;      // elements per vector register
  std::size_t blockRows;  // rows per block

  /** y [rows] = matrix · x [columns] + bias [rows]. */
  void (*multiply)(BlockedView<T> matrix, const T* bias, const T* x, T* y);

  /** out [count, columns] += g [count, rows] · matrix, rows of g and out `gStride` and `outStride` apart. */
  void (*addTransposed)(BlockedView<T> matrix, std::size_t count, const T* g, std::size_t gStride, T* out,
                        std::size_t outStride);

  /** out [count, n] += g [count, n] ∘ factors [n], all padded, rows of g and out `stride` apart. */
  void (*addProducts)(std::size_t count, std::size_t n, const T* factors, const T* g, T* out,
                      std::size_t stride);

  const VectorFunction<T>* functions;
  std::size_t functionCount;
};

/** The widest kernels that this processor runs. */
template <typename T>
const Kernels<T>& kernels();

/** Whether a matrix of so many elements is worth its conversion when it is kept at half width. */
constexpr bool large(std::size_t elements) { return elements >= std::size_t{1} << 15; }

/** Whether every number is one of single precision. */
bool inSinglePrecision(const std::vector<double>& numbers);

/** Packs a row-major [rows, columns] matrix. */
template <typename T>
BlockedMatrix<T> pack(const Kernels<T>& set, const std::vector<double>& matrix, std::size_t rows,
                      std::size_t columns);

}  // namespace latentcv
