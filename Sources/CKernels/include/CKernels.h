// The loops that need the widest vectors of the machine they run on, and what it has of them.
//
// Vectors run across channels or elements, never along a sum, and nothing is contracted, so the bits
// of a result do not depend on the width. Arrays of one call never overlap.
#ifndef IMU_CKERNELS_H
#define IMU_CKERNELS_H

// The OpenBLAS kernel for this processor, as OPENBLAS_CORETYPE wants it: "SKYLAKEX" with the AVX-512
// subsets that kernel uses, "HASWELL" with AVX2 and FMA, and a null pointer where the choice is
// better left to OpenBLAS. The name is a constant; nobody frees it.
const char *imu_preferred_matrix_kernel(void);

// The shapes of a convolution's patches: a row of them is one output position, [kernel height,
// kernel width, channels] of what lies under the kernel there.
typedef struct {
  long height, width, channels;
  long output_height, output_width;
  long kernel_height, kernel_width;
  long stride_height, stride_width;
  long padding_height, padding_width;
} imu_patch_shape;

// Writes the patches of images [count, height, width, channels], zero where they are padding.
void imu_gather_patches(imu_patch_shape shape, const float *images, long count, float *rows);

// Adds every element of the patches back to where it came from.
void imu_scatter_patches(imu_patch_shape shape, const float *rows, long count, float *images);

// sums[c] += Σ x[r][c] over rows [rows, channels].
void imu_channel_sums(const float *x, long rows, long channels, float *sums);

// sums[c] += Σ (x[r][c] − mean[c])².
void imu_channel_squares(
    const float *x, const float *mean, long rows, long channels, float *sums);

// products[c] += Σ dy[r][c]·(x[r][c] − mean[c]) and sums[c] += Σ dy[r][c].
void imu_channel_products(
    const float *x, const float *dy, const float *mean, long rows, long channels, float *products,
    float *sums);

// dx[i] = dy[i] where y[i] > 0, else 0.
void imu_rectified_gradient(const float *y, const float *dy, long count, float *dx);

#endif
