// The loops that need the widest vectors of the machine they run on, and what it has of them.
//
// Vectors run across channels or elements, never along a sum. Nothing is contracted but the products
// of convolutions, which multiply and add in one rounding where the machine can
// (imu_product_is_fused); so the bits of a result do not depend on the vectors' width, nor on which
// other images stand beside. Arrays of one call never overlap.
#ifndef IMU_CKERNELS_H
#define IMU_CKERNELS_H

// The OpenBLAS kernel for this processor, as OPENBLAS_CORETYPE wants it: "SKYLAKEX" with the AVX-512
// subsets that kernel uses, "HASWELL" with AVX2 and FMA, and a null pointer where the choice is
// better left to OpenBLAS. The name is a constant; nobody frees it.
const char *imu_preferred_matrix_kernel(void);

// Lets the C library keep up to 1 GiB of freed memory for the next arrays, whatever their size.
// Otherwise every step of training gives the maps of its layers back to the system and gets them
// again page by page, zeroed: a third of the time of a ResNet-20 on 28x28 pictures.
//
// 1 when the library agreed; 0 where there is nothing to agree to.
int imu_keep_freed_memory(void);

// The shapes of a convolution's patches: a row of them is one output position, [kernel height,
// kernel width, channels] of what lies under the kernel there.
typedef struct {
  long height, width, channels;
  long output_height, output_width;
  long kernel_height, kernel_width;
  long stride_height, stride_width;
  long padding_height, padding_width;
} imu_patch_shape;

// Writes the patches of `count` output positions of images [images, height, width, channels], zero
// where they are padding; positions count over all images.
void imu_gather_rows(
    imu_patch_shape shape, const float *images, long first, long count, float *rows);

// Adds every element of the patches back to where it came from.
void imu_scatter_rows(
    imu_patch_shape shape, const float *rows, long first, long count, float *images);

// Whether products of convolutions multiply and add in one rounding.
int imu_product_is_fused(void);

// What follows a convolution in the same pass: y + bias, + residual, max(·, 0).
typedef struct {
  const float *bias;      // [outputs], or null.
  const float *residual;  // As y, or null.
  int is_rectified;
} imu_epilogue;

// Packed weights: panels of 32 columns [panels, inner, 32], the last one filled up with zeros.

// The elements of a packed matrix [inner, columns].
long imu_packed_count(long inner, long columns);

// A weight [outputs, inputs, taps] as the packed matrix [taps·inputs, outputs], times a scale for
// every output unless null.
void imu_patch_weight(
    const float *weight, const float *scale, long inputs, long outputs, long taps, float *packed);

// The same weight as the packed matrix [outputs, taps·inputs].
void imu_transposed_weight(
    const float *weight, long inputs, long outputs, long taps, float *packed);

// Convolutions by products of blocks of patches.

// The elements of scratch that each of the next three needs.
long imu_patch_scratch(imu_patch_shape shape);

// y = what follows (x ∗ weight), the weight from imu_patch_weight.
void imu_patch_convolution(
    imu_patch_shape shape, long outputs, const float *x, long images, const float *packed,
    imu_epilogue after, float *y, float *scratch);

// dx += the gradient of the input, the weight from imu_transposed_weight; dx begins as zero.
void imu_patch_input_gradient(
    imu_patch_shape shape, long outputs, const float *dy, long images, const float *transposed,
    float *dx, float *scratch);

// dw [outputs, taps·inputs] += the gradient of the weight over these images.
void imu_patch_weight_gradient(
    imu_patch_shape shape, long outputs, const float *x, const float *dy, long images, float *dw,
    float *scratch);

// Convolutions 3×3 of stride 1 by Winograd's F(4×4, 3×3); see winograd.c.

// The 4×4 tiles of one image's output.
long imu_winograd_tiles(imu_patch_shape shape);

// The elements of the transformed weight: 36 packed matrices [inputs, outputs].
long imu_winograd_weight_count(long inputs, long outputs);

// The transformed weight, for runs `first` to `end` of 32 outputs. Flipped, the weight in the file is
// [inputs, outputs, 3, 3] and turned by half a circle: that of the gradient of the input.
void imu_winograd_weight(
    const float *weight, const float *scale, long inputs, long outputs, int is_flipped, long first,
    long end, float *transformed);

// The elements of scratch of one convolution.
long imu_winograd_scratch(long inputs, long outputs);

// y = what follows (x ∗ weight).
void imu_winograd_convolution(
    imu_patch_shape shape, long outputs, const float *x, long images, const float *transformed,
    imu_epilogue after, float *y, float *scratch);

// The elements of the 36 matrices over so many tiles.
long imu_winograd_gradient_scratch(long channels, long tiles);

// Transforms tiles `first` to `end` of `tiles` of inputs and of output gradients.
void imu_winograd_gradient_transforms(
    imu_patch_shape shape, long outputs, const float *x, const float *dy, long tiles, long first,
    long end, float *inputs_transformed, float *gradients_transformed);

// The gradient of one of the 36 matrices [inputs, outputs] of the transformed weight.
void imu_winograd_gradient_product(
    long inputs, long outputs, long tiles, long point, const float *inputs_transformed,
    const float *gradients_transformed, int adds, float *transformed_gradient);

// The gradient [outputs, inputs, 3, 3] from that of the transformed weight [36, inputs, outputs], for
// runs `first` to `end` of 32 outputs.
void imu_winograd_weight_gradient(
    const float *transformed_gradient, long inputs, long outputs, long first, long end,
    float *gradient);

// The products of a linear classifier in double precision. Features are [records, dimension], row
// after row; a right matrix [inner, columns] is packed first.

// Packs a matrix [inner, columns] of double precision; imu_packed_count says how many elements.
void imu_pack_doubles(const double *matrix, long inner, long columns, double *packed);

// scores [records, columns] = features · packed [dimension, columns].
void imu_feature_scores(
    const double *features, long records, long dimension, const double *packed, long columns,
    double *scores);

// sums [dimension, columns] = (adds ? itself : 0) + featuresᵀ · packed [records, columns].
void imu_feature_sums(
    const double *features, long records, long dimension, const double *packed, long columns,
    int adds, double *sums);

// y = (x − mean)·scale + beta, + residual unless null, max(·, 0) when rectified; by channel.
void imu_normalise(
    const float *x, const float *mean, const float *scale, const float *beta,
    const float *residual, int is_rectified, long rows, long channels, float *y);

// gradient = dy where y > 0, else 0; products and sums as imu_channel_products of it.
void imu_rectified_products(
    const float *x, const float *y, const float *dy, const float *mean, long rows, long channels,
    float *products, float *sums, float *gradient);

// dx = scale·(dy − shift − slope·(x − mean)), by channel.
void imu_normalisation_gradient(
    const float *x, const float *dy, const float *mean, const float *scale, const float *shift,
    const float *slope, long rows, long channels, float *dx);

// The largest value under the kernel; padding never wins.
void imu_max_pool(imu_patch_shape shape, const float *x, long images, float *y);

// sum[i] = a[i] + b[i].
void imu_add(const float *a, const float *b, long count, float *sum);

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
