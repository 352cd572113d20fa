/* SPDX-License-Identifier: MIT
 * gemm.c — products by every provider against their definition: dtypes, layouts, odd sizes, broadcast batches, what is
 * added. Numbers are small multiples of 1/8, so that sums are exact in f32 and results must be the same bits. Products
 * by parts in bf16 are held against f64 with other numbers. */
#include "base/arena.h"
#include "kernels/cpu/dispatch.h"
#include "kernels/element.h"
#include "kernels/gemm.h"
#include "kernels/ref/linalg.h"
#include "runtime/pool.h"
#include "tests/unit/tap.h"
#include <float.h>
#include <math.h>

KERNEL_DECLARE(kernel_fn, gemm_f32);
KERNEL_DECLARE(gemm_provider, gemm_packed);
KERNEL_DECLARE(kernel_fn, gemm_f64);
KERNEL_DECLARE(kernel_fn, gemm_c64);
KERNEL_DECLARE(kernel_fn, gemm_i32);
KERNEL_DECLARE(kernel_fn, gemm_half);

enum { THREADS = 3, GUARD_BYTES = 64, GUARD = 0x5a };

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n) {
    random_state = random_state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)random_state * n >> 32);
}

#define SCRATCH_BYTES ((size_t)THREADS * (GEMM_WORKER_FLOATS * sizeof(float) + ((size_t)5 << 19)))

typedef struct product {
    tensor_desc tensors[4]; /* C, A, B, D */
    void *data[4];
    size_t bytes[4];
    gemm_attributes g;
    void *scratch;
} product;

/* A batch of matrices: row- or column-major, now and then with a gap, or one matrix for the whole batch. */
static void describe(product *p, int i, cot_dtype dtype, const int64_t sizes[3], bool plain) {
    tensor_desc *t = &p->tensors[i];
    const bool columns = !plain && random_below(2);
    *t = (tensor_desc){.dtype = (uint8_t)dtype, .ndim = 3, .item_bytes = (uint32_t)cot_dtype_bytes(dtype), .numel = 1};
    for (int d = 0; d < 3; d++) t->sizes[d] = sizes[d], t->numel *= sizes[d];
    const int64_t inner = sizes[columns ? 1 : 2] + (plain || random_below(4) ? 0 : 5);
    t->strides[columns ? 1 : 2] = 1;
    t->strides[columns ? 2 : 1] = MAX(inner, 1);
    t->strides[0] = !plain && !random_below(4) ? 0 : MAX(inner, 1) * MAX(sizes[columns ? 2 : 1], 1);
    int64_t last = 0;
    for (int d = 0; d < 3; d++) last += MAX(sizes[d] - 1, 0) * t->strides[d];
    p->bytes[i] = (size_t)(last + 1) * t->item_bytes;
    p->data[i] = aligned_alloc(64, (p->bytes[i] + GUARD_BYTES + 63) / 64 * 64);
    for (int64_t k = 0; k <= last; k++)
        element_store(t->dtype, p->data[i], k, ((double)random_below(33) - 16) / (dtype == COT_I32 ? 1 : 8));
    memset((char *)p->data[i] + p->bytes[i], GUARD, GUARD_BYTES);
}

/* added: 0 nothing, 1 a row, 2 a column, 3 a matrix */
static void product_make(product *p, void *scratch, cot_dtype dtype, int64_t batch, int64_t m, int64_t n, int64_t k,
                         int added, bool sum_batch) {
    *p = (product){.g = {.batch = batch, .m = m, .n = n, .k = k, .alpha = 1, .a_at = 1, .b_at = 2}};
    describe(p, 0, dtype, (int64_t[]){sum_batch ? 1 : batch, m, n}, true);
    describe(p, 1, dtype, (int64_t[]){batch, m, k}, false);
    describe(p, 2, dtype, (int64_t[]){batch, k, n}, false);
    describe(p, 3, dtype, (int64_t[]){1, m, n}, true);
    p->g.a = gemm_describe(&p->tensors[1], false);
    p->g.b = gemm_describe(&p->tensors[2], false);
    p->g.c = gemm_describe(&p->tensors[0], false);
    p->g.d = (gemm_matrix){0, added == 1 ? 0 : p->tensors[3].strides[1], added == 2 ? 0 : 1};
    p->g.sum_batch = sum_batch;
    if (sum_batch) p->g.c.batch = 0;
    if (added) p->g.d_at = 3, p->g.beta = random_below(2) ? 1 : 2, p->g.alpha = random_below(2) ? 1 : -2;
    p->scratch = scratch;
}

static void product_free(product *p) {
    for (int i = 0; i < 4; i++) free(p->data[i]);
}

static kernel_call call_of(product *p, void **data, pool *threads) {
    return (kernel_call){.tensors = p->tensors,
                         .data = data,
                         .num_results = 1,
                         .num_operands = 3,
                         .attributes = &p->g,
                         .scratch = p->scratch,
                         .pool = threads};
}

/* Same bits as the definition, nothing written behind C. */
static bool product_right(product *p, kernel_fn kernel) {
    pool threads = {.threads = THREADS};
    void *expected[4] = {malloc(p->bytes[0]), p->data[1], p->data[2], p->data[3]};
    const kernel_call fast = call_of(p, p->data, &threads), slow = call_of(p, expected, &threads);
    kernel(&fast);
    ref_gemm(&slow);
    bool same = true;
    const size_t floats = p->tensors[0].dtype == COT_C64 ? 2 : 1;
    for (int64_t i = 0; i < (int64_t)floats * p->tensors[0].numel; i++) { /* 0 and -0 are the same */
        const uint8_t dtype = p->tensors[0].dtype == COT_C64 ? COT_F32 : p->tensors[0].dtype;
        same &= element_load(dtype, p->data[0], i) == element_load(dtype, expected[0], i);
    }
    for (int i = 0; i < GUARD_BYTES; i++) same &= ((char *)p->data[0] + p->bytes[0])[i] == GUARD;
    free(expected[0]);
    return same;
}

static bool takes_row(const gemm_attributes *g) {
    return g->d_at && g->d.row == 0 && g->d.col == 1 && g->beta == 1 && g->k > 0 && !g->sum_batch;
}

static void test_kernel(void *scratch, const char *name, kernel_fn kernel, gemm_provider provider, cot_dtype dtype) {
    static const int64_t sizes[] = {1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 65, 100};
    const uint32_t count = COUNT_OF(sizes);
    const bool adds_row = gemm_adds_row(provider) && dtype == COT_F32;
    bool right = true;
    for (int round = 0; round < 60 && right; round++) {
        const int64_t m = sizes[random_below(count)], n = sizes[random_below(count)], k = sizes[random_below(count)];
        const bool several = random_below(2);
        product p;
        product_make(&p, scratch, dtype, several ? 1 + random_below(5) : 1, m, n, k, (int)random_below(4),
                     several && random_below(2));
        p.g.provider = provider;
        p.g.scratch = SCRATCH_BYTES / THREADS;
        p.g.add_row = adds_row && takes_row(&p.g);
        right = product_right(&p, kernel);
        if (!right)
            printf("# batch %lld m %lld n %lld k %lld sum %d added %u\n", (long long)p.g.batch, (long long)m,
                   (long long)n, (long long)k, p.g.sum_batch, p.g.d_at);
        product_free(&p);
    }
    /* Empty ones; deeper, taller and wider than what a kernel packs at a time. */
    static const int64_t special[][4] = {{1, 7, 9, 0},      {0, 3, 4, 5},       {1, 0, 4, 5},      {1, 4, 0, 5},
                                         {1, 5, 33, 2500},  {2, 150, 140, 70},  {1, 66, 40, 1100}, {3, 20, 40, 1030},
                                         {1, 1600, 2, 520}, {1, 1, 25000, 1030}};
    const size_t specials = dtype == COT_BF16 && !provider ? COUNT_OF(special) : COUNT_OF(special) - 2;
    for (size_t i = 0; i < specials && right; i++)
        for (int added = 0; added < 2; added++) {
            product p;
            product_make(&p, scratch, dtype, special[i][0], special[i][1], special[i][2], special[i][3], added, i == 7);
            p.g.provider = provider;
            p.g.scratch = SCRATCH_BYTES / THREADS;
            p.g.add_row = adds_row && takes_row(&p.g);
            right &= product_right(&p, kernel);
            product_free(&p);
        }
    tap_check(right, name, __FILE__, __LINE__);
}

/* ---- by parts ---------------------------------------------------------------------------------------------------- */

enum { SPLIT_M = 70, SPLIT_N = 100, SPLIT_K = 1200 };

static float random_float(int spread) {
    const double x = (double)random_below(1u << 24) / (1 << 23) - 1;
    return (float)(x * (spread ? exp2((double)random_below(40) - 20) : 1));
}

typedef struct split_case {
    float *a, *b, *c; /* SPLIT_M × SPLIT_K, SPLIT_K × SPLIT_N, SPLIT_M × SPLIT_N, by rows */
    void *scratch;
} split_case;

static void split_make(split_case *s, void *scratch, int spread) {
    s->scratch = scratch;
    s->a = malloc(sizeof(float) * SPLIT_M * SPLIT_K), s->b = malloc(sizeof(float) * SPLIT_K * SPLIT_N);
    s->c = malloc(sizeof(float) * SPLIT_M * SPLIT_N);
    for (int64_t i = 0; i < SPLIT_M * SPLIT_K; i++) s->a[i] = random_float(spread);
    for (int64_t i = 0; i < SPLIT_K * SPLIT_N; i++) s->b[i] = random_float(spread);
}

static void split_free(split_case *s) { free(s->a), free(s->b), free(s->c); }

static void split_run(const split_case *s, gemm_provider multiply, float c, double beta, double alpha) {
    for (int64_t i = 0; i < SPLIT_M * SPLIT_N; i++) s->c[i] = c;
    multiply(&(gemm_piece){.a = s->a,
                           .b = s->b,
                           .c = s->c,
                           .as = {0, SPLIT_K, 1},
                           .bs = {0, SPLIT_N, 1},
                           .c_row = SPLIT_N,
                           .m = SPLIT_M,
                           .n = SPLIT_N,
                           .k = SPLIT_K,
                           .alpha = alpha,
                           .beta = beta,
                           .scratch = s->scratch});
}

static double exact_sum(const split_case *s, int64_t i, int64_t j, double *size) {
    double sum = 0;
    *size = 0;
    for (int64_t k = 0; k < SPLIT_K; k++) {
        const double x = (double)s->a[i * SPLIT_K + k] * (double)s->b[k * SPLIT_N + j];
        sum += x, *size += fabs(x);
    }
    return sum;
}

/* Root mean square of errors, each relative to the sum of magnitudes. */
static double split_error(const split_case *s, double alpha) {
    double squares = 0, size;
    for (int64_t i = 0; i < SPLIT_M; i++)
        for (int64_t j = 0; j < SPLIT_N; j++) {
            const double exact = exact_sum(s, i, j, &size),
                         off = ((double)s->c[i * SPLIT_N + j] - alpha * exact) / size;
            squares += off * off;
        }
    return sqrt(squares / (SPLIT_M * SPLIT_N));
}

/* By parts in bf16 the error is no larger than by multiply-adds in f32. */
static void test_split_error(void *scratch) {
    for (int spread = 0; spread < 2; spread++) {
        split_case s;
        split_make(&s, scratch, spread);
        split_run(&s, gemm_split, 0, 0, 1);
        const double by_parts = split_error(&s, 1);
        split_run(&s, KERNEL_SELECT(gemm_packed), 0, 0, 1);
        const double plain = split_error(&s, 1);
        printf("# error by parts %.3g, in f32 %.3g\n", by_parts, plain);
        CHECK(by_parts <= plain);
        split_run(&s, gemm_split, 0, 0, -0.5);
        CHECK(split_error(&s, -0.5) <= plain);
        split_free(&s);
    }
}

/* What cannot be split: infinities, NaN, what rounds to infinity in bf16. Denormals are taken for zero. */
static void test_split_limits(void *scratch) {
    split_case s;
    split_make(&s, scratch, 0);
    s.a[3 * SPLIT_K + 5] = INFINITY;
    s.a[40 * SPLIT_K + 1100] = -INFINITY;
    s.a[41 * SPLIT_K + 1] = FLT_MAX, s.b[1 * SPLIT_N + 7] = 0.25f;
    s.b[700 * SPLIT_N + 90] = NAN;
    s.a[50 * SPLIT_K] = FLT_MAX, s.a[50 * SPLIT_K + 1] = FLT_MAX, s.b[0] = s.b[SPLIT_N] = 1;
    bool right = true;
    for (int add = 0; add < 2; add++) {
        split_run(&s, gemm_split, 3, add, 1);
        for (int64_t i = 0; i < SPLIT_M; i++)
            for (int64_t j = 0; j < SPLIT_N; j++) {
                double size;
                const double exact = exact_sum(&s, i, j, &size) + 3 * add, got = (double)s.c[i * SPLIT_N + j];
                if (isnan(exact)) right &= isnan(got) != 0;
                else if (fabs(exact) > (double)FLT_MAX) right &= isinf(got) && (got > 0) == (exact > 0);
                else right &= fabs(got - exact) <= 1e-5 * size;
            }
    }
    CHECK(right);
    for (int64_t i = 0; i < SPLIT_M * SPLIT_K; i++) s.a[i] = 1e-39f;
    s.b[700 * SPLIT_N + 90] = 0;
    split_run(&s, gemm_split, 1, 1, 1);
    for (int64_t i = 0; i < SPLIT_M * SPLIT_N; i++) right &= s.c[i] == 1;
    CHECK(right);
    split_free(&s);
}

int main(void) {
    const gemm_provider openblas = gemm_provider_of(GEMM_OPENBLAS, COT_F32);
    gemm_one_thread();
    void *scratch = aligned_alloc(64, SCRATCH_BYTES);
    memset(scratch, 0xff, SCRATCH_BYTES);
    test_kernel(scratch, "OpenBLAS, f32", KERNEL_SELECT(gemm_f32), openblas, COT_F32);
    test_kernel(scratch, "OpenBLAS, f64", KERNEL_SELECT(gemm_f64), gemm_provider_of(GEMM_OPENBLAS, COT_F64), COT_F64);
    test_kernel(scratch, "OpenBLAS, c64", KERNEL_SELECT(gemm_c64), gemm_provider_of(GEMM_OPENBLAS, COT_C64), COT_C64);
    for (kernel_level level = KERNEL_V2; level <= kernel_isa(); level++) {
        test_kernel(scratch, "packed, f32", KERNEL_SELECT_AT(level, gemm_f32), KERNEL_SELECT_AT(level, gemm_packed),
                    COT_F32);
        test_kernel(scratch, "bf16 widened, packed", KERNEL_SELECT_AT(level, gemm_half),
                    KERNEL_SELECT_AT(level, gemm_packed), COT_BF16);
        test_kernel(scratch, "integers", KERNEL_SELECT_AT(level, gemm_i32), NULL, COT_I32);
        test_kernel(scratch, "bf16 widened", KERNEL_SELECT_AT(level, gemm_half), openblas, COT_BF16);
        test_kernel(scratch, "f16 widened", KERNEL_SELECT_AT(level, gemm_half), openblas, COT_F16);
    }
    if (gemm_amx_usable()) test_kernel(scratch, "bf16, AMX", gemm_amx, NULL, COT_BF16);

    if (gemm_amx_usable()) {
        test_kernel(scratch, "f32 by parts", KERNEL_SELECT(gemm_f32), gemm_split, COT_F32);
        test_split_error(scratch);
        test_split_limits(scratch);
    }
    free(scratch);
    return tap_done();
}
