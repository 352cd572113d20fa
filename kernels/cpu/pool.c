/* SPDX-License-Identifier: MIT
 * pool.c — pooling. A unit of work is a plane (image, channel); any strides. Backwards add into a plane of the computing
 * type in scratch, so 16-bit gradients are rounded once. */
#include "kernels/pool.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

static int64_t volume(const int64_t size[3]) {
    return size[0] * size[1] * size[2];
}

/* Calls of the same plane loop over outputs; this finds the windows of output position p. */
static void windows_at(const pool_attributes *a, int64_t p, pool_window w[3]) {
    for (int d = 2; d >= 0; d--) {
        w[d] = pool_window_at(a, d, p % a->out[d]);
        p /= a->out[d];
    }
}

static int64_t offset_of(const pool_view *v, const int64_t size[3], int64_t p) {
    int64_t offset = 0;
    for (int d = 2; d >= 0; d--) {
        offset += p % size[d] * v->s[d];
        p /= size[d];
    }
    return offset;
}

typedef struct pool_job {
    const kernel_call *call;
    const pool_attributes *a;
    pool_view x, y, indices; /* x lies on the input's side, y on the output's */
} pool_job;

#define TEMPLATE "kernels/cpu/pool_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(max_pool);
FLOAT_TABLE(max_pool_backward);
FLOAT_TABLE(avg_pool);
FLOAT_TABLE(avg_pool_backward);
FLOAT_TABLE(max_unpool);
