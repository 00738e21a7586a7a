#include "CKernels.h"
#include "clones.h"

#include <string.h>

// The part of a line under the kernel that lies inside the image, when the line begins at x.
typedef struct {
  long first, end;
} run;

static inline run inside(const imu_patch_shape *s, long x) {
  run r;
  r.first = x < 0 ? -x : 0;
  if (r.first > s->kernel_width) r.first = s->kernel_width;
  r.end = s->width - x < s->kernel_width ? s->width - x : s->kernel_width;
  if (r.end < r.first) r.end = r.first;
  r.first *= s->channels;
  r.end *= s->channels;
  return r;
}

void imu_gather_patches(imu_patch_shape s, const float *images, long count, float *rows) {
  const long length = s.kernel_width * s.channels;
  for (long image = 0; image < count; image++, images += s.height * s.width * s.channels) {
    for (long oy = 0; oy < s.output_height; oy++) {
      for (long ox = 0; ox < s.output_width; ox++) {
        const long x = ox * s.stride_width - s.padding_width;
        const run r = inside(&s, x);
        for (long tap = 0; tap < s.kernel_height; tap++, rows += length) {
          const long y = oy * s.stride_height + tap - s.padding_height;
          if (y < 0 || y >= s.height) {
            memset(rows, 0, length * sizeof(float));
            continue;
          }
          memset(rows, 0, r.first * sizeof(float));
          memcpy(rows + r.first, images + (y * s.width + x) * s.channels + r.first,
                 (r.end - r.first) * sizeof(float));
          memset(rows + r.end, 0, (length - r.end) * sizeof(float));
        }
      }
    }
  }
}

IMU_WIDEST
void imu_scatter_patches(imu_patch_shape s, const float *restrict rows, long count,
                         float *restrict images) {
  const long length = s.kernel_width * s.channels;
  for (long image = 0; image < count; image++, images += s.height * s.width * s.channels) {
    for (long oy = 0; oy < s.output_height; oy++) {
      for (long ox = 0; ox < s.output_width; ox++) {
        const long x = ox * s.stride_width - s.padding_width;
        const run r = inside(&s, x);
        for (long tap = 0; tap < s.kernel_height; tap++, rows += length) {
          const long y = oy * s.stride_height + tap - s.padding_height;
          if (y < 0 || y >= s.height) continue;
          float *restrict target = images + (y * s.width + x) * s.channels;
          for (long index = r.first; index < r.end; index++) target[index] += rows[index];
        }
      }
    }
  }
}
