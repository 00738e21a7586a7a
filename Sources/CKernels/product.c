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
#define PREFIX single_
#define PRODUCT imu_product
#include "product_element.h"

#define ELEMENT double
#define LEFT imu_double_left
#define PREFIX double_
#define PRODUCT imu_double_product
#include "product_element.h"

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
