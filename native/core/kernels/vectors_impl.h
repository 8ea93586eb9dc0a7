// Vectors of one width, see kernels_impl.h. No include guard on purpose.

namespace latentcv {
namespace KERNEL_SET {
namespace {

template <typename T>
struct VectorOf;
template <>
struct VectorOf<float> {
  typedef float type __attribute__((vector_size(VECTOR_BYTES)));
  typedef int bits __attribute__((vector_size(VECTOR_BYTES)));
  typedef float half __attribute__((vector_size(VECTOR_BYTES / 2)));
};
template <>
struct VectorOf<double> {
  typedef double type __attribute__((vector_size(VECTOR_BYTES)));
  typedef long long bits __attribute__((vector_size(VECTOR_BYTES)));
  typedef double half __attribute__((vector_size(VECTOR_BYTES / 2)));
};

template <typename T>
using Vector = typename VectorOf<T>::type;
template <typename T>
using Bits = typename VectorOf<T>::bits;

template <typename T>
using HalfVector = typename VectorOf<T>::half;

template <typename T>
constexpr int lanesOf = VECTOR_BYTES / sizeof(T);

template <typename T>
inline Vector<T> load(const T* from) {
  return *reinterpret_cast<const Vector<T>*>(from);
}

template <typename T>
inline void store(T* to, Vector<T> value) {
  *reinterpret_cast<Vector<T>*>(to) = value;
}

// Weights in the element type of the product.
template <typename T>
inline Vector<T> loadAs(const T* from) {
  return *reinterpret_cast<const Vector<T>*>(from);
}

// Weights of single precision for a product in double.
template <typename T, typename = std::enable_if_t<sizeof(T) == 8>>
inline Vector<double> loadAs(const float* from) {
#ifdef WIDEN
  return WIDEN(from);
#else
  return __builtin_convertvector(*reinterpret_cast<const HalfVector<float>*>(from), Vector<double>);
#endif
}

// a's sums of two lanes `width` apart in the lanes without the bit `width`, b's in those with it.
template <int width, typename T, int... lane>
inline Vector<T> addPairs(Vector<T> a, Vector<T> b, std::integer_sequence<int, lane...>) {
#if defined(__clang__) || __GNUC__ >= 12
  constexpr int lanes = lanesOf<T>;
  return __builtin_shufflevector(a, b, (lane & width ? lanes + lane : lane)...) +
         __builtin_shufflevector(a, b, (lane & width ? lanes + (lane ^ width) : lane ^ width)...);
#else
  Vector<T> sum;
  ((sum[lane] = lane & width ? b[lane] + b[lane ^ width] : a[lane] + a[lane ^ width]), ...);
  return sum;
#endif
}

template <typename T>
inline HalfVector<T> loadHalf(const T* from) {
  return *reinterpret_cast<const HalfVector<T>*>(from);
}

template <typename T>
inline void storeHalf(T* to, HalfVector<T> value) {
  *reinterpret_cast<HalfVector<T>*>(to) = value;
}

// The lower half of the lanes plus the upper.
template <typename T, int... lane>
inline HalfVector<T> addHalves(Vector<T> v, std::integer_sequence<int, lane...>) {
#if defined(__clang__) || __GNUC__ >= 12
  return __builtin_shufflevector(v, v, lane...) + __builtin_shufflevector(v, v, (lane + lanesOf<T> / 2)...);
#else
  return HalfVector<T>{(v[lane] + v[lane + lanesOf<T> / 2])...};
#endif
}

// Sums over lanes of 2·width vectors at once: that of vector r ends in lane r of the first (in parts, 2·width
// lanes apart, where there are more lanes).
template <int width, typename T>
inline void sumLanes(Vector<T>* vectors) {
  if constexpr (width > 0) {
#pragma GCC unroll 8
    for (int r = 0; r < width; ++r)
      vectors[r] =
          addPairs<width, T>(vectors[r], vectors[r + width], std::make_integer_sequence<int, lanesOf<T>>());
    sumLanes<width / 2, T>(vectors);
  }
}

// No vector extension has a square root, but compilers see one in this.
inline Vector<double> squareRoot(Vector<double> x) {
#ifdef SQUARE_ROOT
  return SQUARE_ROOT(x);
#else
  for (int lane = 0; lane < lanesOf<double>; ++lane) x[lane] = __builtin_sqrt(x[lane]);
  return x;
#endif
}

}  // namespace
}  // namespace KERNEL_SET
}  // namespace latentcv
