#include "CKernels.h"
#include "clones.h"
#include "product.h"

#include <string.h>

// Convolutions as products of blocks of patches with a packed weight.

// So many rows of patches at a time: about a quarter of a second-level cache.
static long block_rows(long length) {
  const long rows = 49152 / length;
  return rows < 24 ? 24 : rows > 192 ? 192 : rows / 12 * 12;
}

static inline long patch_length(const imu_patch_shape *s) {
  return s->kernel_height * s->kernel_width * s->channels;
}

// Whether the patches are the images themselves.
static inline int is_direct(const imu_patch_shape *s) {
  return s->kernel_height == 1 && s->kernel_width == 1 && s->stride_height == 1 &&
         s->stride_width == 1 && s->padding_height == 0 && s->padding_width == 0;
}

long imu_patch_scratch(imu_patch_shape s) {
  const long length = patch_length(&s);
  return block_rows(length) * (length + imu_panelled(length));
}

long imu_packed_count(long inner, long columns) { return inner * imu_panelled(columns); }

void imu_patch_weight(const float *weight, const float *scale, long inputs, long outputs, long taps,
                      float *packed) {
  memset(packed, 0, imu_packed_count(inputs * taps, outputs) * sizeof(float));
  for (long o = 0; o < outputs; o++) {
    const float factor = scale ? scale[o] : 1;
    float *to = packed + o / IMU_PANEL * IMU_PANEL * inputs * taps + o % IMU_PANEL;
    for (long i = 0; i < inputs; i++) {
      for (long tap = 0; tap < taps; tap++) {
        to[(tap * inputs + i) * IMU_PANEL] = weight[(o * inputs + i) * taps + tap] * factor;
      }
    }
  }
}

void imu_transposed_weight(const float *weight, long inputs, long outputs, long taps,
                           float *packed) {
  const long columns = inputs * taps;
  memset(packed, 0, imu_packed_count(outputs, columns) * sizeof(float));
  for (long o = 0; o < outputs; o++) {
    for (long i = 0; i < inputs; i++) {
      for (long tap = 0; tap < taps; tap++) {
        const long column = tap * inputs + i;
        packed[(column / IMU_PANEL * outputs + o) * IMU_PANEL + column % IMU_PANEL] =
            weight[(o * inputs + i) * taps + tap];
      }
    }
  }
}

IMU_WIDEST
static void finish(float *restrict y, long rows, long outputs, imu_epilogue after,
                   const float *restrict residual) {
  for (long r = 0; r < rows; r++, y += outputs) {
    if (after.bias) {
      for (long c = 0; c < outputs; c++) y[c] += after.bias[c];
    }
    if (residual) {
      for (long c = 0; c < outputs; c++) y[c] += residual[r * outputs + c];
    }
    if (after.is_rectified) {
      for (long c = 0; c < outputs; c++) y[c] = y[c] > 0 ? y[c] : 0;
    }
  }
}

void imu_patch_convolution(imu_patch_shape s, long outputs, const float *x, long images,
                           const float *packed, imu_epilogue after, float *y, float *scratch) {
  const long length = patch_length(&s);
  const long count = images * s.output_height * s.output_width;
  const long block = block_rows(length);
  for (long first = 0; first < count; first += block) {
    const long rows = count - first < block ? count - first : block;
    imu_left left = {x + first * length, length, 1};
    if (!is_direct(&s)) {
      imu_gather_rows(s, x, first, rows, scratch);
      left.values = scratch;
    }
    float *to = y + first * outputs;
    imu_product(left, rows, length, packed, outputs, to, outputs, 0);
    finish(to, rows, outputs, after, after.residual ? after.residual + first * outputs : NULL);
  }
}

void imu_patch_input_gradient(imu_patch_shape s, long outputs, const float *dy, long images,
                              const float *transposed, float *dx, float *scratch) {
  const long length = patch_length(&s);
  const long count = images * s.output_height * s.output_width;
  const long block = block_rows(length);
  for (long first = 0; first < count; first += block) {
    const long rows = count - first < block ? count - first : block;
    const imu_left left = {dy + first * outputs, outputs, 1};
    float *to = is_direct(&s) ? dx + first * length : scratch;
    imu_product(left, rows, outputs, transposed, length, to, length, 0);
    if (!is_direct(&s)) imu_scatter_rows(s, scratch, first, rows, dx);
  }
}

void imu_patch_weight_gradient(imu_patch_shape s, long outputs, const float *x, const float *dy,
                               long images, float *dw, float *scratch) {
  const long length = patch_length(&s);
  const long count = images * s.output_height * s.output_width;
  const long block = block_rows(length);
  float *packed = scratch + block * length;
  for (long first = 0; first < count; first += block) {
    const long rows = count - first < block ? count - first : block;
    const float *patches = x + first * length;
    if (!is_direct(&s)) {
      imu_gather_rows(s, x, first, rows, scratch);
      patches = scratch;
    }
    imu_pack_rows(patches, rows, length, length, packed);
    const imu_left left = {dy + first * outputs, 1, outputs};
    imu_product(left, outputs, rows, packed, length, dw, length, 1);
  }
}
