/* SPDX-License-Identifier: MIT
 * onednn.h — oneDNN, loaded when the first convolution is planned, and without its threads.
 *
 * The library is large (6 MB of memory before the first call) and few programs need it: it is no dependency of ours but
 * opened by name, and where it is missing our own kernels compute everything.
 *
 * Debian's oneDNN divides work over OpenMP, whose threads would fight with our pool for the same cores. Each call of
 * oneDNN, and the making of each primitive, stands between onednn_enter and onednn_leave, on whichever thread calls:
 *
 *     int before = onednn_enter(library);
 *     library->primitive_execute(…);
 *     onednn_leave(library, before);
 *
 * Only the calling thread's own OpenMP setting changes, and it is restored: an application may use OpenMP as well. */
#ifndef KERNELS_CPU_ONEDNN_H
#define KERNELS_CPU_ONEDNN_H

#include "base/context.h"

typedef struct onednn onednn;

/* The library, from the context that keeps it; NULL where it was not built in, is not installed, is of another major
 * version, or cannot be kept on one thread. Needs a guard; thread-safety: as the context. */
const onednn *onednn_open(cot_context *ctx);
/* "2.6.3", or NULL. */
const char *onednn_version(const onednn *library);

#if COT_HAVE_DNNL
#include <oneapi/dnnl/dnnl.h>

/* What is used of it, by the names it has behind dnnl_. */
#define ONEDNN_FUNCTIONS(F)                                                                                            \
    F(version)                                                                                                         \
    F(engine_create)                                                                                                   \
    F(engine_destroy)                                                                                                  \
    F(stream_create)                                                                                                   \
    F(stream_destroy)                                                                                                  \
    F(memory_create)                                                                                                   \
    F(memory_destroy)                                                                                                  \
    F(memory_desc_equal)                                                                                               \
    F(memory_desc_get_size)                                                                                            \
    F(memory_desc_init_by_strides)                                                                                     \
    F(memory_desc_init_by_tag)                                                                                         \
    F(memory_desc_init_submemory)                                                                                      \
    F(primitive_attr_create)                                                                                           \
    F(primitive_attr_destroy)                                                                                          \
    F(primitive_attr_set_scratchpad_mode)                                                                              \
    F(primitive_create)                                                                                                \
    F(primitive_destroy)                                                                                               \
    F(primitive_execute)                                                                                               \
    F(primitive_desc_create)                                                                                           \
    F(primitive_desc_destroy)                                                                                          \
    F(primitive_desc_query)                                                                                            \
    F(primitive_desc_query_md)                                                                                         \
    F(reorder_primitive_desc_create)                                                                                   \
    F(dilated_convolution_forward_desc_init)                                                                           \
    F(dilated_convolution_backward_data_desc_init)                                                                     \
    F(dilated_convolution_backward_weights_desc_init)

struct onednn {
#define ONEDNN_FIELD(name) __typeof__(&dnnl_##name) name;
    ONEDNN_FUNCTIONS(ONEDNN_FIELD)
#undef ONEDNN_FIELD
    int (*get_threads)(void); /* of OpenMP */
    void (*set_threads)(int);
    char name[24];
};

static inline int onednn_enter(const onednn *library) {
    const int before = library->get_threads();
    if (before != 1) library->set_threads(1);
    return before;
}

static inline void onednn_leave(const onednn *library, int before) {
    if (before != 1) library->set_threads(before);
}
#endif

#endif
