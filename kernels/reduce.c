/* SPDX-License-Identifier: MIT
 * reduce.c — laying out a reduction: kept and reduced dimensions in memory order, merged, and how work is divided. */
#include "kernels/reduce.h"

enum { GRAIN = 1 << 15 }; /* elements that are worth a thread */

typedef struct axis {
    int64_t size, in, out;
} axis;

/* Larger strides first; neighbours that are one run in memory merge. */
static uint32_t order_axes(axis *axes, uint32_t count) {
    uint32_t used = 0;
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t k = i; k > 0 && axes[k - 1].in < axes[k].in; k--) {
            const axis swap = axes[k];
            axes[k] = axes[k - 1];
            axes[k - 1] = swap;
        }
    for (uint32_t i = 0; i < count; i++) {
        if (axes[i].size == 1) continue;
        axis *last = used ? &axes[used - 1] : NULL;
        if (last && last->in == axes[i].in * axes[i].size && last->out == axes[i].out * axes[i].size) {
            last->size *= axes[i].size;
            last->in = axes[i].in;
            last->out = axes[i].out;
        } else {
            axes[used++] = axes[i];
        }
    }
    return used;
}

size_t reduce_layout(reduction *r, const tensor_desc *in, const tensor_desc *out, uint32_t mask, uint32_t threads) {
    axis kept[COT_MAX_DIMS], reduced[COT_MAX_DIMS];
    const bool keepdim = out->ndim == in->ndim;
    uint32_t nk = 0, nr = 0;
    r->count = 1;
    for (uint32_t d = 0; d < in->ndim; d++) {
        const uint32_t at = keepdim ? d : nk;
        if (mask >> d & 1) reduced[nr++] = (axis){in->sizes[d], in->strides[d], 0}, r->count *= in->sizes[d];
        else kept[nk++] = (axis){in->sizes[d], in->strides[d], out->strides[at]};
    }
    r->outputs = out->numel;
    r->kept = order_axes(kept, nk);
    r->reduced = order_axes(reduced, nr);
    for (uint32_t d = 0; d < r->kept; d++) {
        r->kept_sizes[d] = kept[d].size;
        r->kept_strides[d] = kept[d].in;
        r->result_strides[d] = kept[d].out;
    }
    for (uint32_t d = 0; d < r->reduced; d++) {
        r->reduced_sizes[d] = reduced[d].size;
        r->reduced_strides[d] = reduced[d].in;
    }
    const int64_t inner = r->kept ? r->kept_sizes[r->kept - 1] : 1;
    r->columns = r->kept && r->reduced && kept[r->kept - 1].in < reduced[r->reduced - 1].in && inner >= 4;
    const int64_t groups = r->columns ? r->outputs / MAX(inner, 1) : r->outputs;
    r->width = 1;
    r->splits = 1;
    if (r->columns) { /* as wide as a tile, narrower where that leaves threads without work */
        r->width = MIN(inner, TILE_LENGTH);
        while (r->width >= 128 && groups * ((inner + r->width - 1) / r->width) < threads)
            r->width = (r->width / 2 + 15) / 16 * 16;
    }
    const int64_t units = groups * (r->columns ? (inner + r->width - 1) / r->width : 1);
    const bool long_enough = r->count / MAX(threads, 1u) >= 64 && r->count * MAX(r->outputs, 1) >= 2 * GRAIN;
    if (threads > 1 && units < threads && long_enough && r->outputs <= 4096 && r->second == REDUCE_NONE)
        r->splits = threads;
    return r->splits > 1 ? (size_t)(r->splits * r->outputs) * sizeof(double) : 0;
}
