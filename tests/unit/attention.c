/* SPDX-License-Identifier: MIT
 * attention.c — attention forward and backward in every build against the definition: dtypes, lengths around the size
 * of a block, widths that are no whole vectors, layouts, masks, shared heads, heads divided and blocks divided. */
#include "kernels/attention.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/element.h"
#include "kernels/ref/linalg.h"
#include "runtime/pool.h"
#include "tests/unit/tap.h"

#include <math.h>

KERNEL_DECLARE_TABLE(kernel_fn, attention_forward);
KERNEL_DECLARE_TABLE(kernel_fn, attention_backward);

enum { NO_MASK, MASK_ROWS, MASK_TRIANGLE, MASK_PER_HEAD, THREADS = 3, TENSORS = 10 };

typedef struct problem {
    const char *name;
    int64_t batch, heads, key_heads, queries, keys, width;
    bool causal, heads_inside, split;
    int mask;
} problem;

static const problem problems[] = {
    {"one block", 2, 3, 3, 20, 20, 16, true, true, false, NO_MASK},
    {"65 tokens, heads inside", 1, 2, 2, 65, 65, 18, false, true, false, NO_MASK},
    {"causal, several blocks", 1, 1, 1, 150, 150, 5, true, true, false, NO_MASK},
    {"more keys than queries, causal", 1, 1, 1, 70, 150, 3, true, false, false, NO_MASK},
    {"fewer keys than queries", 1, 2, 2, 130, 17, 17, false, false, false, NO_MASK},
    {"shared heads", 1, 6, 2, 33, 81, 10, false, true, false, NO_MASK},
    {"shared heads, blocks divided", 1, 4, 2, 97, 145, 3, true, true, true, NO_MASK},
    {"mask by rows, some hidden", 2, 2, 1, 90, 90, 4, false, true, false, MASK_ROWS},
    {"mask by rows, blocks divided", 1, 2, 1, 90, 90, 4, false, true, true, MASK_ROWS},
    {"triangular mask", 1, 1, 1, 150, 150, 4, false, true, false, MASK_TRIANGLE},
    {"a mask for each head", 2, 3, 3, 5, 7, 1, false, false, false, MASK_PER_HEAD},
    {"one query", 1, 2, 2, 1, 200, 64, false, true, true, NO_MASK},
    {"no batch", 0, 2, 2, 5, 5, 8, false, true, false, NO_MASK},
};

static uint64_t random_state = 1;

static double random_number(void) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (double)(random_state >> 40) / (double)(1 << 23) - 1;
}

/* (batch, heads, length, width), with a gap behind each row; heads_inside: as (batch, length, heads, width). */
static tensor_desc describe(const problem *p, cot_dtype dtype, int64_t heads, int64_t length, int64_t width) {
    const int64_t row = width + (width > 1 ? 3 : 0);
    tensor_desc t = {.dtype = (uint8_t)dtype, .ndim = 4, .item_bytes = (uint32_t)cot_dtype_bytes(dtype)};
    const int64_t sizes[4] = {p->batch, heads, length, width};
    const int64_t outside[4] = {heads * length * row, length * row, row, 1},
                  inside[4] = {heads * length * row, row, heads * row, 1};
    memcpy(t.sizes, sizes, sizeof sizes);
    memcpy(t.strides, p->heads_inside ? inside : outside, sizeof inside);
    t.numel = p->batch * heads * length * row;
    return t;
}

static void *numbers(const tensor_desc *t) {
    void *data = calloc(1, (size_t)t->numel * t->item_bytes + 64);
    for (int64_t i = 0; i < t->numel; i++) element_store(t->dtype, data, i, 2 * random_number());
    return data;
}

static tensor_desc mask_of(const problem *p, cot_dtype dtype, attention_attributes *a, void **data) {
    const int64_t heads = p->mask == MASK_PER_HEAD ? p->batch * p->heads : 1, row = p->mask == MASK_ROWS ? 0 : p->keys;
    const int64_t strides[4] = {heads > 1 ? p->heads * p->queries * p->keys : 0, heads > 1 ? p->queries * p->keys : 0,
                                row, 1};
    tensor_desc t = {.dtype = (uint8_t)dtype, .item_bytes = (uint32_t)cot_dtype_bytes(dtype)};
    t.numel = heads * p->queries * p->keys;
    memcpy(a->mask_strides, strides, sizeof strides);
    *data = numbers(&t);
    for (int64_t i = 0; i < t.numel; i++) {
        const int64_t q = i / p->keys % p->queries, k = i % p->keys;
        const bool hidden = p->mask == MASK_TRIANGLE ? k > q : p->mask == MASK_ROWS ? k < 70 : q == 3 || k == 2;
        if (hidden) element_store(t.dtype, *data, i, -INFINITY);
    }
    return t;
}

/* Results [0, count) of a kernel and of the definition. */
static bool same(const kernel_call *call, kernel_fn kernel, kernel_fn reference, uint32_t count, double tolerance) {
    void *found[3], *data[TENSORS];
    double worst = 0;
    memcpy(data, call->data, sizeof data);
    for (uint32_t r = 0; r < count; r++) found[r] = numbers(&call->tensors[r]), data[r] = found[r];
    kernel_call again = *call;
    again.data = data;
    kernel(&again);
    reference(call);
    for (uint32_t r = 0; r < count; r++) {
        const tensor_desc *t = &call->tensors[r];
        const int64_t n = t->sizes[0] * t->sizes[1] * t->sizes[2] * t->sizes[3];
        for (int64_t i = 0; i < n; i++) {
            const int64_t at = element_offset(t, i);
            const double x = element_load(t->dtype, found[r], at), y = element_load(t->dtype, call->data[r], at);
            if (x != y) worst = fmax(worst, isfinite(x) && isfinite(y) ? fabs(x - y) : INFINITY);
        }
        free(found[r]);
    }
    if (worst > tolerance) printf("# largest difference %g\n", worst);
    return worst <= tolerance;
}

static bool test_problem(const problem *p, cot_dtype dtype, kernel_level level) {
    const cot_dtype wide = dtype == COT_F64 ? COT_F64 : COT_F32;
    attention_attributes a = {p->batch, p->heads, p->key_heads, p->queries, p->keys,
                              p->width, 0.7,      p->causal,    p->split,   .mask_at = 0};
    pool threads = {.threads = THREADS};
    tensor_desc q = describe(p, dtype, p->heads, p->queries, p->width),
                k = describe(p, dtype, p->key_heads, p->keys, p->width),
                lse = describe(p, wide, p->heads, p->queries, 1), mask = {0};
    void *mask_data = NULL;
    if (p->mask) mask = mask_of(p, dtype, &a, &mask_data);

    const tensor_desc forward[TENSORS] = {q, lse, q, k, k, mask},
                      backward[TENSORS] = {q, k, k, q, q, k, k, q, lse, mask};
    void *data[TENSORS] = {0}, *back[TENSORS] = {0};
    for (int i = 0; i < 5; i++) data[i] = numbers(&forward[i]);
    for (int i = 0; i < 4; i++) back[i] = numbers(&backward[i]);
    void *const shared[5] = {data[ATTENTION_Q], data[ATTENTION_K], data[ATTENTION_V], data[ATTENTION_OUT],
                             data[ATTENTION_LSE]};
    memcpy(back + ATTENTION_B_Q, shared, sizeof shared);
    data[5] = back[9] = mask_data;

    const size_t room = MAX(attention_forward_scratch(&a), attention_backward_scratch(&a));
    void *scratch = aligned_alloc(64, (room * THREADS * sizeof(double) + 64) / 64 * 64);
    kernel_call call = {.tensors = forward, .data = data, .num_results = 2, .num_operands = 4, .attributes = &a};
    call.scratch = scratch;
    call.pool = &threads;
    const double tolerance = dtype == COT_F64 ? 1e-11 : dtype == COT_F32 ? 2e-5 : dtype == COT_F16 ? 1e-2 : 1e-1;
    a.mask_at = p->mask ? 5 : 0;
    a.worker = attention_forward_scratch(&a);
    bool good = same(&call, KERNEL_SELECT_AT(level, attention_forward)[dtype], ref_attention, 2, tolerance);
    call.tensors = backward;
    call.data = back;
    call.num_results = 3;
    call.num_operands = 7;
    a.mask_at = p->mask ? 9 : 0;
    a.worker = attention_backward_scratch(&a);
    good &= same(&call, KERNEL_SELECT_AT(level, attention_backward)[dtype], ref_attention_backward, 3, 5 * tolerance);
    for (int i = 0; i < 5; i++) free(data[i]);
    for (int i = 0; i < 4; i++) free(back[i]);
    free(mask_data);
    free(scratch);
    return good;
}

int main(void) {
    static const cot_dtype dtypes[] = {COT_F32, COT_F64, COT_F16, COT_BF16};
    for (size_t i = 0; i < COUNT_OF(problems); i++) {
        bool good = true;
        for (int level = KERNEL_V2; level <= (int)kernel_isa(); level++)
            for (size_t d = 0; d < COUNT_OF(dtypes); d++) {
                if (level < (int)kernel_isa() && d > 1) continue; /* the 16-bit ones share the arithmetic */
                if (test_problem(&problems[i], dtypes[d], (kernel_level)level)) continue;
                printf("# level %d, %s\n", level, cot_dtype_name(dtypes[d]));
                good = false;
            }
        tap_check(good, problems[i].name, __FILE__, __LINE__);
    }
    return tap_done();
}
