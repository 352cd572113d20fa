/* SPDX-License-Identifier: MIT
 * move.c — copying, adding and filling strided memory.
 *
 * Copies and fills are the operators' own kernels. An addition sorts dimensions by the destination's strides and merges
 * them where both sides allow it; what is left is at most a few long loops. */
#include "runtime/move.h"
#include "kernels/copy.h"
#include "kernels/element.h"
#include <string.h>

/* ---- descriptors --------------------------------------------------------------------------------------------- */

tensor_desc tensor_describe(cot_dtype dtype, uint32_t ndim, const int64_t *sizes, const int64_t *strides) {
    tensor_desc t = {.dtype = (uint8_t)dtype, .ndim = (uint8_t)ndim, .item_bytes = (uint32_t)cot_dtype_bytes(dtype)};
    t.numel = 1;
    int64_t expected = 1;
    t.contiguous = 1;
    for (uint32_t d = ndim; d-- > 0;) {
        t.sizes[d] = sizes[d];
        t.strides[d] = strides ? strides[d] : expected;
        if (sizes[d] != 1 && t.strides[d] != expected) t.contiguous = 0;
        if (__builtin_mul_overflow(t.numel, sizes[d], &t.numel)) t.numel = INT64_MAX;
        if (__builtin_mul_overflow(expected, sizes[d] > 1 ? sizes[d] : 1, &expected)) expected = INT64_MAX;
    }
    for (uint32_t d = 0; d < ndim; d++)
        if (sizes[d] == 0) t.numel = 0;
    if (t.numel == 0) t.contiguous = 1;
    return t;
}

bool tensor_extent(const tensor_desc *t, uint64_t *bytes) {
    int64_t last = 0, step;
    *bytes = 0;
    if (t->numel == 0) return true;
    for (uint32_t d = 0; d < t->ndim; d++)
        if (__builtin_mul_overflow(t->sizes[d] - 1, t->strides[d], &step) || __builtin_add_overflow(last, step, &last))
            return false;
    if (last < 0 || last >= INT64_MAX / 32) return false;
    *bytes = ((uint64_t)last + 1) * t->item_bytes;
    return true;
}

bool tensor_is_dense(const tensor_desc *t) {
    uint64_t extent;
    if (!tensor_extent(t, &extent) || extent != (uint64_t)t->numel * t->item_bytes) return false;
    /* Extent and count agree; that no address is reached twice shows in the sorted strides. */
    uint32_t order[COT_MAX_DIMS], n = 0;
    for (uint32_t d = 0; d < t->ndim; d++) {
        if (t->sizes[d] == 1) continue;
        uint32_t at = n++;
        for (; at > 0 && t->strides[order[at - 1]] > t->strides[d]; at--) order[at] = order[at - 1];
        order[at] = d;
    }
    int64_t expected = 1;
    for (uint32_t i = 0; i < n && t->numel; expected *= t->sizes[order[i++]])
        if (t->strides[order[i]] != expected) return false;
    return true;
}

bool tensor_same_layout(const tensor_desc *a, const tensor_desc *b) {
    if (a->ndim != b->ndim || a->item_bytes != b->item_bytes) return false;
    for (uint32_t d = 0; d < a->ndim; d++) {
        if (a->sizes[d] != b->sizes[d]) return false;
        if (a->numel && a->sizes[d] != 1 && a->strides[d] != b->strides[d]) return false;
    }
    return true;
}

void move_copy(const kernel_call *call) {
    if (call->tensors[0].numel) KERNEL_SELECT(copy_kernel)(call);
}

/* ---- loops --------------------------------------------------------------------------------------------------- */

typedef struct nest {
    uint32_t ndim;
    int64_t size[COT_MAX_DIMS], to[COT_MAX_DIMS], from[COT_MAX_DIMS]; /* outermost first; strides in bytes */
    char *to_data;
    const char *from_data;
    uint32_t item;
    uint8_t dtype;
} nest;

/* The loops over two tensors of the same sizes, without those of one iteration, largest destination stride first. */
static nest nest_make(const tensor_desc *to, void *to_data, const tensor_desc *from, const void *from_data) {
    nest n = {.to_data = to_data, .from_data = from_data, .item = to->item_bytes, .dtype = to->dtype};
    for (uint32_t d = 0; d < to->ndim; d++) {
        if (to->sizes[d] == 1) continue;
        uint32_t at = n.ndim++;
        int64_t stride = to->strides[d] * n.item;
        for (; at > 0 && n.to[at - 1] < stride; at--)
            n.size[at] = n.size[at - 1], n.to[at] = n.to[at - 1], n.from[at] = n.from[at - 1];
        n.size[at] = to->sizes[d], n.to[at] = stride, n.from[at] = from->strides[d] * n.item;
    }
    uint32_t kept = 0;
    for (uint32_t d = 1; d < n.ndim; d++) {
        bool merges = n.to[kept] == n.to[d] * n.size[d] && n.from[kept] == n.from[d] * n.size[d];
        if (merges) n.size[kept] *= n.size[d];
        else kept++, n.size[kept] = n.size[d];
        n.to[kept] = n.to[d], n.from[kept] = n.from[d];
    }
    n.ndim = n.ndim ? kept + 1 : 0;
    while (n.ndim < 2) { /* at least two loops, so that nobody needs a special case */
        for (uint32_t d = n.ndim; d > 0; d--)
            n.size[d] = n.size[d - 1], n.to[d] = n.to[d - 1], n.from[d] = n.from[d - 1];
        n.size[0] = 1, n.to[0] = 0, n.from[0] = 0;
        n.ndim++;
    }
    return n;
}

/* Splits the innermost loop when nothing stands outside it, so that a plain copy of one long row is parallel too. */
static void nest_split(nest *n, int64_t piece) {
    uint32_t last = n->ndim - 1;
    int64_t size = n->size[last];
    if (n->ndim != 2 || n->size[0] != 1 || size < 2 * piece || size % piece) return;
    n->size[0] = size / piece, n->to[0] = n->to[last] * piece, n->from[0] = n->from[last] * piece;
    n->size[last] = piece;
}

static void nest_offsets(const nest *n, uint32_t loops, int64_t index, int64_t *to, int64_t *from) {
    *to = *from = 0;
    for (uint32_t d = loops; d-- > 0;) {
        int64_t i = index % n->size[d];
        index /= n->size[d];
        *to += i * n->to[d], *from += i * n->from[d];
    }
}

enum { PIECE_BYTES = 32768 };

/* ---- adding -------------------------------------------------------------------------------------------------- */

#define ADD_ROW(name, type, load, store)                                                                               \
    static void add_row_##name(char *to, const char *from, int64_t n, int64_t ts, int64_t fs) {                        \
        for (int64_t i = 0; i < n; i++) {                                                                              \
            type *t = (type *)(to + i * ts);                                                                           \
            *t = store(load(*t) + load(*(const type *)(from + i * fs)));                                               \
        }                                                                                                              \
    }
ADD_ROW(f32, float, , )
ADD_ROW(f64, double, , )
ADD_ROW(f16, f16, f16_load, f16_store)
ADD_ROW(bf16, bf16, bf16_load, bf16_store)

static void add_rows(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const nest *n = arg;
    UNUSED(worker);
    uint32_t last = n->ndim - 1;
    for (int64_t i = begin; i < end; i++) {
        int64_t to, from;
        nest_offsets(n, last, i, &to, &from);
        char *t = n->to_data + to;
        const char *f = n->from_data + from;
        int64_t count = n->size[last], ts = n->to[last], fs = n->from[last];
        switch ((cot_dtype)n->dtype) {
        case COT_C64: add_row_f32(t + 4, f + 4, count, ts, fs); /* fall through */
        case COT_F32: add_row_f32(t, f, count, ts, fs); break;
        case COT_C128: add_row_f64(t + 8, f + 8, count, ts, fs); /* fall through */
        case COT_F64: add_row_f64(t, f, count, ts, fs); break;
        case COT_F16: add_row_f16(t, f, count, ts, fs); break;
        case COT_BF16: add_row_bf16(t, f, count, ts, fs); break;
        default: break; /* other dtypes have no gradients */
        }
    }
}

void move_add(const kernel_call *call) {
    const tensor_desc *to = &call->tensors[0];
    if (to->numel == 0) return;
    nest n = nest_make(to, call->data[0], &call->tensors[1], call->data[1]);
    nest_split(&n, PIECE_BYTES / n.item);
    int64_t rows = to->numel / n.size[n.ndim - 1];
    bool overlaps = !tensor_is_dense(to); /* may be a gap, may be an overlap: then one thread */
    parallel_for(call->pool, rows, overlaps ? rows : MAX(1, PIECE_BYTES / (n.item * n.size[n.ndim - 1])), add_rows, &n);
}

/* ---- filling ------------------------------------------------------------------------------------------------- */

void move_one(cot_dtype dtype, unsigned char bytes[16]) {
    float f = 1;
    double d = 1;
    f16 half = f16_store(1);
    bf16 brain = bf16_store(1);
    memset(bytes, 0, 16);
    switch (dtype) {
    case COT_F32:
    case COT_C64: memcpy(bytes, &f, sizeof f); break;
    case COT_F64:
    case COT_C128: memcpy(bytes, &d, sizeof d); break;
    case COT_F16: memcpy(bytes, &half, sizeof half); break;
    case COT_BF16: memcpy(bytes, &brain, sizeof brain); break;
    default: bytes[0] = 1; /* little-endian integers and bool */
    }
}

void move_zero(struct pool *p, const tensor_desc *to, void *data) {
    fill_attributes zero = {{0}};
    kernel_call call = {.tensors = to, .data = &data, .num_results = 1, .attributes = &zero, .pool = p};
    if (to->numel) KERNEL_SELECT(fill_kernel)(&call);
}
