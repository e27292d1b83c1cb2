/* What bits.mod includes: constants, a macro with parameters, another condition on the way. */
#ifndef BITS_H
#define BITS_H
#include <stdint.h>
#define WIDTH 4
#define HALF (1.0/(1L << 1))
#define ROTATED(x, by) (((x) << (by)) | ((x) >> (32 - (by))))
static unsigned int flags = 1U << 3 | 1;
#endif
