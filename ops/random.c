/* SPDX-License-Identifier: MIT
 * random.c — random tensors and dropout. The numbers are a function of (seed, step, node): see kernels/random.h.
 * Streams are keyed by the node's name, so a mask that is computed again elsewhere under its name is the same mask. */
#include "ops/emit.h"
#include "ops/batch.h"
#include "ops/prepare.h"
#include "ops/shape.h"
#include "ops/vjp.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/random.h"
#include "kernels/ref/random.h"

#include <math.h>
#include <string.h>

KERNEL_DECLARE(kernel_fn, random_fill);
KERNEL_DECLARE_TABLE(kernel_fn, dropout_forward);
KERNEL_DECLARE_TABLE(kernel_fn, dropout_backward);

/* What a record says of its operator: which kind, and the parameters (-1: none) with their meaning. */
typedef struct random_form {
    random_kind kind;
    int8_t a, b;                 /* of kernels/random.h: parameters, tensors or numbers */
    double a_default, b_default; /* without a parameter */
    int8_t low, high;            /* RANDOM_INTEGER */
    cot_dtype dtype;             /* of a fresh tensor when none is given */
} random_form;

static uint64_t stream_of(const prepare_call *c) { return node_stream(graph_node(c->graph, c->node)); }

/* ---- shapes ----------------------------------------------------------------------------------------------------- */

static cot_dtype dtype_given(const shape_call *c, cot_dtype otherwise) {
    const int i = op_param(c->op, "dtype");
    return i >= 0 && c->args[i].kind == ARG_DTYPE ? (cot_dtype)c->args[i].i : otherwise;
}

static cot_status shape_fresh(shape_call *c) {
    const random_form *f = c->op->record->data;
    const int size = op_param(c->op, "size"), n = op_param(c->op, "n");
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = 1;
    if (size >= 0) ndim = arg_as_dims(c->graph, &c->args[size], sizes, COT_MAX_DIMS);
    else sizes[0] = arg_as_dim(c->graph, &c->args[n]);
    return shape_result(c, dtype_given(c, f->dtype), sizes, ndim);
}

static cot_status shape_like(shape_call *c) {
    const type *self = shape_tensor(c, 0);
    const int format = op_param(c->op, "memory_format");
    const cot_dtype dtype = dtype_given(c, self->dtype);
    const char *name = format >= 0 && c->args[format].kind == ARG_CONST ? c->args[format].s : "preserve_format";
    if (!strcmp(name, "preserve_format")) return shape_result_like(c, dtype, self);
    dim strides[COT_MAX_DIMS];
    shape_format_strides(c, name, self->sizes, self->ndim, strides);
    c->result = type_strided(c->arena, dtype, self->sizes, strides, self->ndim, 0);
    return COT_OK;
}

static cot_status shape_normal(shape_call *c) {
    dim sizes[COT_MAX_DIMS];
    uint32_t ndim = 0;
    cot_dtype dtype = COT_F32;
    for (uint32_t i = 0; i < 2; i++) {
        if (c->op->params[i].type != PARAM_TENSOR) continue;
        const type *t = shape_tensor(c, i);
        dtype = ndim ? dtype : t->dtype;
        TRY(shape_broadcast(c, sizes, &ndim, t->sizes, t->ndim));
    }
    return shape_result(c, dtype, sizes, ndim);
}

/* ---- plan time -------------------------------------------------------------------------------------------------- */

/* A number, or the place of a tensor that holds it for each element. */
static void prepare_parameter(prepare_call *c, int8_t param, double otherwise, double *fixed, uint32_t *at) {
    *fixed = otherwise;
    if (param < 0) return;
    if (c->op->params[param].type != PARAM_TENSOR) {
        *fixed = arg_as_float(&c->args[param], otherwise);
        return;
    }
    const tensor_desc *t = prepare_operand(c, (uint32_t)param), *result = &c->results[0];
    *at = c->num_results + c->first[param];
    bool same = t->ndim == result->ndim;
    for (uint32_t d = 0; same && d < t->ndim; d++) same = t->strides[d] == result->strides[d] || t->sizes[d] == 1;
    if (!same) c->contiguous |= (uint64_t)1 << c->first[param];
}

static cot_status prepare_random(prepare_call *c) {
    const random_form *f = c->op->record->data;
    random_attributes *a = PREPARE_ATTRIBUTES(c, random_attributes);
    a->stream = stream_of(c);
    a->kind = (uint8_t)f->kind;
    if (dtype_is_complex((cot_dtype)c->results[0].dtype)) return prepare_no_kernel(c);
    prepare_parameter(c, f->a, f->a_default, &a->a, &a->a_at);
    prepare_parameter(c, f->b, f->b_default, &a->b, &a->b_at);
    if (f->kind == RANDOM_INTEGER) {
        a->low = f->low >= 0 ? arg_as_int(&c->args[f->low], 0) : 0;
        const int64_t high = arg_as_int(&c->args[f->high], 1);
        if (high <= a->low)
            return graph_fail(c->graph, c->node, c->error, COT_SHAPE,
                              "random_ expects 'from' to be less than 'to', but got from=%lld "
                              ">= to=%lld",
                              (long long)a->low, (long long)high);
        a->range = (uint64_t)high - (uint64_t)a->low;
    }
    c->kernel = KERNEL_SELECT(random_fill);
    return COT_OK;
}

/* ---- dropout ---------------------------------------------------------------------------------------------------- */

static cot_status shape_dropout(shape_call *c) {
    const type *input = shape_tensor(c, 0);
    const double p = arg_as_float(&c->args[1], 0);
    if (!(p >= 0 && p <= 1)) return shape_fail(c, "dropout probability has to be between 0 and 1, but got %g", p);
    type *parts = ARENA_ARRAY(c->arena, type, 2);
    TRY(shape_result_like(c, input->dtype, input));
    parts[0] = c->result;
    parts[1] = c->result;
    parts[1].dtype = COT_BOOL;
    c->result = type_tuple(c->arena, parts, 2);
    return COT_OK;
}

/* All tensors are walked in memory order: the first operand needs the layout of the result, which only a tensor that is
 * not dense lacks; its result is contiguous. */
static void same_layout(prepare_call *c, uint32_t operand) {
    const tensor_desc *t = &c->operands[operand], *result = &c->results[0];
    bool same = true;
    for (uint32_t d = 0; d < t->ndim; d++) same = same && (t->sizes[d] == 1 || t->strides[d] == result->strides[d]);
    if (!same) c->contiguous |= (uint64_t)1 << operand;
}

static cot_status prepare_dropout(prepare_call *c) {
    const uint8_t dtype = c->results[0].dtype;
    if (dtype > COT_BF16) return prepare_no_kernel(c);
    dropout_attributes *a = PREPARE_ATTRIBUTES(c, dropout_attributes);
    a->stream = stream_of(c);
    a->p = arg_as_float(&c->args[1], 0);
    a->train = arg_as_bool(&c->args[2], true);
    a->scale = !a->train ? 1 : a->p == 1 ? 0 : 1 / (1 - a->p);
    same_layout(c, 0);
    c->in_place = 1;
    c->kernel = KERNEL_SELECT(dropout_forward)[dtype];
    return COT_OK;
}

static cot_status vjp_dropout(vjp_call *c) {
    const double p = arg_as_float(vjp_arg(c, 1), 0);
    const double scale = !arg_as_bool(vjp_arg(c, 2), false) ? 1 : p == 1 ? 0 : 1 / (1 - p);
    if (vjp_needs(c, 0) && c->grads[0] != NO_VALUE)
        vjp_set(c, 0, emit(c->b, "native_dropout_backward", "vvf", c->grads[0], vjp_result(c, 1), scale));
    return c->b->status;
}

static cot_status shape_dropout_backward(shape_call *c) {
    const type *grad = shape_tensor(c, 0);
    const type *operands[2] = {grad, shape_tensor(c, 1)};
    dim strides[COT_MAX_DIMS];
    if (grad->ndim != operands[1]->ndim) return shape_fail(c, "grad_output and mask differ in dimensions");
    shape_iterator_strides(c, grad->sizes, grad->ndim, operands, 2, strides);
    c->result = type_strided(c->arena, grad->dtype, grad->sizes, strides, grad->ndim, 0);
    return COT_OK;
}

static cot_status prepare_dropout_backward(prepare_call *c) {
    const uint8_t dtype = c->results[0].dtype;
    if (dtype > COT_BF16 || c->operands[1].dtype != COT_BOOL || c->operands[0].dtype != dtype)
        return prepare_no_kernel(c);
    dropout_attributes *a = PREPARE_ATTRIBUTES(c, dropout_attributes);
    a->scale = arg_as_float(&c->args[2], 1);
    c->kernel = KERNEL_SELECT(dropout_backward)[dtype];
    c->in_place = 1;
    for (uint32_t i = 0; i < 2; i++) same_layout(c, i);
    /* A copy is contiguous: it does not help against a result that is not. */
    return c->contiguous && !c->results[0].contiguous ? prepare_no_kernel(c) : COT_OK;
}

/* ---- compositions ----------------------------------------------------------------------------------------------- */

static bool drops_nothing(builder *b, const arg *args) {
    const type *t = TYPE_OF(b, arg_as_value(&args[0]));
    bool empty = false;
    for (uint32_t d = 0; d < t->ndim; d++) empty = empty || t->sizes[d] == 0;
    return empty || arg_as_float(&args[1], 0) == 0 || !arg_as_bool(&args[2], false);
}

/* Dropout that drops nothing is its input, not a copy of it. */
static value decompose_dropout(builder *b, const op *o, const arg *args) {
    const value input = arg_as_value(&args[0]);
    UNUSED(o);
    return drops_nothing(b, args) ? input : emit(b, "native_dropout", "vfb", input, arg_as_float(&args[1], 0), 1);
}

static value decompose_dropout_part(builder *b, const op *o, const arg *args) {
    value v = decompose_dropout(b, o, args);
    if (b->status || v == arg_as_value(&args[0])) return v;
    return emit_get(b, v, 0);
}

typedef struct noise_form {
    bool feature, alpha, in_place;
} noise_form;

static const noise_form noise_in_place = {false, false, true}, noise_feature = {true, false, false},
                        noise_alpha = {false, true, false}, noise_feature_alpha = {true, true, false},
                        noise_feature_in_place = {true, false, true}, noise_alpha_in_place = {false, true, true},
                        noise_feature_alpha_in_place = {true, true, true};

static value noise_like(builder *b, value input, bool feature) {
    const type *t = TYPE_OF(b, input);
    dim sizes[COT_MAX_DIMS];
    if (!feature) return emit(b, "empty_like", "v", input);
    for (uint32_t d = 0; d < t->ndim; d++) sizes[d] = d < 2 ? t->sizes[d] : 1;
    return emit(b, "new_empty", "vD", input, sizes, (uint32_t)t->ndim);
}

/* A mask of ones and zeros multiplied in; alpha dropout keeps mean and variance of what selu gives (Klambauer et al.,
 * "Self-Normalizing Neural Networks", 2017). */
static value decompose_noise(builder *b, const op *o, const arg *args) {
    const noise_form *f = o->record->data;
    const value input = arg_as_value(&args[0]);
    const double p = arg_as_float(&args[1], 0), alpha = 1.7580993408473766;
    const char *mul = f->in_place ? "mul_.Tensor" : "mul.Tensor", *add = f->in_place ? "add_.Tensor" : "add.Tensor";
    if (drops_nothing(b, args)) return input;
    if (f->feature && TYPE_OF(b, input)->ndim < 2) {
        builder_fail(b, COT_SHAPE, "Feature dropout requires at least 2 dimensions in the input");
        return NO_VALUE;
    }
    if (p == 1) return emit(b, mul, "vv", input, emit(b, "zeros_like", "v", input));
    value noise = emit(b, "bernoulli.p", "vf", noise_like(b, input, f->feature), 1 - p);
    if (!f->alpha) return emit(b, mul, "vv", input, emit(b, "div.Scalar", "vf", noise, 1 - p));
    const double a = 1 / sqrt((alpha * alpha * p + 1) * (1 - p));
    value shift = emit(b, "mul.Scalar", "vf", emit(b, "add.Scalar", "vi", noise, (int64_t)-1), alpha * a);
    shift = emit(b, "add.Scalar", "vf", shift, alpha * a * p);
    return emit(b, add, "vv", emit(b, mul, "vv", input, emit(b, "mul.Scalar", "vf", noise, a)), shift);
}

/* Leaky with a slope drawn for each element, or with the mean slope. */
static value decompose_rrelu(builder *b, const op *o, const arg *args) {
    const value self = arg_as_value(&args[0]);
    const double lower = arg_as_float(&args[1], 0), upper = arg_as_float(&args[2], 0);
    UNUSED(o);
    if (!arg_as_bool(&args[3], false)) return emit(b, "leaky_relu", "vf", self, (lower + upper) / 2);
    value slope = emit(b, "uniform", "vff", emit(b, "empty_like", "v", self), lower, upper);
    value below = emit(b, "mul.Tensor", "vv", self, slope);
    return emit(b, "where.self", "vvv", emit(b, "gt.Scalar", "vi", self, (int64_t)0), self, below);
}

static value decompose_bernoulli_tensor(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    const value self = arg_as_value(&args[0]), p = arg_as_value(&args[1]);
    const type *t = TYPE_OF(b, self);
    return emit(b, "copy_", "vv", self,
                emit(b, "bernoulli", "v", emit(b, "expand", "vD", p, t->sizes, (uint32_t)t->ndim)));
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static const random_form uniform_fresh = {RANDOM_UNIFORM, -1, -1, 0, 1, -1, -1, COT_F32};
static const random_form normal_fresh = {RANDOM_NORMAL, -1, -1, 0, 1, -1, -1, COT_F32};
static const random_form integer_high = {RANDOM_INTEGER, -1, -1, 0, 1, -1, 0, COT_I64};
static const random_form integer_low = {RANDOM_INTEGER, -1, -1, 0, 1, 0, 1, COT_I64};
static const random_form integer_like_high = {RANDOM_INTEGER, -1, -1, 0, 1, -1, 1, COT_I64};
static const random_form integer_like_low = {RANDOM_INTEGER, -1, -1, 0, 1, 1, 2, COT_I64};
static const random_form permutation = {RANDOM_PERMUTATION, -1, -1, 0, 1, -1, -1, COT_I64};
static const random_form normal_given = {RANDOM_NORMAL, 0, 1, 0, 1, -1, -1, COT_F32};
static const random_form uniform_self = {RANDOM_UNIFORM, 1, 2, 0, 1, -1, -1, COT_F32};
static const random_form normal_self = {RANDOM_NORMAL, 1, 2, 0, 1, -1, -1, COT_F32};
static const random_form exponential_self = {RANDOM_EXPONENTIAL, 1, -1, 1, 1, -1, -1, COT_F32};
static const random_form bernoulli_self = {RANDOM_BERNOULLI, 0, -1, 0, 1, -1, -1, COT_F32};
static const random_form bernoulli_p = {RANDOM_BERNOULLI, 1, -1, 0, 1, -1, -1, COT_F32};

#define FACTORY "ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None"
#define LIKE FACTORY ", MemoryFormat? memory_format=None) -> Tensor"
#define FRESH(text, form, tests)                                                                                       \
    {                                                                                                                  \
        .schema = text, .batch = &batch_random, .shape = shape_fresh, .prepare = prepare_random, .data = &form,        \
        .traits = OP_RANDOM | OP_CREATES, .samples = tests                                                             \
    }
#define SELF(text, form, more, tests)                                                                                  \
    {                                                                                                                  \
        .schema = text, .batch = &batch_random, .shape = shape_like, .prepare = prepare_random, .data = &form,         \
        .traits = OP_RANDOM | (more), .vjp = "self: zeros_like(grad)", .samples = tests                                \
    }
#define LIKE_SELF(text, form, tests)                                                                                   \
    {                                                                                                                  \
        .schema = text, .batch = &batch_random, .shape = shape_like, .prepare = prepare_random, .data = &form,         \
        .traits = OP_RANDOM | OP_NO_HISTORY, .samples = tests                                                          \
    }
#define NOISE(text, form, more)                                                                                        \
    { .schema = text, .decompose_fn = decompose_noise, .data = &form, .traits = OP_COMPOSITE | (more) }

const op_record ops_random[] = {
    {.schema = "dropout(Tensor input, float p, bool train) -> Tensor",
     .decompose_fn = decompose_dropout_part,
     .traits = OP_COMPOSITE,
     .samples = "f32[4, 3], 0.5, False; f32[4, 3], 0.0, True"},
    {.schema = "native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)",
     .batch = &batch_dropout,
     .shape = shape_dropout,
     .vjp_fn = vjp_dropout,
     .prepare = prepare_dropout,
     .reference = ref_dropout,
     .traits = OP_RANDOM,
     .samples = "f32[4, 30], 0.5, True; f32[4, 3], 1.0, True; f32[4, 3], 0.5, False"},
    {.schema = "native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor",
     .batch = &batch_leading,
     .shape = shape_dropout_backward,
     .prepare = prepare_dropout_backward,
     .reference = ref_dropout_backward,
     .vjp = "grad_output: native_dropout_backward(grad, mask, scale)",
     .traits = OP_RECOMPUTABLE,
     .samples = "f32[4, 3], b8[4, 3], 2.0"},
    NOISE("dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", noise_in_place, 0),
    NOISE("feature_dropout(Tensor input, float p, bool train) -> Tensor", noise_feature, 0),
    NOISE("feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", noise_feature_in_place, 0),
    NOISE("alpha_dropout(Tensor input, float p, bool train) -> Tensor", noise_alpha, 0),
    NOISE("alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", noise_alpha_in_place, 0),
    NOISE("feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor", noise_feature_alpha, 0),
    NOISE("feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", noise_feature_alpha_in_place,
          0),
    FRESH("rand(SymInt[] size, *, " FACTORY ") -> Tensor", uniform_fresh, "[2, 3]"),
    FRESH("randn(SymInt[] size, *, " FACTORY ") -> Tensor", normal_fresh, "[2, 3]"),
    FRESH("randint(SymInt high, SymInt[] size, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, "
          "bool? pin_memory=None) -> Tensor",
          integer_high, "10, [2, 3]"),
    FRESH("randint.low(SymInt low, SymInt high, SymInt[] size, *, ScalarType? dtype=long, Layout? layout=None, "
          "Device? device=None, bool? pin_memory=None) -> Tensor",
          integer_low, "-5, 10, [2, 3]"),
    FRESH("randperm(SymInt n, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, "
          "bool? pin_memory=None) -> Tensor",
          permutation, "10"),
    FRESH("normal.float_float(float mean, float std, SymInt[] size, *, Generator? generator=None, " FACTORY
          ") -> Tensor",
          normal_given, "0.0, 1.0, [2, 3]"),
    LIKE_SELF("rand_like(Tensor self, *, " LIKE, uniform_fresh, "f32[2, 3]"),
    LIKE_SELF("randn_like(Tensor self, *, " LIKE, normal_fresh, "f32[2, 3]"),
    LIKE_SELF("randint_like(Tensor self, SymInt high, *, " LIKE, integer_like_high, "i64[2, 3], 10"),
    LIKE_SELF("randint_like.low_dtype(Tensor self, SymInt low, SymInt high, *, " LIKE, integer_like_low,
              "i64[2, 3], -5, 10"),
    {.schema = "normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor",
     .batch = &batch_random_tensor,
     .shape = shape_normal,
     .prepare = prepare_random,
     .data = &normal_given,
     .traits = OP_RANDOM,
     .vjp = "mean: zeros_like(mean)"},
    {.schema = "normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor",
     .batch = &batch_random_tensor,
     .shape = shape_normal,
     .prepare = prepare_random,
     .data = &normal_given,
     .traits = OP_RANDOM,
     .vjp = "std: zeros_like(std)"},
    {.schema = "normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor",
     .batch = &batch_random_tensor,
     .shape = shape_normal,
     .prepare = prepare_random,
     .data = &normal_given,
     .traits = OP_RANDOM,
     .vjp = "mean: zeros_like(mean)\nstd: zeros_like(std)"},
    SELF("bernoulli(Tensor self, *, Generator? generator=None) -> Tensor", bernoulli_self, 0, "f32[2, 3]"),
    SELF("bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor", bernoulli_p, 0, "f32[2, 3], 0.5"),
    SELF("uniform(Tensor self, float from=0, float to=1, *, Generator? generator=None) -> Tensor", uniform_self,
         OP_HAS_INPLACE, "f32[2, 3]"),
    SELF("normal_functional(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor",
         normal_self, 0, "f32[2, 3]"),
    SELF("exponential(Tensor self, float lambd=1, *, Generator? generator=None) -> Tensor", exponential_self,
         OP_HAS_INPLACE, "f32[2, 3]"),
    {.schema = "normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!)",
     .functional = "normal_functional.default"},
    {.schema = "bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)",
     .functional = "bernoulli.p"},
    {.schema = "rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, "
               "Generator? generator=None) -> Tensor",
     .decompose_fn = decompose_rrelu,
     .traits = OP_COMPOSITE,
     .samples = "f32[4, 3]"},
    {.schema = "bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)",
     .decompose_fn = decompose_bernoulli_tensor,
     .traits = OP_COMPOSITE},
};
const uint32_t ops_random_count = COUNT_OF(ops_random);
