/* SPDX-License-Identifier: MIT
 * block_tmpl.c — products and transposes of small matrices of A that lie in the first caches; BN(name) names them.
 *
 * A product keeps 4 × 4 vectors of the result in registers (4 × 2 where there are 16 of them) and multiplies broadcast
 * numbers of the left factor by rows of the right one. Vectors are those of the compiler, as wide as the instruction
 * set has them; columns come in whole vectors. */

#if defined(__AVX512F__)
enum { BN(VECTOR_BYTES) = 64, BN(VECTORS) = 4 };
#elif defined(__AVX__)
enum { BN(VECTOR_BYTES) = 32, BN(VECTORS) = 2 };
#else
enum { BN(VECTOR_BYTES) = 16, BN(VECTORS) = 2 };
#endif
enum { BN(LANES) = BN(VECTOR_BYTES) / sizeof(A), BN(ROWS) = 4 };
typedef A BN(vector) __attribute__((vector_size(BN(VECTOR_BYTES)), aligned(sizeof(A)), may_alias));
typedef BLOCK_INTEGER BN(lanes) __attribute__((vector_size(BN(VECTOR_BYTES))));

/* rows × (vectors · LANES) of C, over k products each: C = A B, or C += A B. */
static inline __attribute__((always_inline)) void BN(corner)(const int rows, const int vectors, int64_t k, const A *a,
                                                             int64_t a_row, int64_t a_k, const A *b, int64_t b_k, A *c,
                                                             int64_t c_row, bool add) {
    BN(vector) sum[BN(ROWS)][BN(VECTORS)];
#pragma GCC unroll 4
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < vectors; j++) sum[i][j] = (BN(vector)){0};
    for (int64_t l = 0; l < k; l++, a += a_k, b += b_k) {
        BN(vector) right[BN(VECTORS)];
#pragma GCC unroll 4
        for (int j = 0; j < vectors; j++) right[j] = *(const BN(vector) *)(b + j * BN(LANES));
#pragma GCC unroll 4
        for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
            for (int j = 0; j < vectors; j++) sum[i][j] += a[i * a_row] * right[j];
    }
#pragma GCC unroll 4
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < vectors; j++) {
            BN(vector) *to = (BN(vector) *)(c + i * c_row + j * BN(LANES));
            if (add) sum[i][j] += *to;
            *to = sum[i][j];
        }
}

typedef struct BN(factors) {
    const A *a, *b;
    A *c;
    int64_t a_row, a_k, b_k, c_row; /* strides; rows of b and c are dense */
    bool add;
} BN(factors);

/* One strip of 4 rows, or of 1. */
static inline __attribute__((always_inline)) void BN(strip)(const BN(factors) * f, const int rows, int64_t n,
                                                            int64_t k) {
    enum { L = BN(LANES), V = BN(VECTORS) };
    int64_t j = 0;
    for (; j + V * L <= n; j += V * L)
        BN(corner)(rows, V, k, f->a, f->a_row, f->a_k, f->b + j, f->b_k, f->c + j, f->c_row, f->add);
    for (; j + 2 * L <= n; j += 2 * L)
        BN(corner)(rows, 2, k, f->a, f->a_row, f->a_k, f->b + j, f->b_k, f->c + j, f->c_row, f->add);
    for (; j < n; j += L) BN(corner)(rows, 1, k, f->a, f->a_row, f->a_k, f->b + j, f->b_k, f->c + j, f->c_row, f->add);
}

/* C (m × n) from A (m × k) and B (k × n). Of a matrix under a diagonal only that part is computed: row i of A or C ends
 * behind column i + reach (then the rest of C is zero), or row i of A begins at column i − reach. */
static void BN(block_product)(int64_t m, int64_t n, int64_t k, block_shape shape, int64_t reach, const A *a,
                              int64_t a_row, int64_t a_k, const A *b, int64_t b_row, bool add, A *c, int64_t c_row) {
    BN(factors) f = {a, b, c, a_row, a_k, b_row, c_row, add};
    for (int64_t i = 0, rows; i < m; i += rows, f.a += rows * f.a_row, f.c += rows * f.c_row) {
        rows = m - i >= BN(ROWS) ? BN(ROWS) : 1;
        const int64_t last = reach + i + rows; /* number of columns that the strip's last row has */
        int64_t columns = n, inner = k;
        BN(factors) s = f;
        if (shape == BLOCK_RESULT_ENDS && last < n) {
            columns = MAX(0, (last + BN(LANES) - 1) / BN(LANES) * BN(LANES));
            for (int64_t r = 0; r < rows && !f.add; r++)
                for (int64_t j = columns; j < n; j++) f.c[r * f.c_row + j] = 0;
        } else if (shape == BLOCK_LEFT_ENDS) {
            inner = MAX(0, MIN(k, last));
        } else if (shape == BLOCK_LEFT_BEGINS && i > reach) {
            const int64_t first = MIN(k, i - reach);
            s.a += first * f.a_k;
            s.b += first * f.b_k;
            inner = k - first;
        }
        if (rows == BN(ROWS)) BN(strip)(&s, BN(ROWS), columns, inner);
        else BN(strip)(&s, 1, columns, inner);
    }
}

/* Exchanges the blocks off the diagonal, of `half` rows and columns, in every piece of twice that size. */
static inline __attribute__((always_inline)) void BN(exchange)(BN(vector) * x, const int half) {
    enum { L = BN(LANES) };
    BN(lanes) low, high;
    for (int l = 0; l < L; l++) low[l] = l & half ? L + l - half : l, high[l] = l & half ? L + l : l + half;
#pragma GCC unroll 16
    for (int r = 0; r < L; r++) {
        if (r & half) continue;
        const BN(vector) above = x[r], below = x[r + half];
        x[r] = __builtin_shuffle(above, below, low);
        x[r + half] = __builtin_shuffle(above, below, high);
    }
}

/* to[j · to_row + i] = from[i · from_row + j]; rows and columns in whole vectors. Square pieces go through registers.
 */
static void BN(block_transpose)(A *to, int64_t to_row, const A *from, int64_t from_row, int64_t rows, int64_t columns) {
    enum { L = BN(LANES) };
    for (int64_t i = 0; i < rows; i += L)
        for (int64_t j = 0; j < columns; j += L) {
            BN(vector) x[L];
#pragma GCC unroll 16
            for (int r = 0; r < L; r++) x[r] = *(const BN(vector) *)(from + (i + r) * from_row + j);
            if (L > 8) BN(exchange)(x, 8);
            if (L > 4) BN(exchange)(x, 4);
            if (L > 2) BN(exchange)(x, 2);
            BN(exchange)(x, 1);
#pragma GCC unroll 16
            for (int r = 0; r < L; r++) *(BN(vector) *)(to + (j + r) * to_row + i) = x[r];
        }
}

/* ---- rows of scores ---------------------------------------------------------------------------------------------- */

static inline BN(vector) BN(larger)(BN(vector) a, BN(vector) b) {
    const BN(lanes) first = a > b;
    return (BN(vector))(((BN(lanes))a & first) | ((BN(lanes))b & ~first));
}

/* Each lane with the one `half` away. */
static inline __attribute__((always_inline)) BN(vector) BN(partner)(BN(vector) x, const int half) {
    BN(lanes) other;
    for (int l = 0; l < BN(LANES); l++) other[l] = l ^ half;
    return __builtin_shuffle(x, other);
}

static inline A BN(row_max)(const A *x, int64_t n) {
    BN(vector) most = *(const BN(vector) *)x;
    for (int64_t j = BN(LANES); j < n; j += BN(LANES)) most = BN(larger)(most, *(const BN(vector) *)(x + j));
    if (BN(LANES) > 8) most = BN(larger)(most, BN(partner)(most, 8));
    if (BN(LANES) > 4) most = BN(larger)(most, BN(partner)(most, 4));
    if (BN(LANES) > 2) most = BN(larger)(most, BN(partner)(most, 2));
    return BN(larger)(most, BN(partner)(most, 1))[0];
}

/* In one fixed order. */
static inline A BN(row_sum)(const A *x, int64_t n) {
    BN(vector) sum = *(const BN(vector) *)x;
    for (int64_t j = BN(LANES); j < n; j += BN(LANES)) sum += *(const BN(vector) *)(x + j);
    if (BN(LANES) > 8) sum += BN(partner)(sum, 8);
    if (BN(LANES) > 4) sum += BN(partner)(sum, 4);
    if (BN(LANES) > 2) sum += BN(partner)(sum, 2);
    return (sum + BN(partner)(sum, 1))[0];
}

/* One block of scores joins the running softmax: s becomes exp(s - max), earlier sums and output are rescaled. */
static inline __attribute__((always_inline)) void BN(join_rows)(A *s, int64_t m, const int64_t n, A *most, A *sum,
                                                                A *out, int64_t width) {
    for (int64_t i = 0; i < m; i++, s += ATTENTION_LARGEST, out += width) {
        const A here = BN(row_max)(s, n), now = here > most[i] ? here : most[i];
        const A shift = now == -(A)INFINITY ? 0 : now; /* nothing to see yet: all become 0 */
        for (int64_t j = 0; j < n; j++) s[j] = EXP(A)(s[j] - shift);
        const A more = BN(row_sum)(s, n);
        if (now == most[i]) {
            sum[i] += more;
            continue;
        }
        const A rescale = most[i] == -(A)INFINITY ? 0 : EXP(A)(most[i] - now);
        sum[i] = sum[i] * rescale + more;
        if (most[i] != -(A)INFINITY)
            for (int64_t d = 0; d < width; d++) out[d] *= rescale;
        most[i] = now;
    }
}

static void BN(block_join)(A *s, int64_t m, int64_t n, A *most, A *sum, A *out, int64_t width) {
    if (n == ATTENTION_BLOCK) BN(join_rows)(s, m, ATTENTION_BLOCK, most, sum, out, width);
    else BN(join_rows)(s, m, n, most, sum, out, width);
}

/* p = exp(scores - lse), ds = p (dp - delta); a row that sees nothing has neither. */
static inline __attribute__((always_inline)) void BN(gradient_rows)(A *restrict p, A *restrict ds, int64_t m,
                                                                    const int64_t n, const A *lse, const A *delta) {
    for (int64_t i = 0; i < m; i++, p += ATTENTION_LARGEST, ds += ATTENTION_LARGEST) {
        const A shift = lse[i] == -(A)INFINITY ? (A)INFINITY : lse[i], less = delta[i];
        for (int64_t j = 0; j < n; j++) {
            p[j] = EXP(A)(p[j] - shift);
            ds[j] = p[j] * (ds[j] - less);
        }
    }
}

static void BN(block_gradients)(A *p, A *ds, int64_t m, int64_t n, const A *lse, const A *delta) {
    if (n == ATTENTION_BLOCK) BN(gradient_rows)(p, ds, m, ATTENTION_BLOCK, lse, delta);
    else BN(gradient_rows)(p, ds, m, n, lse, delta);
}
