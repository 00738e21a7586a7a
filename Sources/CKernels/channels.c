#include "CKernels.h"
#include "clones.h"
#include "runs.h"

// Sums over rows are taken for a run of channels at a time: they stay in registers from row to row.

static INLINED void add_rows(const float *restrict x, long rows, long stride, const long n,
                             float *restrict sums) {
  float s[RUN];
  for (long c = 0; c < n; c++) s[c] = sums[c];
  for (long r = 0; r < rows; r++, x += stride) {
    for (long c = 0; c < n; c++) s[c] += x[c];
  }
  for (long c = 0; c < n; c++) sums[c] = s[c];
}

IMU_WIDEST
void imu_channel_sums(const float *restrict x, long rows, long channels, float *restrict sums) {
  for (long c = 0; c < channels; c += RUN) {
    IN_RUNS(channels - c, add_rows, x + c, rows, channels, n, sums + c);
  }
}

static INLINED void add_squares(const float *restrict x, const float *restrict mean, long rows,
                                long stride, const long n, float *restrict sums) {
  float s[RUN];
  for (long c = 0; c < n; c++) s[c] = sums[c];
  for (long r = 0; r < rows; r++, x += stride) {
    for (long c = 0; c < n; c++) {
      const float deviation = x[c] - mean[c];
      s[c] += deviation * deviation;
    }
  }
  for (long c = 0; c < n; c++) sums[c] = s[c];
}

IMU_WIDEST
void imu_channel_squares(const float *restrict x, const float *restrict mean, long rows,
                         long channels, float *restrict sums) {
  for (long c = 0; c < channels; c += RUN) {
    IN_RUNS(channels - c, add_squares, x + c, mean + c, rows, channels, n, sums + c);
  }
}

static INLINED void add_products(const float *restrict x, const float *restrict dy,
                                 const float *restrict mean, long rows, long stride, const long n,
                                 float *restrict products, float *restrict sums) {
  float p[RUN], s[RUN];
  for (long c = 0; c < n; c++) p[c] = products[c];
  for (long c = 0; c < n; c++) s[c] = sums[c];
  for (long r = 0; r < rows; r++, x += stride, dy += stride) {
    for (long c = 0; c < n; c++) {
      p[c] += dy[c] * (x[c] - mean[c]);
      s[c] += dy[c];
    }
  }
  for (long c = 0; c < n; c++) products[c] = p[c];
  for (long c = 0; c < n; c++) sums[c] = s[c];
}

IMU_WIDEST
void imu_channel_products(const float *restrict x, const float *restrict dy,
                          const float *restrict mean, long rows, long channels,
                          float *restrict products, float *restrict sums) {
  for (long c = 0; c < channels; c += RUN) {
    IN_RUNS(channels - c, add_products, x + c, dy + c, mean + c, rows, channels, n, products + c,
            sums + c);
  }
}

IMU_WIDEST
void imu_rectified_gradient(const float *restrict y, const float *restrict dy, long count,
                            float *restrict dx) {
  for (long i = 0; i < count; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

IMU_WIDEST
void imu_normalise(const float *restrict x, const float *restrict mean,
                   const float *restrict scale, const float *restrict beta,
                   const float *restrict residual, int is_rectified, long rows, long channels,
                   float *restrict y) {
  for (long r = 0; r < rows; r++, x += channels, y += channels) {
    for (long c = 0; c < channels; c++) y[c] = (x[c] - mean[c]) * scale[c] + beta[c];
    if (residual) {
      for (long c = 0; c < channels; c++) y[c] += residual[r * channels + c];
    }
    if (is_rectified) {
      for (long c = 0; c < channels; c++) y[c] = y[c] > 0 ? y[c] : 0;
    }
  }
}

static INLINED void add_rectified(const float *restrict x, const float *restrict y,
                                  const float *restrict dy, const float *restrict mean, long rows,
                                  long stride, const long n, float *restrict products,
                                  float *restrict sums, float *restrict gradient) {
  float p[RUN], s[RUN];
  for (long c = 0; c < n; c++) p[c] = products[c];
  for (long c = 0; c < n; c++) s[c] = sums[c];
  for (long r = 0; r < rows; r++, x += stride, y += stride, dy += stride, gradient += stride) {
    for (long c = 0; c < n; c++) {
      const float g = y[c] > 0 ? dy[c] : 0;
      gradient[c] = g;
      p[c] += g * (x[c] - mean[c]);
      s[c] += g;
    }
  }
  for (long c = 0; c < n; c++) products[c] = p[c];
  for (long c = 0; c < n; c++) sums[c] = s[c];
}

IMU_WIDEST
void imu_rectified_products(const float *restrict x, const float *restrict y,
                            const float *restrict dy, const float *restrict mean, long rows,
                            long channels, float *restrict products, float *restrict sums,
                            float *restrict gradient) {
  for (long c = 0; c < channels; c += RUN) {
    IN_RUNS(channels - c, add_rectified, x + c, y + c, dy + c, mean + c, rows, channels, n,
            products + c, sums + c, gradient + c);
  }
}

IMU_WIDEST
void imu_normalisation_gradient(const float *restrict x, const float *restrict dy,
                                const float *restrict mean, const float *restrict scale,
                                const float *restrict shift, const float *restrict slope,
                                long rows, long channels, float *restrict dx) {
  for (long r = 0; r < rows; r++, x += channels, dy += channels, dx += channels) {
    for (long c = 0; c < channels; c++) {
      dx[c] = scale[c] * (dy[c] - shift[c] - slope[c] * (x[c] - mean[c]));
    }
  }
}

IMU_WIDEST
static void larger(const float *restrict x, long channels, float *restrict largest) {
  for (long c = 0; c < channels; c++) largest[c] = x[c] > largest[c] ? x[c] : largest[c];
}

void imu_max_pool(imu_patch_shape s, const float *x, long images, float *y) {
  for (long image = 0; image < images; image++, x += s.height * s.width * s.channels) {
    for (long row = 0; row < s.output_height; row++) {
      for (long column = 0; column < s.output_width; column++, y += s.channels) {
        for (long c = 0; c < s.channels; c++) y[c] = -__builtin_inff();
        for (long i = 0; i < s.kernel_height; i++) {
          const long from = row * s.stride_height - s.padding_height + i;
          if (from < 0 || from >= s.height) continue;
          for (long j = 0; j < s.kernel_width; j++) {
            const long left = column * s.stride_width - s.padding_width + j;
            if (left < 0 || left >= s.width) continue;
            larger(x + (from * s.width + left) * s.channels, s.channels, y);
          }
        }
      }
    }
  }
}

IMU_WIDEST
void imu_add(const float *restrict a, const float *restrict b, long count, float *restrict sum) {
  for (long i = 0; i < count; i++) sum[i] = a[i] + b[i];
}
