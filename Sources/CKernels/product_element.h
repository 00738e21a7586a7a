// The product for one type of elements, on the widest vectors of the machine; product.c includes it
// with ELEMENT, LEFT, PREFIX (of internal names) and PRODUCT (the function it makes) defined.
#define JOIN_TOKENS(a, b) a##b
#define JOIN(a, b) JOIN_TOKENS(a, b)
#define LANES_OF(bytes) (bytes / sizeof(ELEMENT))

#if defined(__x86_64__)
#define SUFFIX JOIN(PREFIX, avx512)
#define LANES LANES_OF(64)
#define ROWS 12
#define TARGET __attribute__((target("avx512f,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define SUFFIX JOIN(PREFIX, avx2)
#define LANES LANES_OF(32)
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma")))
#define MULTIPLY_ADD FUSED
#include "product_tiles.h"

#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#else
#define MULTIPLY_ADD FUSED
#endif
#define SUFFIX JOIN(PREFIX, plain)
#define LANES LANES_OF(16)
#define ROWS 6
#define TARGET
#include "product_tiles.h"

void PRODUCT(LEFT a, long rows, long inner, const ELEMENT *packed, long columns, ELEMENT *c,
             long stride, int adds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    JOIN(product_, JOIN(PREFIX, avx512))(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    JOIN(product_, JOIN(PREFIX, avx2))(a, rows, inner, packed, columns, c, stride, adds);
    return;
  }
#endif
  JOIN(product_, JOIN(PREFIX, plain))(a, rows, inner, packed, columns, c, stride, adds);
}

#undef JOIN_TOKENS
#undef JOIN
#undef LANES_OF
#undef ELEMENT
#undef LEFT
#undef PREFIX
#undef PRODUCT
