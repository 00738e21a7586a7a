#include "product.h"
#include "CKernels.h"

#include <string.h>

// A run of a panel this long stays in the first-level cache while the rows go by.
#define INNER_RUN 256

// Strides and columns in elements. The runs are too short for a call of memcpy each.
#define COPY_ROWS(from, from_stride, to, to_stride, rows, columns)                    \
  for (long row = 0; row < (rows); row++) {                                           \
    _Pragma("clang loop vectorize(disable)") for (long column = 0; column < (columns); column++) { \
      (to)[row * (to_stride) + column] = (from)[row * (from_stride) + column];        \
    }                                                                                 \
  }

#define FUSED(x, y, z) __builtin_elementwise_fma(x, y, z)

#define ELEMENT float
#define LEFT imu_left
#if defined(__x86_64__)
#define SUFFIX avx512
#define LANES 16
#define ROWS 12
#define TARGET __attribute__((target("avx512f,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define SUFFIX avx2
#define LANES 8
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define SUFFIX plain
#define LANES 4
#define ROWS 6
#define TARGET
#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#include "product_tiles.h"
#else
#define SUFFIX plain
#define LANES 4
#define ROWS 6
#define TARGET
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"
#endif
#undef ELEMENT
#undef LEFT

#define ELEMENT double
#define LEFT imu_double_left
#if defined(__x86_64__)
#define SUFFIX double_avx512
#define LANES 8
#define ROWS 12
#define TARGET __attribute__((target("avx512f,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define SUFFIX double_avx2
#define LANES 4
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define SUFFIX double_plain
#define LANES 2
#define ROWS 6
#define TARGET
#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#include "product_tiles.h"
#else
#define SUFFIX double_plain
#define LANES 2
#define ROWS 6
#define TARGET
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"
#endif
#undef ELEMENT
#undef LEFT

void imu_product(imu_left a, long rows, long inner, const float *packed, long columns, float *c,
                 long stride, int adds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    product_avx512(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    product_avx2(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
#endif
  product_plain(a, rows, inner, packed, columns, c, stride, adds);
}

void imu_double_product(imu_double_left a, long rows, long inner, const double *packed,
                        long columns, double *c, long stride, int adds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    product_double_avx512(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    product_double_avx2(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
#endif
  product_double_plain(a, rows, inner, packed, columns, c, stride, adds);
}

int imu_product_is_fused(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") ||
         (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
#else
  return 1;
#endif
}

void imu_pack_rows(const float *b, long inner, long columns, long stride, float *packed) {
  for (long j = 0; j < columns; j += IMU_PANEL, packed += inner * IMU_PANEL) {
    const long width = columns - j < IMU_PANEL ? columns - j : IMU_PANEL;
    for (long k = 0; k < inner; k++) {
      memcpy(packed + k * IMU_PANEL, b + k * stride + j, width * sizeof(float));
      memset(packed + k * IMU_PANEL + width, 0, (IMU_PANEL - width) * sizeof(float));
    }
  }
}
