// What the error function is made of, see kernels_impl.h. No include guard on purpose.
//
// erfc(z) = exp(−z²)·f(t)/(1 + 2z), t = (z − 3)/(z + 3), for all z ≥ 0 (the form of Shepherd &
// Laframboise 1981, doi:10.1090/S0025-5718-1981-0595058-X). f and, near 0, erf(z)/z as a polynomial
// of z² interpolate values of mpmath (60 digits) at Chebyshev points; they are off by less than
// 6e-17 in double and 6e-8 in single.
#include "kernels/exponential_impl.h"

namespace latentcv {
namespace KERNEL_SET {
namespace {

template <typename T>
struct ErfConstants;
template <>
struct ErfConstants<double> {
  static constexpr double far[] = {
      8.8644590341855685e-10, 9.8860160036394931e-10, -8.5005282907123413e-09, -1.3326482766007075e-08,
      4.1808152792957638e-08, 1.0187028269836924e-07, -1.4160105534012882e-07, -6.1664997506030628e-07,
      3.5683872721840723e-07, 3.4724149066039388e-06, -7.3151069584931385e-07, -2.0100568093643989e-05,
      4.9494850548641481e-06, 0.00012509935241199546, -0.0001051597998287631,  -0.00077983227212084154,
      0.00188869035915799,    0.0025293918160678992,  -0.02377051491864602,    0.068308027343978353,
      -0.11927366341530699,   0.12964515870276061,    -0.047562294353450871,   -0.13562110612458117,
      1.2530080582697296};
  static constexpr double near[] = {-1.3532164374144134e-07, 1.6216123999750692e-06,  -1.491362445242006e-05,
                                    0.00012054975230412003,  -0.00085483204134963826, 0.0052239775509403249,
                                    -0.026866170640301647,   0.11283791670939211,     -0.37612638903183548,
                                    1.1283791670955126};
  static constexpr double bound = 40;  // exp of its square over 2 is nothing
  static constexpr int lowBits = 27;   // a number without them has an exact square
};
template <>
struct ErfConstants<float> {
  static constexpr float far[] = {8.00745497e-05F, -9.25376913e-05F, -0.00073408205F, 0.00187506025F,
                                  0.00250677867F,  -0.0237635597F,   0.0683131967F,   -0.119275281F,
                                  0.129644721F,    -0.0475621561F,   -0.1356211F,     1.25300806F};
  static constexpr float near[] = {0.00440265994F, -0.0265718388F, 0.112794122F, -0.376124091F, 1.12837915F};
  static constexpr float bound = 15;
  static constexpr int lowBits = 12;
};

template <typename T>
inline Vector<T> bounded(Vector<T> z) {
  return z > ErfConstants<T>::bound ? Vector<T>{} + ErfConstants<T>::bound : z;
}

// exp(−factor·z²), the square in two parts, as its rounding would grow with it
template <typename T>
inline Vector<T> exponentialOfSquare(Vector<T> z, T factor) {
  const Bits<T> ones = ~Bits<T>{};
  const Vector<T> high = (Vector<T>)((Bits<T>)z & (ones << ErfConstants<T>::lowBits));
  return exponential<T>(-factor * (high * high), -factor * ((z - high) * (z + high))).value;
}

// erfc(z) for z ≥ 0, given exp(−z²)
template <typename T>
inline Vector<T> complementOfErf(Vector<T> z, Vector<T> gauss) {
  return gauss * polynomial((z - 3) / (z + 3), ErfConstants<T>::far) / (1 + 2 * z);
}

}  // namespace
}  // namespace KERNEL_SET
}  // namespace latentcv
