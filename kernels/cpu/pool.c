/* SPDX-License-Identifier: MIT
 * pool.c — pooling. A unit of work is a plane (image, channel), in any strides; where channels lie innermost there are
 * loops over vectors of them (pool_channels_tmpl.c). Backwards add into a plane of the
 * computing type in scratch, so 16-bit gradients are rounded once. */
#include "kernels/pool.h"
#include "kernels/cpu/isa.h"
#include "kernels/element.h"

static int64_t volume(const int64_t size[3]) { return size[0] * size[1] * size[2]; }

/* An output position; the walk ends when o[0] reaches the first size. */
typedef struct position {
    int64_t o[3];
} position;

/* The first position: behind the last when there is none. */
static inline position position_first(const pool_attributes *a) {
    return (position){{volume(a->out) > 0 ? 0 : a->out[0], 0, 0}};
}

static inline void position_next(const pool_attributes *a, position *p) {
    if (++p->o[2] < a->out[2]) return;
    p->o[2] = 0;
    if (++p->o[1] < a->out[1]) return;
    p->o[1] = 0;
    p->o[0]++;
}

static inline int64_t position_offset(const pool_view *v, const position *p) {
    return p->o[0] * v->s[0] + p->o[1] * v->s[1] + p->o[2] * v->s[2];
}

static inline void windows_at(const pool_attributes *a, const position *p, pool_window w[3]) {
    for (int d = 0; d < 3; d++) w[d] = pool_window_at(a, d, p->o[d]);
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

enum { POOL_LANES = 64 };

static int64_t blocks_of(const pool_attributes *a) { return (a->channels + POOL_LANES - 1) / POOL_LANES; }

/* Do channels lie innermost, in tensors that have several? Indices have strides 0 where there are none. */
static bool channels_inside(const pool_job *job) {
    const bool indices = job->indices.sn || job->indices.sc;
    return job->a->channels > 1 && job->x.sc == 1 && job->y.sc == 1 && (!indices || job->indices.sc == 1) &&
           (volume(job->a->in) > 1 || volume(job->a->out) > 1);
}

/* Is the pixel of index i at i times the stride of a row's pixels? */
static bool pixels_collapse(const pool_job *job) {
    const int64_t *in = job->a->in, *s = job->x.s;
    return (in[1] == 1 || s[1] == in[2] * s[2]) && (in[0] == 1 || s[0] == in[1] * in[2] * s[2]);
}

#define TEMPLATE "kernels/cpu/pool_tmpl.c"
#include "kernels/cpu/each_float.h"

FLOAT_TABLE(max_pool);
FLOAT_TABLE(max_pool_backward);
FLOAT_TABLE(avg_pool);
FLOAT_TABLE(avg_pool_backward);
FLOAT_TABLE(max_unpool);
