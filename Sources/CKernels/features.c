#include "CKernels.h"
#include "product.h"

#include <string.h>

void imu_pack_doubles(const double *matrix, long inner, long columns, double *packed) {
  for (long j = 0; j < columns; j += IMU_PANEL, packed += inner * IMU_PANEL) {
    const long width = columns - j < IMU_PANEL ? columns - j : IMU_PANEL;
    for (long k = 0; k < inner; k++) {
      memcpy(packed + k * IMU_PANEL, matrix + k * columns + j, width * sizeof(double));
      memset(packed + k * IMU_PANEL + width, 0, (IMU_PANEL - width) * sizeof(double));
    }
  }
}

void imu_feature_scores(const double *features, long records, long dimension, const double *packed,
                        long columns, double *scores) {
  const imu_double_left left = {features, dimension, 1};
  imu_double_product(left, records, dimension, packed, columns, scores, columns, 0);
}

void imu_feature_sums(const double *features, long records, long dimension, const double *packed,
                      long columns, int adds, double *sums) {
  const imu_double_left left = {features, 1, dimension};
  imu_double_product(left, dimension, records, packed, columns, sums, columns, adds);
}
