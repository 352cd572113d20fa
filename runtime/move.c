/* SPDX-License-Identifier: MIT
 * move.c — copying, adding and filling strided memory.
 *
 * Dimensions are sorted by the destination's strides and merged where both sides allow it; what is left is at most a
 * few long loops. Where the source runs fastest along another dimension than the destination (a transpose), the two
 * innermost loops go over square blocks, so that a cache line is used whole on both sides. */
#include "runtime/move.h"
#include <string.h>

/* ---- descriptors ---------------------------------------------------------------------------------------------- */

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

/* ---- loops ------------------------------------------------------------------------------------------------------ */

typedef struct nest {
    uint32_t ndim;
    int64_t size[COT_MAX_DIMS], to[COT_MAX_DIMS], from[COT_MAX_DIMS]; /* outermost first; strides in bytes */
    char *to_data;
    const char *from_data;
    uint32_t item;
    uint8_t dtype;
    int64_t outer; /* iterations of all but the innermost two loops */
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
    while (n.ndim < 2) { /* at least two loops, so that callers need no special case */
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

#define COPY_ROW(type)                                                                                                 \
    static void copy_row_##type(char *to, const char *from, int64_t n, int64_t ts, int64_t fs) {                       \
        for (int64_t i = 0; i < n; i++) *(type *)(to + i * ts) = *(const type *)(from + i * fs);                       \
    }
typedef struct b16 {
    uint64_t low, high;
} b16;
COPY_ROW(uint8_t)
COPY_ROW(uint16_t)
COPY_ROW(uint32_t) COPY_ROW(uint64_t) COPY_ROW(b16)

    static void copy_row(uint32_t item, char *to, const char *from, int64_t n, int64_t ts, int64_t fs) {
    if (ts == item && fs == item) memcpy(to, from, (size_t)n * item);
    else if (item == 4) copy_row_uint32_t(to, from, n, ts, fs);
    else if (item == 2) copy_row_uint16_t(to, from, n, ts, fs);
    else if (item == 8) copy_row_uint64_t(to, from, n, ts, fs);
    else if (item == 1) copy_row_uint8_t(to, from, n, ts, fs);
    else copy_row_b16(to, from, n, ts, fs);
}

enum { BLOCK = 32 };

/* Rows [begin, end) of the loops outside the innermost. */
static void copy_rows(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const nest *n = arg;
    UNUSED(worker);
    uint32_t last = n->ndim - 1;
    for (int64_t i = begin; i < end; i++) {
        int64_t to, from;
        nest_offsets(n, last, i, &to, &from);
        copy_row(n->item, n->to_data + to, n->from_data + from, n->size[last], n->to[last], n->from[last]);
    }
}

/* Blocks [begin, end) of rows: for transposes, where the source is fastest along the second innermost loop. */
static void copy_blocks(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const nest *n = arg;
    UNUSED(worker);
    uint32_t last = n->ndim - 1, row = last - 1;
    int64_t blocks = (n->size[row] + BLOCK - 1) / BLOCK;
    for (int64_t i = begin; i < end; i++) {
        int64_t to, from, first = i % blocks * BLOCK, rows = MIN(BLOCK, n->size[row] - first);
        nest_offsets(n, row, i / blocks, &to, &from);
        char *t = n->to_data + to + first * n->to[row];
        const char *f = n->from_data + from + first * n->from[row];
        for (int64_t c = 0; c < n->size[last]; c += BLOCK)
            for (int64_t r = 0; r < rows; r++)
                copy_row(n->item, t + r * n->to[row] + c * n->to[last], f + r * n->from[row] + c * n->from[last],
                         MIN(BLOCK, n->size[last] - c), n->to[last], n->from[last]);
    }
}

enum { PIECE_BYTES = 32768 };

void move_copy(const kernel_call *call) {
    const tensor_desc *to = &call->tensors[0], *from = &call->tensors[1];
    if (to->numel == 0) return;
    nest n = nest_make(to, call->data[0], from, call->data[1]);
    nest_split(&n, PIECE_BYTES / n.item);
    uint32_t last = n.ndim - 1;
    int64_t rows = to->numel / n.size[last];
    bool transpose =
        n.from[last] > n.from[last - 1] && n.from[last - 1] != 0 && n.size[last - 1] >= 8 && n.size[last] >= 8;
    if (transpose) {
        int64_t blocks = rows / n.size[last - 1] * ((n.size[last - 1] + BLOCK - 1) / BLOCK);
        parallel_for(call->pool, blocks, MAX(1, PIECE_BYTES / (BLOCK * n.item * n.size[last])), copy_blocks, &n);
    } else {
        parallel_for(call->pool, rows, MAX(1, PIECE_BYTES / (n.item * n.size[last])), copy_rows, &n);
    }
}

/* ---- adding -------------------------------------------------------------------------------------------------------
 */

static float half_to_float(uint16_t h) {
    _Float16 x;
    memcpy(&x, &h, 2);
    return (float)x;
}
static uint16_t half_from_float(float f) {
    _Float16 x = (_Float16)f;
    uint16_t h;
    memcpy(&h, &x, 2);
    return h;
}
static float bfloat_to_float(uint16_t h) {
    uint32_t bits = (uint32_t)h << 16;
    float f;
    memcpy(&f, &bits, 4);
    return f;
}
static uint16_t bfloat_from_float(float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    if (f != f) return 0x7fc0;
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

#define ADD_ROW(name, type, load, store)                                                                               \
    static void add_row_##name(char *to, const char *from, int64_t n, int64_t ts, int64_t fs) {                        \
        for (int64_t i = 0; i < n; i++) {                                                                              \
            type *t = (type *)(to + i * ts);                                                                           \
            *t = store(load(*t) + load(*(const type *)(from + i * fs)));                                               \
        }                                                                                                              \
    }
ADD_ROW(f32, float, , )
ADD_ROW(f64, double, , )
ADD_ROW(f16, uint16_t, half_to_float, half_from_float)
ADD_ROW(bf16, uint16_t, bfloat_to_float, bfloat_from_float)

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

/* ---- filling ------------------------------------------------------------------------------------------------------
 */

static void one_of(cot_dtype dtype, unsigned char bytes[16]) {
    float f = 1;
    double d = 1;
    uint16_t half = 0x3c00, bfloat = 0x3f80;
    memset(bytes, 0, 16);
    switch (dtype) {
    case COT_F32:
    case COT_C64: memcpy(bytes, &f, 4); break;
    case COT_F64:
    case COT_C128: memcpy(bytes, &d, 8); break;
    case COT_F16: memcpy(bytes, &half, 2); break;
    case COT_BF16: memcpy(bytes, &bfloat, 2); break;
    default: bytes[0] = 1; /* little-endian integers and bool */
    }
}

void move_fill(const tensor_desc *to, void *data, bool one) {
    unsigned char value[16] = {0};
    if (one) one_of((cot_dtype)to->dtype, value);
    if (to->numel == 0) return;
    tensor_desc from = *to;
    memset(from.strides, 0, sizeof from.strides);
    nest n = nest_make(to, data, &from, value);
    if (!one && n.to[n.ndim - 1] == n.item) {
        for (int64_t i = 0; i < to->numel / n.size[n.ndim - 1]; i++) {
            int64_t offset, unused;
            nest_offsets(&n, n.ndim - 1, i, &offset, &unused);
            memset((char *)data + offset, 0, (size_t)n.size[n.ndim - 1] * n.item);
        }
        return;
    }
    copy_rows(&n, 0, to->numel / n.size[n.ndim - 1], 0);
}
