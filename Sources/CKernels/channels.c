#include "CKernels.h"
#include "clones.h"

IMU_WIDEST
void imu_channel_sums(const float *restrict x, long rows, long channels, float *restrict sums) {
  for (long r = 0; r < rows; r++, x += channels) {
    for (long c = 0; c < channels; c++) sums[c] += x[c];
  }
}

IMU_WIDEST
void imu_channel_squares(const float *restrict x, const float *restrict mean, long rows,
                         long channels, float *restrict sums) {
  for (long r = 0; r < rows; r++, x += channels) {
    for (long c = 0; c < channels; c++) {
      const float deviation = x[c] - mean[c];
      sums[c] += deviation * deviation;
    }
  }
}

IMU_WIDEST
void imu_channel_products(const float *restrict x, const float *restrict dy,
                          const float *restrict mean, long rows, long channels,
                          float *restrict products, float *restrict sums) {
  for (long r = 0; r < rows; r++, x += channels, dy += channels) {
    for (long c = 0; c < channels; c++) {
      products[c] += dy[c] * (x[c] - mean[c]);
      sums[c] += dy[c];
    }
  }
}

IMU_WIDEST
void imu_rectified_gradient(const float *restrict y, const float *restrict dy, long count,
                            float *restrict dx) {
  for (long i = 0; i < count; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}
