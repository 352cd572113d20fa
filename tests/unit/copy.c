/* SPDX-License-Identifier: MIT
 * copy.c — the strided copy in every build against its definition: random ranks, layouts, gaps, broadcasts and
 * dtypes. */
#include "kernels/copy.h"
#include "runtime/pool.h"
#include "tests/unit/tap.h"

enum { ROUNDS = 4000, MOST_BYTES = 1 << 20 };

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n) {
    random_state = random_state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)random_state * n >> 32);
}

static void shuffle(uint32_t *order, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) order[i] = i;
    for (uint32_t i = n; i-- > 1;) {
        uint32_t k = random_below(i + 1), swap = order[i];
        order[i] = order[k];
        order[k] = swap;
    }
}

/* Sizes are given; dimensions lie in random order, now and then with a gap. Returns bytes from first to last. */
static size_t lay_out(tensor_desc *t, cot_dtype dtype) {
    uint32_t order[COT_MAX_DIMS];
    int64_t next = 1, last = 0;
    t->dtype = (uint8_t)dtype;
    t->item_bytes = (uint32_t)cot_dtype_bytes(dtype);
    t->numel = 1;
    shuffle(order, t->ndim);
    for (uint32_t i = t->ndim; i-- > 0;) {
        uint32_t d = order[i];
        t->strides[d] = next * (random_below(8) ? 1 : 2);
        next = t->strides[d] * (t->sizes[d] ? t->sizes[d] : 1);
        last += t->strides[d] * (t->sizes[d] ? t->sizes[d] - 1 : 0);
        t->numel *= t->sizes[d];
    }
    return (size_t)(last + 1) * t->item_bytes;
}

/* Values that every dtype can hold: small whole numbers. */
static void fill_small(const tensor_desc *t, void *data, size_t bytes) {
    tensor_desc flat = {
        .dtype = t->dtype, .ndim = 1, .item_bytes = t->item_bytes, .numel = (int64_t)(bytes / t->item_bytes)};
    flat.sizes[0] = flat.numel;
    flat.strides[0] = 1;
    int64_t number;
    tensor_desc scalar = {.dtype = COT_I64, .item_bytes = 8, .numel = 1};
    for (int64_t i = 0; i < flat.numel; i++) {
        tensor_desc tensors[2] = {scalar, scalar};
        tensors[0].dtype = t->dtype;
        tensors[0].item_bytes = t->item_bytes;
        void *pointers[2] = {(char *)data + i * t->item_bytes, &number};
        number = t->dtype == COT_BOOL ? random_below(2) : random_below(100);
        ref_copy(&(kernel_call){.tensors = tensors, .data = pointers, .num_results = 1, .num_operands = 1});
    }
}

static bool same_as_reference(kernel_fn kernel, cot_dtype to, cot_dtype from) {
    tensor_desc t[2] = {{0}, {0}};
    pool three = {.threads = 3};
    t[0].ndim = t[1].ndim = (uint8_t)random_below(5);
    for (uint32_t i = 0; i < t[0].ndim; i++)
        t[0].sizes[i] = t[1].sizes[i] = random_below(3)    ? 1 + random_below(5)
                                        : random_below(40) ? 1 + random_below(70)
                                                           : 0;
    size_t bytes[2] = {lay_out(&t[0], to), lay_out(&t[1], from)};
    if (t[1].ndim && !random_below(4)) t[1].strides[random_below(t[1].ndim)] = 0;
    if (bytes[0] > MOST_BYTES || bytes[1] > MOST_BYTES) return true;
    char *found = calloc(1, bytes[0] + 64), *expected = calloc(1, bytes[0] + 64), *source = calloc(1, bytes[1] + 64);
    fill_small(&t[1], source, bytes[1]);
    void *data[2] = {found, source};
    kernel_call call = {.tensors = t, .data = data, .num_results = 1, .num_operands = 1, .pool = &three};
    kernel(&call);
    data[0] = expected;
    ref_copy(&call);
    bool same = !memcmp(found, expected, bytes[0] + 64);
    free(found), free(expected), free(source);
    return same;
}

static void test_level(kernel_level level) {
    kernel_fn kernel = KERNEL_SELECT_AT(level, copy_kernel);
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        cot_dtype from = (cot_dtype)random_below(COT_BOOL + 1),
                  to = random_below(2) ? from : (cot_dtype)random_below(COT_BOOL + 1);
        wrong += !same_as_reference(kernel, to, from);
    }
    printf("# level %d\n", (int)level);
    CHECK(wrong == 0);
}

int main(void) {
    for (int level = KERNEL_V2; level <= (int)kernel_isa(); level++) test_level((kernel_level)level);
    return tap_done();
}
