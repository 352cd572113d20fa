/* SPDX-License-Identifier: MIT
 * gemm.h — matrix products: C = alpha * A * B + beta * D, for a batch of matrices given by strides.
 *
 * A vector is a matrix with one row or one column, a missing batch a batch of one, a broadcast operand has stride 0,
 * and a sum over the batch is a C whose batch stride is 0. So mm, bmm, addmm, baddbmm, addbmm, mv, addmv and dot are
 * one kernel. Transposes cost nothing: a matrix only needs one stride of 1 (gemm_fits).
 *
 * Two layers: a product is divided over the pool (kernels/cpu/gemm_divide.c), each piece is computed by one thread with
 * a provider (OpenBLAS or our own), which is chosen at plan time. */
#ifndef KERNELS_GEMM_H
#define KERNELS_GEMM_H

#include "kernels/kernel.h"

typedef struct gemm_matrix {
    int64_t batch, row, col; /* strides in elements */
} gemm_matrix;

/* A product that one thread computes: C = alpha * A * B + beta * C; no size is 0. */
typedef struct gemm_piece {
    const void *a, *b;
    void *c;
    gemm_matrix as, bs; /* batch unused */
    int64_t c_row;      /* columns of C lie side by side */
    int64_t m, n, k;
    double alpha, beta;
    const float *row; /* with the packed provider: what is added to each row of C, or NULL */
    void *scratch;    /* of this thread, gemm_scratch bytes, 64-byte aligned */
} gemm_piece;

typedef void (*gemm_provider)(const gemm_piece *p);

typedef struct gemm_attributes {
    int64_t batch, m, n, k;
    gemm_matrix a, b, c, d;
    double alpha, beta;
    uint32_t a_at, b_at, d_at; /* indices in kernel_call.data; d_at 0: nothing is added */
    bool sum_batch;            /* all products of the batch go into one C */
    bool add_row;              /* D is one row, which the provider adds as it writes C */
    bool outer;                /* vectors are a column A and a row B, not a row A and a column B */
    size_t scratch;            /* bytes of the call's scratch for each thread: widened blocks, the provider's own */
    gemm_provider provider;    /* of pieces; not of integers; of 16-bit types that are widened, in f32 */
} gemm_attributes;

/* The fastest provider for pieces of about this size; NULL where the dtype has none. Where B's strides are known they
 * count, too. `by_parts`: f32 may go to the matrix unit, which there is. */
gemm_provider gemm_choose(cot_dtype dtype, int64_t m, int64_t n, int64_t k, bool by_parts);
gemm_provider gemm_choose_layout(cot_dtype dtype, int64_t m, int64_t n, int64_t k, const gemm_matrix *b, bool by_parts);

/* Each provider by name, for tests and measurements; what is missing in this build is NULL. */
typedef enum gemm_library { GEMM_OPENBLAS, GEMM_PACKED, GEMM_SPLIT, GEMM_LIBRARY_COUNT } gemm_library;
gemm_provider gemm_provider_of(gemm_library library, cot_dtype dtype);
/* Bytes of scratch that a provider needs for each thread, in pieces of products of at most this size. */
size_t gemm_scratch(gemm_provider provider, int64_t m, int64_t n, int64_t k);
/* Whether it adds a row to C as it writes it (gemm_piece.row). */
bool gemm_adds_row(gemm_provider provider);

/* bf16 on the processor's matrix unit (AMX): whether this process may use it
 * (slow: a context asks once), and bytes of scratch for each thread. */
bool gemm_amx_usable(void);
void gemm_amx(const kernel_call *call);
/* f32 on it: gemm_split.c. */
void gemm_split(const gemm_piece *p);
size_t gemm_split_bytes(int64_t m, int64_t n, int64_t k);
#define GEMM_AMX_BYTES ((size_t)2304 << 10)

/* Blocks of products in f32 of 16-bit operands: rows, columns, depth of what one thread widens at a time. */
enum { GEMM_BLOCK_M = 128, GEMM_BLOCK_N = 256, GEMM_BLOCK_K = 512 };
#define GEMM_WORKER_FLOATS                                                                                             \
    ((size_t)GEMM_BLOCK_M * GEMM_BLOCK_K + (size_t)GEMM_BLOCK_K * GEMM_BLOCK_N + (size_t)GEMM_BLOCK_M * GEMM_BLOCK_N)

/* The last two dimensions of t as a matrix, the one before as the batch. `column`: a vector is a column. */
static inline gemm_matrix gemm_describe(const tensor_desc *t, bool column) {
    gemm_matrix m = {0};
    if (t->ndim >= 2) {
        m.row = t->strides[t->ndim - 2];
        m.col = t->strides[t->ndim - 1];
        if (t->ndim == 3) m.batch = t->strides[0];
    } else if (t->ndim == 1) {
        *(column ? &m.row : &m.col) = t->strides[0];
    }
    return m;
}

/* Whether a product library takes this matrix of rows × cols as it lies, plain or transposed. */
static inline bool gemm_fits(const gemm_matrix *m, int64_t rows, int64_t cols) {
    bool plain = (m->col == 1 || cols <= 1) && (rows <= 1 || m->row >= (cols > 1 ? cols : 1));
    bool transposed = (m->row == 1 || rows <= 1) && (cols <= 1 || m->col >= (rows > 1 ? rows : 1));
    return plain || transposed;
}

/* Takes all threads away from the product libraries: the pool owns them. Cheap when repeated, from any thread. */
void gemm_one_thread(void);

#endif
