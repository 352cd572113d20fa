/* SPDX-License-Identifier: MIT
 * linalg.c — matrix products: mm, bmm, addmm and their kin, all one kernel (kernels/gemm.h).
 *
 * Derivatives keep a gradient column-major where the operand was, as PyTorch does: mm(mat2, grad.t()).t() in place of
 * mm(grad, mat2.t()). Operators that are compositions of these stand in matmul.c. */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/flops.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/gemm.h"
#include "kernels/ref/linalg.h"

/* ---- which parameters play which part --------------------------------------------------------------------------- */

typedef struct product_form {
    uint8_t a, b;       /* parameters */
    int8_t added;       /* parameter, -1: none */
    int8_t beta, alpha; /* parameters, -1: both 1 */
    uint8_t a_dims, b_dims;
    bool outer, sum_batch;
} product_form;

static const product_form form_mm = {0, 1, -1, -1, -1, 2, 2, false, false};
static const product_form form_bmm = {0, 1, -1, -1, -1, 3, 3, false, false};
static const product_form form_mv = {0, 1, -1, -1, -1, 2, 1, false, false};
static const product_form form_dot = {0, 1, -1, -1, -1, 1, 1, false, false};
static const product_form form_addmm = {1, 2, 0, 3, 4, 2, 2, false, false};
static const product_form form_baddbmm = {1, 2, 0, 3, 4, 3, 3, false, false};
static const product_form form_addbmm = {1, 2, 0, 3, 4, 3, 3, false, true};
static const product_form form_addmv = {1, 2, 0, 3, 4, 2, 1, false, false};
static const product_form form_addr = {1, 2, 0, 3, 4, 1, 1, true, false};

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

static bool differ(dim a, dim b) { return dim_is_static(a) && dim_is_static(b) && a != b; }

static cot_status check_operand(shape_call *c, uint32_t i, uint32_t ndim) {
    const type *t = shape_tensor(c, i);
    if (t->kind == TYPE_TENSOR && t->ndim == ndim) return COT_OK;
    return shape_fail(c, "%s has %u dimensions, expected %u", c->op->params[i].name, t->ndim, ndim);
}

/* The sizes of A·B: (batch), rows, columns, as many as the form has. */
static cot_status product_sizes(shape_call *c, const product_form *f, dim *sizes, uint32_t *ndim) {
    TRY(check_operand(c, f->a, f->a_dims));
    TRY(check_operand(c, f->b, f->b_dims));
    const type *a = shape_tensor(c, f->a), *b = shape_tensor(c, f->b);
    const char *a_name = c->op->params[f->a].name, *b_name = c->op->params[f->b].name;
    if (a->dtype != b->dtype)
        return shape_fail(c, "%s and %s must have the same dtype, found %s and %s", a_name, b_name,
                          dtype_torch_name(a->dtype), dtype_torch_name(b->dtype));
    if (f->a_dims == 3 && differ(a->sizes[0], b->sizes[0]))
        return shape_fail(c, "%s is a batch of %lld, %s of %lld", a_name, (long long)a->sizes[0], b_name,
                          (long long)b->sizes[0]);
    const dim inner = a->sizes[f->a_dims - 1], other = b->sizes[f->b_dims >= 2 ? f->b_dims - 2 : 0];
    if (!f->outer && differ(inner, other))
        return shape_fail(c, "the last dimension of %s (%lld) differs from the one of %s it is multiplied with (%lld)",
                          a_name, (long long)inner, b_name, (long long)other);
    *ndim = 0;
    if (f->a_dims == 3 && !f->sum_batch) sizes[(*ndim)++] = a->sizes[0];
    if (f->a_dims >= 2) sizes[(*ndim)++] = a->sizes[f->a_dims - 2];
    if (f->outer) sizes[(*ndim)++] = a->sizes[0];
    if (f->b_dims >= 2 || f->outer) sizes[(*ndim)++] = b->sizes[f->b_dims - 1];
    return COT_OK;
}

static cot_status check_added(shape_call *c, uint32_t i, const dim *sizes, uint32_t ndim) {
    const type *t = shape_tensor(c, i);
    bool fits = t->kind == TYPE_TENSOR && t->ndim <= ndim;
    for (uint32_t d = 0; fits && d < t->ndim; d++)
        fits = dim_is_one(t->sizes[d]) || !differ(t->sizes[d], sizes[ndim - t->ndim + d]);
    return fits ? COT_OK : shape_fail(c, "%s does not broadcast to the product", c->op->params[i].name);
}

static cot_status shape_product(shape_call *c) {
    const product_form *f = c->op->record->data;
    dim sizes[3];
    uint32_t ndim;
    TRY(product_sizes(c, f, sizes, &ndim));
    cot_dtype dtype = shape_tensor(c, f->a)->dtype;
    if (f->added >= 0) {
        TRY(check_added(c, (uint32_t)f->added, sizes, ndim));
        if (f->outer) dtype = dtype_promote(dtype, shape_tensor(c, (uint32_t)f->added)->dtype);
    }
    return shape_result(c, dtype, sizes, ndim);
}

/* ---- plan time -------------------------------------------------------------------------------------------------- */

KERNEL_DECLARE(kernel_fn, gemm_f32);
KERNEL_DECLARE(kernel_fn, gemm_f64);
KERNEL_DECLARE(kernel_fn, gemm_c64);
KERNEL_DECLARE(kernel_fn, gemm_c128);
KERNEL_DECLARE(kernel_fn, gemm_i64);
KERNEL_DECLARE(kernel_fn, gemm_i32);
KERNEL_DECLARE(kernel_fn, gemm_i16);
KERNEL_DECLARE(kernel_fn, gemm_i8);
KERNEL_DECLARE(kernel_fn, gemm_u8);
KERNEL_DECLARE(kernel_fn, gemm_half);

static kernel_fn product_kernel(uint8_t dtype) {
    switch ((cot_dtype)dtype) {
    case COT_F32: return KERNEL_SELECT(gemm_f32);
    case COT_F64: return KERNEL_SELECT(gemm_f64);
    case COT_C64: return KERNEL_SELECT(gemm_c64);
    case COT_C128: return KERNEL_SELECT(gemm_c128);
    case COT_I64: return KERNEL_SELECT(gemm_i64);
    case COT_I32: return KERNEL_SELECT(gemm_i32);
    case COT_I16: return KERNEL_SELECT(gemm_i16);
    case COT_I8: return KERNEL_SELECT(gemm_i8);
    case COT_U8: return KERNEL_SELECT(gemm_u8);
    case COT_F16:
    case COT_BF16: return KERNEL_SELECT(gemm_half);
    default: return NULL;
    }
}

/* A's or B's strides; asks for a copy where the library cannot read the matrix as it lies. */
static gemm_matrix prepare_matrix(prepare_call *c, uint32_t i, bool column, int64_t rows, int64_t cols, bool library) {
    const tensor_desc *t = prepare_operand(c, i);
    gemm_matrix m = gemm_describe(t, column);
    if (!library || gemm_fits(&m, rows, cols)) return m;
    c->contiguous |= (uint64_t)1 << c->first[i];
    return (gemm_matrix){rows * cols, t->ndim >= 2 || !column ? cols : 1, 1};
}

/* The added operand broadcast to the result, laid out as the result is. */
static gemm_matrix prepare_added(const tensor_desc *t, const tensor_desc *result, bool sum_batch) {
    tensor_desc wide = *result;
    for (int d = result->ndim - 1, s = t->ndim - 1; d >= 0; d--, s--)
        wide.strides[d] = s < 0 || t->sizes[s] == 1 ? 0 : t->strides[s];
    gemm_matrix m = gemm_describe(&wide, true);
    if (sum_batch) m.batch = 0;
    return m;
}

/* Who computes, and with what scratch. */
static void prepare_provider(prepare_call *c, gemm_attributes *g, cot_dtype dtype) {
    const cot_context *ctx = c->graph->ctx;
    if (dtype == COT_BF16 && ctx->matrix_unit) {
        c->kernel = gemm_amx;
        c->scratch_bytes = c->threads * GEMM_AMX_BYTES;
    } else if (dtype == COT_BF16 || dtype == COT_F16) {
        g->provider = gemm_choose_layout(COT_F32, MIN(g->m, (int64_t)GEMM_BLOCK_M), MIN(g->n, (int64_t)GEMM_BLOCK_N),
                                         MIN(g->k, (int64_t)GEMM_BLOCK_K), &g->b, ctx->f32_by_parts);
        g->scratch =
            GEMM_WORKER_FLOATS * sizeof(float) + gemm_scratch(g->provider, GEMM_BLOCK_M, GEMM_BLOCK_N, GEMM_BLOCK_K);
        c->scratch_bytes = c->threads * g->scratch;
    } else {
        g->provider = gemm_choose_layout(dtype, g->m, g->n, g->k, &g->b, ctx->f32_by_parts);
        g->scratch = gemm_scratch(g->provider, g->m, g->n, g->k);
        c->scratch_bytes = c->threads * g->scratch;
    }
}

static cot_status prepare_product(prepare_call *c) {
    const product_form *f = c->op->record->data;
    const tensor_desc *a = prepare_operand(c, f->a), *b = prepare_operand(c, f->b), *result = &c->results[0];
    const uint8_t dtype = result->dtype;
    const bool library = dtype == COT_F32 || dtype == COT_F64 || dtype_is_complex(dtype);
    if (a->dtype != dtype || b->dtype != dtype ||
        (f->added >= 0 && prepare_operand(c, (uint32_t)f->added)->dtype != dtype))
        return prepare_no_kernel(c);
    if (!(c->kernel = product_kernel(dtype))) return prepare_no_kernel(c);
    gemm_attributes *g = PREPARE_ATTRIBUTES(c, gemm_attributes);
    g->batch = a->ndim == 3 ? a->sizes[0] : 1;
    g->m = a->ndim >= 2 ? a->sizes[a->ndim - 2] : f->outer ? a->sizes[0] : 1;
    g->k = f->outer ? 1 : a->sizes[a->ndim - 1];
    g->n = b->ndim >= 2 ? b->sizes[b->ndim - 1] : f->outer ? b->sizes[0] : 1;
    g->outer = f->outer;
    g->sum_batch = f->sum_batch;
    g->a = prepare_matrix(c, f->a, f->outer, g->m, g->k, library);
    g->b = prepare_matrix(c, f->b, !f->outer, g->k, g->n, library);
    g->c = gemm_describe(result, true);
    g->a_at = c->num_results + c->first[f->a];
    g->b_at = c->num_results + c->first[f->b];
    g->alpha = f->alpha < 0 ? 1 : arg_as_float(&c->args[f->alpha], 1);
    g->beta = f->beta < 0 ? 1 : arg_as_float(&c->args[f->beta], 1);
    if (f->added >= 0) {
        g->d_at = c->num_results + c->first[f->added];
        g->d = prepare_added(prepare_operand(c, (uint32_t)f->added), result, f->sum_batch);
        c->in_place |= (uint64_t)1 << c->first[f->added];
    }
    prepare_provider(c, g, (cot_dtype)dtype);
    g->add_row = g->d_at && g->beta == 1 && g->d.row == 0 && g->d.col == 1 && g->d.batch == 0 && g->k > 0 &&
                 !g->sum_batch && dtype == COT_F32 && gemm_adds_row(g->provider);
    if (g->sum_batch && g->batch == 0) { /* nothing is multiplied, but beta·D must be written */
        g->batch = 1;
        g->k = 0;
    }
    gemm_one_thread();
    return COT_OK;
}

static cot_status prepare_vdot(prepare_call *c) {
    return dtype_is_complex(c->results[0].dtype) ? prepare_no_kernel(c) : prepare_product(c);
}

/* ---- derivatives ------------------------------------------------------------------------------------------------ */

static value conj_of(builder *b, value v) {
    return dtype_is_complex(TYPE_OF(b, v)->dtype) ? emit(b, "conj", "v", v) : v;
}

static value transposed(builder *b, value v) {
    return TYPE_OF(b, v)->ndim == 3 ? emit(b, "transpose.int", "vii", v, (int64_t)1, (int64_t)2) : emit(b, "t", "v", v);
}

static bool is_scalar_one(const arg *a) {
    return (a->kind == ARG_INT && a->i == 1) || (a->kind == ARG_FLOAT && a->f == 1);
}

static value scaled(builder *b, value v, const arg *by) {
    return !by || is_scalar_one(by) ? v : emit(b, "mul.Scalar", "va", v, by);
}

static bool column_major(const type *t) {
    return t->ndim == 2 && dim_equal(t->strides[0], 1) && dim_equal(t->strides[1], t->sizes[0]);
}

/* Gradients of a·b for matrices or batches of them. */
static value grad_of_left(builder *b, value grad, value left, value right, const arg *alpha) {
    if (column_major(TYPE_OF(b, left))) {
        value t = emit(b, "mm", "vv", conj_of(b, right), emit(b, "t", "v", grad));
        return scaled(b, emit(b, "t", "v", t), alpha);
    }
    const char *mul = TYPE_OF(b, left)->ndim == 3 ? "bmm" : "mm";
    return scaled(b, emit(b, mul, "vv", grad, conj_of(b, transposed(b, right))), alpha);
}

static value grad_of_right(builder *b, value grad, value left, value right, const arg *alpha) {
    if (column_major(TYPE_OF(b, right))) {
        value t = emit(b, "mm", "vv", emit(b, "t", "v", grad), conj_of(b, left));
        return scaled(b, emit(b, "t", "v", t), alpha);
    }
    const char *mul = TYPE_OF(b, right)->ndim == 3 ? "bmm" : "mm";
    return scaled(b, emit(b, mul, "vv", conj_of(b, transposed(b, left)), grad), alpha);
}

static cot_status vjp_mm(vjp_call *c) {
    value self = vjp_tensor(c, 0), mat2 = vjp_tensor(c, 1), grad = c->grads[0];
    if (vjp_needs(c, 1)) vjp_set(c, 1, grad_of_right(c->b, grad, self, mat2, NULL));
    if (vjp_needs(c, 0)) vjp_set(c, 0, grad_of_left(c->b, grad, self, mat2, NULL));
    return c->b->status;
}

/* addmm, baddbmm, addbmm */
static cot_status vjp_added(vjp_call *c) {
    const product_form *f = c->op->record->data;
    builder *b = c->b;
    const value a = vjp_tensor(c, 1), m = vjp_tensor(c, 2), grad = c->grads[0];
    const arg *alpha = vjp_arg(c, 4);
    for (uint32_t i = 1; i <= 2; i++) {
        if (!vjp_needs(c, i)) continue;
        value left_first = i == 2 && f->sum_batch ? transposed(b, a) : NO_VALUE, wide = grad;
        if (f->sum_batch) { /* every product of the batch has the same gradient */
            const type *t = TYPE_OF(b, a), *r = TYPE_OF(b, m);
            const dim sizes[3] = {t->sizes[0], t->sizes[1], r->sizes[2]};
            wide = emit(b, "expand", "vD", emit(b, "unsqueeze", "vi", grad, (int64_t)0), sizes, 3u);
        }
        if (left_first != NO_VALUE) vjp_set(c, i, scaled(b, emit(b, "bmm", "vv", conj_of(b, left_first), wide), alpha));
        else vjp_set(c, i, i == 1 ? grad_of_left(b, wide, a, m, alpha) : grad_of_right(b, wide, a, m, alpha));
    }
    if (vjp_needs(c, 0)) vjp_set(c, 0, scaled(b, grad, vjp_arg(c, 3)));
    return b->status;
}

/* The gradient of a matrix that multiplied a vector: grad as a column times the vector. */
static value outer_product(builder *b, value column, value row) {
    const dim sizes[2] = {TYPE_OF(b, column)->sizes[0], 1};
    return emit(b, "mul.Tensor", "vv", emit(b, "view", "vD", column, sizes, 2u), row);
}

static cot_status vjp_mv(vjp_call *c) {
    builder *b = c->b;
    value self = vjp_tensor(c, 0), vec = vjp_tensor(c, 1), grad = c->grads[0];
    if (vjp_needs(c, 0)) vjp_set(c, 0, outer_product(b, grad, conj_of(b, vec)));
    if (vjp_needs(c, 1)) vjp_set(c, 1, emit(b, "mv", "vv", conj_of(b, emit(b, "t", "v", self)), grad));
    return b->status;
}

static cot_status vjp_addmv(vjp_call *c) {
    builder *b = c->b;
    value mat = vjp_tensor(c, 1), vec = vjp_tensor(c, 2), grad = c->grads[0];
    const arg *alpha = vjp_arg(c, 4);
    if (vjp_needs(c, 1)) vjp_set(c, 1, scaled(b, outer_product(b, grad, conj_of(b, vec)), alpha));
    if (vjp_needs(c, 0)) vjp_set(c, 0, scaled(b, grad, vjp_arg(c, 3)));
    if (vjp_needs(c, 2)) vjp_set(c, 2, scaled(b, emit(b, "mv", "vv", conj_of(b, emit(b, "t", "v", mat)), grad), alpha));
    return b->status;
}

static cot_status vjp_addr(vjp_call *c) {
    builder *b = c->b;
    value vec1 = vjp_tensor(c, 1), vec2 = vjp_tensor(c, 2), grad = c->grads[0];
    const arg *alpha = vjp_arg(c, 4);
    if (vjp_needs(c, 0)) vjp_set(c, 0, scaled(b, grad, vjp_arg(c, 3)));
    if (vjp_needs(c, 1)) vjp_set(c, 1, scaled(b, emit(b, "mv", "vv", grad, conj_of(b, vec2)), alpha));
    if (vjp_needs(c, 2))
        vjp_set(c, 2, scaled(b, emit(b, "mv", "vv", emit(b, "t", "v", grad), conj_of(b, vec1)), alpha));
    return b->status;
}

static cot_status vjp_dot(vjp_call *c) {
    builder *b = c->b;
    value self = vjp_tensor(c, 0), other = vjp_tensor(c, 1), grad = c->grads[0];
    if (vjp_needs(c, 0)) vjp_set(c, 0, emit(b, "mul.Tensor", "vv", grad, conj_of(b, other)));
    if (vjp_needs(c, 1)) vjp_set(c, 1, emit(b, "mul.Tensor", "vv", grad, conj_of(b, self)));
    return b->status;
}

static cot_status vjp_vdot(vjp_call *c) {
    builder *b = c->b;
    value self = vjp_tensor(c, 0), other = vjp_tensor(c, 1), grad = c->grads[0];
    if (vjp_needs(c, 1)) vjp_set(c, 1, emit(b, "mul.Tensor", "vv", grad, self));
    if (vjp_needs(c, 0)) vjp_set(c, 0, emit(b, "mul.Tensor", "vv", conj_of(b, grad), other));
    return b->status;
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

#define PRODUCT .shape = shape_product, .prepare = prepare_product, .reference = ref_gemm, .flops = flops_product

const op_record ops_linalg[] = {
    {.schema = "mm(Tensor self, Tensor mat2) -> Tensor",
     .batch = &batch_product,
     PRODUCT,
     .vjp_fn = vjp_mm,
     .data = &form_mm,
     .traits = OP_EXPENSIVE | OP_AUTOCAST_LOW,
     .samples = "f32[2, 3], f32[3, 4]; f32[0, 3], f32[3, 4]; f32[2, 0], f32[0, 4]; i64[2, 3], i64[3, 2]; "
                "bf16[3, 5], bf16[5, 2]"},
    {.schema = "bmm(Tensor self, Tensor mat2) -> Tensor",
     .batch = &batch_product,
     PRODUCT,
     .vjp_fn = vjp_mm,
     .data = &form_bmm,
     .traits = OP_EXPENSIVE | OP_AUTOCAST_LOW,
     .samples = "f32[5, 2, 3], f32[5, 3, 4]; f64[0, 2, 3], f64[0, 3, 4]"},
    {.schema = "addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     .batch = &batch_product_added,
     PRODUCT,
     .vjp_fn = vjp_added,
     .data = &form_addmm,
     .traits = OP_EXPENSIVE | OP_AUTOCAST_LOW | OP_HAS_INPLACE,
     .samples = "f32[4], f32[2, 3], f32[3, 4]; f64[2, 1], f64[2, 3], f64[3, 4], beta = 2, alpha = 3"},
    {.schema = "baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     .batch = &batch_product_added,
     PRODUCT,
     .vjp_fn = vjp_added,
     .data = &form_baddbmm,
     .traits = OP_EXPENSIVE | OP_AUTOCAST_LOW | OP_HAS_INPLACE,
     .samples = "f32[5, 2, 4], f32[5, 2, 3], f32[5, 3, 4]; f64[4], f64[5, 2, 3], f64[5, 3, 4], beta = 0.5, alpha = 2"},
    {.schema = "addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     .batch = &batch_product_added,
     PRODUCT,
     .vjp_fn = vjp_added,
     .data = &form_addbmm,
     .traits = OP_EXPENSIVE | OP_AUTOCAST_LOW | OP_HAS_INPLACE,
     .samples = "f32[2, 4], f32[5, 2, 3], f32[5, 3, 4]; f64[4], f64[5, 2, 3], f64[5, 3, 4], beta = 0.5, alpha = 2"},
    {.schema = "mv(Tensor self, Tensor vec) -> Tensor",
     .batch = &batch_product,
     PRODUCT,
     .vjp_fn = vjp_mv,
     .data = &form_mv,
     .traits = OP_EXPENSIVE,
     .samples = "f32[2, 3], f32[3]"},
    {.schema = "addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     .batch = &batch_product_added,
     PRODUCT,
     .vjp_fn = vjp_addmv,
     .data = &form_addmv,
     .traits = OP_EXPENSIVE | OP_HAS_INPLACE,
     .samples = "f32[2], f32[2, 3], f32[3]; f64[1], f64[2, 3], f64[3], beta = 2, alpha = 3"},
    {.schema = "dot(Tensor self, Tensor tensor) -> Tensor",
     .batch = &batch_product,
     PRODUCT,
     .vjp_fn = vjp_dot,
     .data = &form_dot,
     .traits = OP_EXPENSIVE,
     .samples = "f32[3], f32[3]; f64[0], f64[0]"},
    {.schema = "vdot(Tensor self, Tensor other) -> Tensor",
     .batch = &batch_product,
     .shape = shape_product,
     .prepare = prepare_vdot,
     .flops = flops_product,
     .reference = ref_gemm,
     .vjp_fn = vjp_vdot,
     .data = &form_dot,
     .traits = OP_EXPENSIVE,
     .samples = "f32[3], f32[3]"},
    {.schema = "addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
     .batch = &batch_product_added,
     PRODUCT,
     .vjp_fn = vjp_addr,
     .data = &form_addr,
     .traits = OP_HAS_INPLACE,
     .samples = "f32[2, 3], f32[2], f32[3]; f64[3], f64[2], f64[3], beta = 2, alpha = 3"},
};
const uint32_t ops_linalg_count = COUNT_OF(ops_linalg);
