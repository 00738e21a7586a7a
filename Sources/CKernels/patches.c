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

// Where the patch of an output position begins; the position counts over all images.
typedef struct {
  long image, y, x;
} corner;

static inline corner corner_of(const imu_patch_shape *s, long position) {
  const long all = s->output_height * s->output_width;
  const long inner = position % all;
  return (corner){position / all * s->height * s->width * s->channels,
                  inner / s->output_width * s->stride_height - s->padding_height,
                  inner % s->output_width * s->stride_width - s->padding_width};
}

void imu_gather_rows(imu_patch_shape s, const float *images, long first, long count, float *rows) {
  const long length = s.kernel_width * s.channels;
  for (long position = first; position < first + count; position++) {
    const corner p = corner_of(&s, position);
    const run r = inside(&s, p.x);
    for (long tap = 0; tap < s.kernel_height; tap++, rows += length) {
      const long y = p.y + tap;
      if (y < 0 || y >= s.height) {
        memset(rows, 0, length * sizeof(float));
        continue;
      }
      memset(rows, 0, r.first * sizeof(float));
      memcpy(rows + r.first, images + p.image + (y * s.width + p.x) * s.channels + r.first,
             (r.end - r.first) * sizeof(float));
      memset(rows + r.end, 0, (length - r.end) * sizeof(float));
    }
  }
}

IMU_WIDEST
void imu_scatter_rows(imu_patch_shape s, const float *restrict rows, long first, long count,
                      float *restrict images) {
  const long length = s.kernel_width * s.channels;
  for (long position = first; position < first + count; position++) {
    const corner p = corner_of(&s, position);
    const run r = inside(&s, p.x);
    for (long tap = 0; tap < s.kernel_height; tap++, rows += length) {
      const long y = p.y + tap;
      if (y < 0 || y >= s.height) continue;
      float *restrict target = images + p.image + (y * s.width + p.x) * s.channels;
      for (long index = r.first; index < r.end; index++) target[index] += rows[index];
    }
  }
}
