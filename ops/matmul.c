/* SPDX-License-Identifier: MIT
 * matmul.c — products that are compositions of mm, bmm, mv and dot, taken apart in PyTorch's own sequence: matmul,
 * linear, outer, inner, tensordot, kron, bilinear and chains of matrices. einsum has a file of its own. */
#include "ops/emit.h"
#include "ops/shape.h"

static syms *syms_of(const builder *b) { return b->graph->ctx->syms; }

static dim product_of(const builder *b, const dim *sizes, uint32_t count) {
    dim n = 1;
    for (uint32_t i = 0; i < count; i++) n = dim_mul(syms_of(b), n, sizes[i]);
    return n;
}

static value reshape(builder *b, value v, const dim *sizes, uint32_t count) {
    return emit(b, "reshape", "vD", v, sizes, count);
}

static value reshape_matrix(builder *b, value v, dim rows, dim cols) {
    const dim sizes[2] = {rows, cols};
    return reshape(b, v, sizes, 2);
}

static value last_two_swapped(builder *b, value v) {
    return emit(b, "transpose.int", "vii", v, (int64_t)-2, (int64_t)-1);
}

static value contiguous(builder *b, value v) {
    const arg format = {.kind = ARG_CONST, .s = "contiguous_format"};
    return emit(b, "clone", "v,memory_format=a", v, &format);
}

/* ---- matmul ----------------------------------------------------------------------------------------------------- */

/* One operand has at most two dimensions: the batch of the other becomes rows of one product. */
static value matmul_folded(builder *b, value self, value other) {
    const bool swapped = TYPE_OF(b, self)->ndim < TYPE_OF(b, other)->ndim;
    value many = swapped ? last_two_swapped(b, other) : self, one = swapped ? self : other;
    if (swapped && TYPE_OF(b, self)->ndim == 2) one = emit(b, "t", "v", self);
    if (b->status) return NO_VALUE;
    const type *m = TYPE_OF(b, many), *o = TYPE_OF(b, one);
    dim out[COT_MAX_DIMS];
    const uint32_t batch = m->ndim - 1u;
    uint32_t ndim = batch;
    for (uint32_t i = 0; i < batch; i++) out[i] = m->sizes[i];
    const bool matrix = o->ndim == 2;
    if (matrix) out[ndim++] = o->sizes[1];
    value rows = reshape_matrix(b, many, product_of(b, out, batch), m->sizes[batch]);
    value product = emit(b, matrix ? "mm" : "mv", "vv", rows, one);
    value result = emit(b, "_unsafe_view", "vD", product, out, ndim);
    return swapped && matrix ? contiguous(b, last_two_swapped(b, result)) : result;
}

/* Broadcasts the batch dimensions of both sizes; false where they do not fit. */
static bool broadcast_batch(const type *x, const type *y, dim *out, uint32_t *count) {
    const uint32_t nx = x->ndim - 2u, ny = y->ndim - 2u;
    *count = MAX(nx, ny);
    for (uint32_t i = 0; i < *count; i++) {
        const dim p = i + nx >= *count ? x->sizes[i + nx - *count] : 1,
                  q = i + ny >= *count ? y->sizes[i + ny - *count] : 1;
        if (!dim_is_one(p) && !dim_is_one(q) && dim_is_static(p) && dim_is_static(q) && p != q) return false;
        out[i] = dim_is_one(p) ? q : p;
    }
    return true;
}

/* `v` broadcast to the batch, flattened to three dimensions. */
static value batch_of(builder *b, value v, const dim *batch, uint32_t count) {
    const type *t = TYPE_OF(b, v);
    dim sizes[COT_MAX_DIMS];
    for (uint32_t i = 0; i < count; i++) sizes[i] = batch[i];
    sizes[count] = t->sizes[t->ndim - 2];
    sizes[count + 1] = t->sizes[t->ndim - 1];
    const dim flat[3] = {product_of(b, batch, count), sizes[count], sizes[count + 1]};
    return reshape(b, emit(b, "expand", "vD", v, sizes, count + 2), flat, 3);
}

static value matmul_batched(builder *b, value self, value other) {
    const type *x = TYPE_OF(b, self), *y = TYPE_OF(b, other);
    dim out[COT_MAX_DIMS];
    uint32_t count;
    if (!broadcast_batch(x, y, out, &count)) {
        builder_fail(b, COT_SHAPE, "matmul: the batch dimensions of self and other do not broadcast");
        return NO_VALUE;
    }
    value p = batch_of(b, self, out, count), q = batch_of(b, other, out, count);
    out[count] = x->sizes[x->ndim - 2];
    out[count + 1] = y->sizes[y->ndim - 1];
    return emit(b, "view", "vD", emit(b, "bmm", "vv", p, q), out, count + 2);
}

static value matmul(builder *b, value self, value other) {
    const uint32_t m = TYPE_OF(b, self)->ndim, n = TYPE_OF(b, other)->ndim;
    if (b->status) return NO_VALUE;
    if (m == 0 || n == 0) {
        builder_fail(b, COT_SHAPE, "matmul: %s has no dimensions, expected at least one", m == 0 ? "self" : "other");
        return NO_VALUE;
    }
    if (m == 1 && n == 1) return emit(b, "dot", "vv", self, other);
    if (m == 2 && n == 1) return emit(b, "mv", "vv", self, other);
    if (m == 2 && n == 2) return emit(b, "mm", "vv", self, other);
    if (m == 1 && n == 2) {
        value row = emit(b, "mm", "vv", emit(b, "unsqueeze", "vi", self, (int64_t)0), other);
        return emit(b, "squeeze.dim", "vi", row, (int64_t)0);
    }
    return m <= 2 || n <= 2 ? matmul_folded(b, self, other) : matmul_batched(b, self, other);
}

static value decompose_matmul(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return matmul(b, arg_as_value(&args[0]), arg_as_value(&args[1]));
}

static value decompose_rmatmul(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    return matmul(b, arg_as_value(&args[1]), arg_as_value(&args[0]));
}

/* ---- linear ----------------------------------------------------------------------------------------------------- */

static value decompose_linear(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    value input = arg_as_value(&args[0]), weight = arg_as_value(&args[1]), bias = arg_as_value(&args[2]);
    const type *x = TYPE_OF(b, input), *w = TYPE_OF(b, weight);
    const bool flat = bias != NO_VALUE && x->ndim >= 1 && w->ndim == 2 && TYPE_OF(b, bias)->ndim == 1;
    if (flat && x->ndim == 2) return emit(b, "addmm", "vvv", bias, input, emit(b, "t", "v", weight));
    if (flat && type_is_contiguous(x, syms_of(b))) {
        const uint32_t last = x->ndim - 1u;
        dim out[COT_MAX_DIMS];
        for (uint32_t i = 0; i < last; i++) out[i] = x->sizes[i];
        out[last] = w->sizes[0];
        value rows = reshape_matrix(b, input, product_of(b, x->sizes, last), x->sizes[last]);
        return emit(b, "_unsafe_view", "vD", emit(b, "addmm", "vvv", bias, rows, emit(b, "t", "v", weight)), out,
                    last + 1);
    }
    value product = matmul(b, input, emit(b, "t", "v", weight));
    return bias == NO_VALUE ? product : emit(b, "add.Tensor", "vv", product, bias);
}

/* ---- outer, inner, tensordot, kron ------------------------------------------------------------------------------ */

static value decompose_outer(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]), vec2 = arg_as_value(&args[1]);
    if (TYPE_OF(b, self)->ndim != 1 || TYPE_OF(b, vec2)->ndim != 1) {
        builder_fail(b, COT_SHAPE, "%s: both operands must have one dimension, found %u and %u", o->packet,
                     TYPE_OF(b, self)->ndim, TYPE_OF(b, vec2)->ndim);
        return NO_VALUE;
    }
    return emit(b, "mul.Tensor", "vv", reshape_matrix(b, self, TYPE_OF(b, self)->sizes[0], 1), vec2);
}

/* One side of a contraction: kept dimensions and contracted ones, as a permutation. */
typedef struct side {
    dim kept[COT_MAX_DIMS], kept_size, contracted_size;
    int64_t order[COT_MAX_DIMS];
    uint32_t kept_count, ndim;
} side;

static side contraction_side(builder *b, value v, const int64_t *dims, uint32_t count, bool contracted_first) {
    const type *t = TYPE_OF(b, v);
    side s = {.kept_size = 1, .contracted_size = 1, .ndim = t->ndim};
    bool contracted[COT_MAX_DIMS] = {false};
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t d = dims[i] < 0 ? dims[i] + t->ndim : dims[i];
        if (d < 0 || d >= t->ndim || contracted[d]) {
            builder_fail(b, COT_SHAPE,
                         "tensordot: dimension %lld of a %u-dimensional operand is out of range or repeated",
                         (long long)dims[i], t->ndim);
            return s;
        }
        contracted[d] = true;
        s.contracted_size = dim_mul(syms_of(b), s.contracted_size, t->sizes[d]);
        if (contracted_first) s.order[at++] = dims[i];
    }
    for (uint32_t d = 0; d < t->ndim; d++) {
        if (contracted[d]) continue;
        s.kept[s.kept_count++] = t->sizes[d];
        s.kept_size = dim_mul(syms_of(b), s.kept_size, t->sizes[d]);
        s.order[at++] = d;
    }
    for (uint32_t i = 0; i < count && !contracted_first; i++) s.order[at++] = dims[i];
    return s;
}

/* Contracted dimensions of size 1 are summed in the other operand: they broadcast. */
static void sum_broadcast(builder *b, value *x, value *y, const int64_t *dx, const int64_t *dy, uint32_t count) {
    for (uint32_t i = 0; i < count && !b->status; i++) {
        const type *t = TYPE_OF(b, *x), *u = TYPE_OF(b, *y);
        const int64_t p = dx[i] < 0 ? dx[i] + t->ndim : dx[i], q = dy[i] < 0 ? dy[i] + u->ndim : dy[i];
        if (p < 0 || q < 0 || p >= t->ndim || q >= u->ndim) return; /* contraction_side says so */
        const bool one_x = dim_is_one(t->sizes[p]), one_y = dim_is_one(u->sizes[q]);
        if (one_x && !one_y) *y = emit(b, "sum.dim_IntList", "vIb", *y, &dy[i], 1u, 1);
        if (one_y && !one_x) *x = emit(b, "sum.dim_IntList", "vIb", *x, &dx[i], 1u, 1);
    }
}

static value tensordot(builder *b, value self, value other, const int64_t *dims_self, const int64_t *dims_other,
                       uint32_t count) {
    sum_broadcast(b, &self, &other, dims_self, dims_other, count);
    side p = contraction_side(b, self, dims_self, count, false),
         q = contraction_side(b, other, dims_other, count, true);
    if (b->status) return NO_VALUE;
    value x = reshape_matrix(b, emit(b, "permute", "vI", self, p.order, p.ndim), p.kept_size, p.contracted_size);
    value y = reshape_matrix(b, emit(b, "permute", "vI", other, q.order, q.ndim), q.contracted_size, q.kept_size);
    if (p.kept_count + q.kept_count > COT_MAX_DIMS) {
        builder_fail(b, COT_SHAPE, "tensordot: the result has more than %d dimensions", COT_MAX_DIMS);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < q.kept_count; i++) p.kept[p.kept_count + i] = q.kept[i];
    return reshape(b, emit(b, "mm", "vv", x, y), p.kept, p.kept_count + q.kept_count);
}

static value decompose_tensordot(builder *b, const op *o, const arg *args) {
    int64_t p[COT_MAX_DIMS], q[COT_MAX_DIMS];
    const uint32_t m = arg_as_ints(&args[2], p, COT_MAX_DIMS), n = arg_as_ints(&args[3], q, COT_MAX_DIMS);
    UNUSED(o);
    if (m != n) builder_fail(b, COT_SHAPE, "tensordot: %u dimensions of self are contracted with %u of other", m, n);
    return tensordot(b, arg_as_value(&args[0]), arg_as_value(&args[1]), p, q, m);
}

static value decompose_inner(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]), other = arg_as_value(&args[1]);
    const int64_t last = -1;
    UNUSED(o);
    if (TYPE_OF(b, self)->ndim == 0 || TYPE_OF(b, other)->ndim == 0) return emit(b, "mul.Tensor", "vv", self, other);
    return tensordot(b, self, other, &last, &last, 1);
}

static value decompose_kron(builder *b, const op *o, const arg *args) {
    value self = arg_as_value(&args[0]), other = arg_as_value(&args[1]);
    const type *x = TYPE_OF(b, self), *y = TYPE_OF(b, other);
    const uint32_t n = MAX(x->ndim, y->ndim);
    dim p[2 * COT_MAX_DIMS], q[2 * COT_MAX_DIMS], out[COT_MAX_DIMS];
    if (2 * n > COT_MAX_DIMS) {
        builder_fail(b, COT_SHAPE, "%s: operands of more than %d dimensions", o->packet, COT_MAX_DIMS / 2);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < n; i++) {
        p[2 * i] = i + x->ndim >= n ? x->sizes[i + x->ndim - n] : 1;
        q[2 * i + 1] = i + y->ndim >= n ? y->sizes[i + y->ndim - n] : 1;
        p[2 * i + 1] = q[2 * i] = 1;
        out[i] = dim_mul(syms_of(b), p[2 * i], q[2 * i + 1]);
    }
    const char *how =
        type_is_contiguous(x, syms_of(b)) && type_is_contiguous(y, syms_of(b)) ? "_unsafe_view" : "reshape";
    value left = emit(b, how, "vD", self, p, 2 * n), right = emit(b, how, "vD", other, q, 2 * n);
    return emit(b, "_unsafe_view", "vD", emit(b, "mul.Tensor", "vv", left, right), out, n);
}

static value decompose_vecdot(builder *b, const op *o, const arg *args) {
    value x = arg_as_value(&args[0]), y = arg_as_value(&args[1]);
    const int64_t along = arg_as_int(&args[2], -1);
    UNUSED(o);
    if (dtype_is_complex(TYPE_OF(b, x)->dtype)) x = emit(b, "conj", "v", x);
    return emit(b, "sum.dim_IntList", "vI", emit(b, "mul.Tensor", "vv", x, y), &along, 1u);
}

/* ---- bilinear: y[b, o] = Σ x1[b, i] W[o, i, j] x2[b, j] --------------------------------------------------------- */

static value decompose_bilinear(builder *b, const op *o, const arg *args) {
    value x1 = arg_as_value(&args[0]), x2 = arg_as_value(&args[1]), w = arg_as_value(&args[2]),
          bias = arg_as_value(&args[3]);
    const type *t = TYPE_OF(b, x1), *u = TYPE_OF(b, x2), *v = TYPE_OF(b, w);
    UNUSED(o);
    if (t->ndim < 1 || t->ndim != u->ndim || v->ndim != 3) {
        builder_fail(b, COT_SHAPE,
                     "bilinear: inputs of %u and %u dimensions and a weight of %u, expected the same and 3", t->ndim,
                     u->ndim, v->ndim);
        return NO_VALUE;
    }
    const uint32_t last = t->ndim - 1u;
    dim out[COT_MAX_DIMS];
    for (uint32_t i = 0; i < last; i++) out[i] = t->sizes[i];
    out[last] = v->sizes[0];
    const dim rows = product_of(b, out, last),
              weights[3] = {1, v->sizes[1], dim_mul(syms_of(b), v->sizes[0], v->sizes[2])};
    const int64_t inputs_first[3] = {1, 0, 2};
    /* x1 · W as (rows, o, j), then each row times its x2. */
    value left = reshape_matrix(b, x1, rows, t->sizes[last]);
    value matrix = reshape_matrix(b, emit(b, "permute", "vI", w, inputs_first, 3u), weights[1], weights[2]);
    const dim each[3] = {rows, v->sizes[0], v->sizes[2]}, column[3] = {rows, u->sizes[last], 1};
    value mixed = reshape(b, emit(b, "mm", "vv", left, matrix), each, 3);
    value result = reshape(b, emit(b, "bmm", "vv", mixed, reshape(b, x2, column, 3)), out, last + 1);
    return bias == NO_VALUE ? result : emit(b, "add.Tensor", "vv", result, bias);
}

/* ---- chains of matrices ----------------------------------------------------------------------------------------- */

#define LONGEST_CHAIN 32

/* Cormen et al., "Introduction to Algorithms": the cheapest order of products, by dynamic programming. */
static void chain_order(const dim *sizes, uint32_t n, uint8_t split[LONGEST_CHAIN][LONGEST_CHAIN]) {
    double cost[LONGEST_CHAIN][LONGEST_CHAIN] = {{0}};
    for (uint32_t length = 1; length < n; length++)
        for (uint32_t i = 0; i + length < n; i++) {
            const uint32_t j = i + length;
            cost[i][j] = -1;
            for (uint32_t k = i; k < j; k++) {
                double c = cost[i][k] + cost[k + 1][j] +
                           (double)MAX(sizes[i], 1) * (double)MAX(sizes[k + 1], 1) * (double)MAX(sizes[j + 1], 1);
                if (cost[i][j] >= 0 && c >= cost[i][j]) continue;
                cost[i][j] = c;
                split[i][j] = (uint8_t)k;
            }
        }
}

static value chain_product(builder *b, const value *v, uint8_t split[LONGEST_CHAIN][LONGEST_CHAIN], uint32_t i,
                           uint32_t j) {
    if (i == j) return v[i];
    value left = chain_product(b, v, split, i, split[i][j]);
    return emit(b, "mm", "vv", left, chain_product(b, v, split, split[i][j] + 1u, j));
}

static value decompose_chain(builder *b, const op *o, const arg *args) {
    const uint32_t n = args[0].count;
    value v[LONGEST_CHAIN];
    dim sizes[LONGEST_CHAIN + 1], out[2];
    uint8_t split[LONGEST_CHAIN][LONGEST_CHAIN];
    if (n < 1 || n > LONGEST_CHAIN) {
        builder_fail(b, COT_SHAPE, "%s: %u matrices, expected 1 to %d", o->packet, n, LONGEST_CHAIN);
        return NO_VALUE;
    }
    for (uint32_t i = 0; i < n; i++) v[i] = arg_as_value(&args[0].list[i]);
    if (n == 1) return v[0];
    /* A vector may stand first (a row) or last (a column). */
    const bool row = TYPE_OF(b, v[0])->ndim == 1, column = TYPE_OF(b, v[n - 1])->ndim == 1;
    uint32_t ndim = 0;
    if (!row) out[ndim++] = TYPE_OF(b, v[0])->sizes[0];
    if (!column) out[ndim++] = TYPE_OF(b, v[n - 1])->sizes[TYPE_OF(b, v[n - 1])->ndim - 1];
    if (row) v[0] = emit(b, "unsqueeze", "vi", v[0], (int64_t)0);
    if (column) v[n - 1] = emit(b, "unsqueeze", "vi", v[n - 1], (int64_t)-1);
    for (uint32_t i = 0; i < n && !b->status; i++) {
        if (TYPE_OF(b, v[i])->ndim != 2)
            builder_fail(b, COT_SHAPE, "%s: operand %u has %u dimensions, expected 2", o->packet, i,
                         TYPE_OF(b, v[i])->ndim);
        else sizes[i] = TYPE_OF(b, v[i])->sizes[0], sizes[i + 1] = TYPE_OF(b, v[i])->sizes[1];
    }
    if (b->status) return NO_VALUE;
    chain_order(sizes, n, split);
    return emit(b, "view", "vD", chain_product(b, v, split, 0, n - 1), out, ndim);
}

#define COMPOSITE(text, function, more, ...)                                                                           \
    { .schema = text, .decompose_fn = function, .traits = OP_COMPOSITE | (more), .samples = __VA_ARGS__ }

const op_record ops_matmul[] = {
    COMPOSITE("matmul(Tensor self, Tensor other) -> Tensor", decompose_matmul, OP_AUTOCAST_LOW,
              "f32[3], f32[3]; f32[2, 3], f32[3]; f32[3], f32[3, 4]; f32[2, 3], f32[3, 4]; f32[5, 2, 3], f32[3, 4]; "
              "f32[2, 3], f32[5, 3, 4]; f32[3], f32[5, 3, 4]; f32[6, 1, 2, 3], f32[5, 3, 4]"),
    COMPOSITE("linalg_matmul(Tensor self, Tensor other) -> Tensor", decompose_matmul, OP_AUTOCAST_LOW,
              "f32[2, 3], f32[3, 4]"),
    COMPOSITE("__rmatmul__(Tensor self, Tensor other) -> Tensor", decompose_rmatmul, OP_AUTOCAST_LOW,
              "f32[3, 4], f32[2, 3]"),
    COMPOSITE("linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor", decompose_linear, OP_AUTOCAST_LOW,
              "f32[2, 3], f32[4, 3], f32[4]; f32[2, 5, 3], f32[4, 3], f32[4]; f32[2, 5, 3], f32[4, 3]; "
              "f32[3], f32[4, 3], f32[4]"),
    COMPOSITE("outer(Tensor self, Tensor vec2) -> Tensor", decompose_outer, 0, "f32[2], f32[3]"),
    COMPOSITE("ger(Tensor self, Tensor vec2) -> Tensor", decompose_outer, 0, "f32[2], f32[3]"),
    COMPOSITE("inner(Tensor self, Tensor other) -> Tensor", decompose_inner, 0, "f32[2, 3], f32[4, 3]; f32[], f32[3]"),
    COMPOSITE("tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor", decompose_tensordot,
              0, "f32[2, 3, 4], f32[3, 4, 5], [1, 2], [0, 1]; f32[2, 3], f32[4, 5], [], []"),
    COMPOSITE("kron(Tensor self, Tensor other) -> Tensor", decompose_kron, 0,
              "f32[2, 3], f32[4, 5]; f32[2], f32[3, 2]"),
    COMPOSITE("linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor", decompose_vecdot, OP_AUTOCAST_LOW,
              "f32[2, 3], f32[2, 3]"),
    COMPOSITE("bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor", decompose_bilinear,
              0, "f32[2, 3], f32[2, 4], f32[5, 3, 4], f32[5]; f32[3], f32[4], f32[5, 3, 4]"),
    COMPOSITE("chain_matmul(Tensor[] matrices) -> Tensor", decompose_chain, 0, "[f32[2, 3], f32[3, 4], f32[4, 5]]"),
    COMPOSITE("linalg_multi_dot(Tensor[] tensors) -> Tensor", decompose_chain, 0, "[f32[3], f32[3, 4], f32[4]]"),
};
const uint32_t ops_matmul_count = COUNT_OF(ops_matmul);
