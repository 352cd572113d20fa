/* SPDX-License-Identifier: MIT
 * pointwise.c — the records of ops/pointwise.def: shape rule, plan time, and the few operators with several results.
 *
 * All pointwise operators share one shape rule (promote, broadcast, keep the operands' layout) and one kernel, the
 * machine of tile programs; a record says only which instruction it is and how its parameters are handed to it. */
#include "ops/pointwise.h"

#include "kernels/cpu/dispatch.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

KERNEL_DECLARE(kernel_fn, tile_run);

/* ---- shape ------------------------------------------------------------------------------------------------------- */

static const pointwise *pointwise_of(const op *o) { return (o->functional ? o->functional : o)->record->data; }

/* The dtype that operands are promoted to, and that the result has unless it is bool. */
static cot_dtype compute_dtype(const shape_call *c, const pointwise *p) {
    uint32_t params[16], count = 0;
    for (uint32_t i = 0; p->slots[i]; i++)
        if (strchr("abcdPQRS", p->slots[i])) params[count++] = i;
    const cot_dtype dtype = shape_promote(c, params, count);
    const bool floats =
        p->result == POINTWISE_FLOAT || (p->result == POINTWISE_DIVIDE && arg_is_none(&c->args[c->op->num_params - 1]));
    return floats && !dtype_is_float(dtype) && !dtype_is_complex(dtype) ? COT_F32 : dtype;
}

cot_status pointwise_type(shape_call *c, cot_dtype dtype, type *out) {
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    const type *operands[16];
    uint32_t ndim = 0, count = 0;
    for (uint32_t i = 0; i < c->op->num_params && count < COUNT_OF(operands); i++) {
        const type *t = c->op->params[i].type == PARAM_TENSOR ? shape_tensor(c, i) : NULL;
        if (!t || t->kind != TYPE_TENSOR) continue;
        TRY(shape_broadcast(c, sizes, &ndim, t->sizes, t->ndim));
        operands[count++] = t;
    }
    shape_iterator_strides(c, sizes, ndim, operands, count, strides);
    *out = type_strided(c->arena, dtype, sizes, strides, ndim, 0);
    return COT_OK;
}

cot_status pointwise_shape(shape_call *c) {
    const pointwise *p = pointwise_of(c->op);
    const cot_dtype dtype = compute_dtype(c, p);
    if (p->result == POINTWISE_INTEGER && !dtype_is_integral(dtype) && dtype != COT_BOOL)
        return shape_fail(c, "not implemented for %s, expected integers or bool", dtype_torch_name(dtype));
    return pointwise_type(c, p->result == POINTWISE_BOOL ? COT_BOOL : dtype, &c->result);
}

/* ---- choices: the element by attributes -------------------------------------------------------------------------- */

static bool is_one(const pointwise_call *call, tile_number n) { return call->class == TILE_I64 ? n.i == 1 : n.f == 1; }

static void choose_add(pointwise_call *call, const arg *args) {
    UNUSED(args);
    call->element = is_one(call, call->immediates[0]) ? TILE_add : TILE_add_scaled;
}

static void choose_sub(pointwise_call *call, const arg *args) {
    UNUSED(args);
    call->element = is_one(call, call->immediates[0]) ? TILE_sub : TILE_sub_scaled;
}

static void choose_div(pointwise_call *call, const arg *args) {
    const char *mode = args[2].kind == ARG_STRING ? args[2].s : "";
    call->element = !strcmp(mode, "floor") ? TILE_div_floor : !strcmp(mode, "trunc") ? TILE_div_trunc : TILE_div;
}

/* Powers that are a product or a root. */
static void choose_pow(pointwise_call *call, const arg *args) {
    static const struct {
        double exponent;
        uint16_t element;
    } known[] = {{0, TILE_one},    {1, TILE_identity}, {2, TILE_square},     {3, TILE_cube},
                 {0.5, TILE_sqrt}, {-0.5, TILE_rsqrt}, {-1, TILE_reciprocal}};
    const double e = arg_as_float(&args[1], NAN);
    call->element = TILE_pow;
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (known[i].exponent == e && tile_has(known[i].element, call->class)) {
            call->element = known[i].element;
            call->count = 1;
        }
}

static void choose_degrees(pointwise_call *call, const arg *args) {
    UNUSED(args);
    call->element = TILE_scale;
    call->immediates[0].f = 3.14159265358979323846 / 180;
}

static void choose_radians(pointwise_call *call, const arg *args) {
    UNUSED(args);
    call->element = TILE_scale;
    call->immediates[0].f = 180 / 3.14159265358979323846;
}

static bool is_tanh(const arg *approximate) {
    return approximate->kind == ARG_STRING && !strcmp(approximate->s, "tanh");
}

static void choose_gelu(pointwise_call *call, const arg *args) {
    call->element = is_tanh(&args[1]) ? TILE_gelu_tanh : TILE_gelu;
}

static void choose_gelu_backward(pointwise_call *call, const arg *args) {
    call->element = is_tanh(&args[2]) ? TILE_gelu_tanh_backward : TILE_gelu_backward;
}

static void choose_logit(pointwise_call *call, const arg *args) {
    const double eps = arg_as_float(&args[1], -1);
    call->element = eps < 0 ? TILE_logit_free : TILE_logit;
    call->immediates[0].f = eps;
    call->immediates[1].f = 1 - eps;
}

static void choose_logit_backward(pointwise_call *call, const arg *args) {
    const double eps = arg_as_float(&args[2], -1);
    call->element = TILE_logit_backward;
    call->immediates[0].f = eps < 0 ? 0 : eps;
    call->immediates[1].f = eps < 0 ? 1 : 1 - eps;
    call->immediates[2].f = eps < 0 ? NAN : 0;
}

static tile_number bound(const pointwise_call *call, bool above) {
    return call->class == TILE_I64 ? (tile_number){.i = above ? INT64_MAX : INT64_MIN}
                                   : (tile_number){.f = above ? INFINITY : -INFINITY};
}

static void choose_clamp(pointwise_call *call, const arg *args) {
    call->element = TILE_clamp;
    for (uint32_t i = 0; i < 2; i++)
        if (arg_is_none(&args[i + 1])) call->immediates[i] = bound(call, i == 1);
}

static void choose_clamp_tensor(pointwise_call *call, const arg *args) {
    call->element = TILE_clamp_tensor;
    for (uint32_t i = 1; i < 3; i++)
        if (arg_is_none(&args[i])) call->operands[i].number = bound(call, i == 2);
}

static void choose_nan_to_num(pointwise_call *call, const arg *args) {
    static const double largest[] = {
        [COT_F32] = FLT_MAX, [COT_F64] = DBL_MAX, [COT_F16] = 65504, [COT_BF16] = 0x1.fep127};
    call->element = call->class == TILE_I64 ? TILE_identity : TILE_nan_to_num;
    if (call->class == TILE_I64) return;
    call->immediates[0].f = arg_as_float(&args[1], 0);
    call->immediates[1].f = arg_as_float(&args[2], largest[call->dtype]);
    call->immediates[2].f = arg_as_float(&args[3], -largest[call->dtype]);
}

static void choose_not(pointwise_call *call, const arg *args) {
    UNUSED(args);
    call->element = call->dtype == COT_BOOL ? TILE_logical_not : TILE_bitwise_not;
}

static void choose_round(pointwise_call *call, const arg *args) {
    const int64_t decimals = arg_as_int(&args[1], 0);
    call->element = decimals == 0 ? TILE_round : decimals > 0 ? TILE_round_scaled : TILE_round_divided;
    call->immediates[0].f = pow(10, (double)llabs(decimals));
}

/* ---- plan time --------------------------------------------------------------------------------------------------- */

static tile_number number_of(const arg *a, tile_class class) {
    if (class != TILE_I64) return (tile_number){.f = arg_as_float(a, 0)};
    if (a->kind == ARG_FLOAT) return (tile_number){.i = (int64_t)a->f};
    return (tile_number){.i = arg_as_int(a, 0)};
}

/* Index of a letter among those of an operand (either case), or -1. */
static int letter_index(char letter, char first) {
    const int at = (letter | 32) - first;
    return letter != '-' && at >= 0 && at < 4 ? at : -1;
}

bool pointwise_describe(const cot_graph *g, const op *o, const arg *args, arena *scratch, pointwise_call *out) {
    if (o->record->prepare != pointwise_prepare) return false;
    const pointwise *p = pointwise_of(o);
    const shape_call c = {.graph = (cot_graph *)g, .op = o, .args = args, .arena = scratch, .syms = g->ctx->syms};
    *out = (pointwise_call){.element = p->element, .dtype = compute_dtype(&c, p)};
    if (dtype_is_complex(out->dtype)) return false;
    out->class = tile_class_of(out->dtype);
    for (uint32_t i = 0; p->slots[i]; i++) {
        const int operand = letter_index(p->slots[i], 'a'), immediate = letter_index(p->slots[i], 'p');
        if (immediate >= 0) out->immediates[immediate] = number_of(&args[i], out->class);
        if (operand < 0) continue;
        out->count = MAX(out->count, (uint32_t)operand + 1);
        out->operands[operand].param = args[i].kind == ARG_VALUE ? (int)i : -1;
        if (args[i].kind != ARG_VALUE) out->operands[operand].number = number_of(&args[i], out->class);
    }
    if (p->choose) p->choose(out, args);
    return tile_has(out->element, out->class);
}

/* Fills kernel and attributes from a builder. */
static cot_status finish(prepare_call *c, tile_builder *b) {
    const uint32_t count = c->num_results + c->num_operands;
    tensor_desc *tensors = ARENA_ARRAY(c->scratch, tensor_desc, count);
    memcpy(tensors, c->results, c->num_results * sizeof *tensors);
    memcpy(tensors + c->num_results, c->operands, c->num_operands * sizeof *tensors);
    tile_lay_out(b, &tensors[0], tensors, 0);
    c->attributes = tile_finish(b, c->arena);
    c->kernel = KERNEL_SELECT(tile_run);
    c->in_place = c->num_operands < 64 ? (1ull << c->num_operands) - 1 : UINT64_MAX;
    if (c->results[0].numel > 0) c->form = arena_copy(c->scratch, b, sizeof *b);
    return c->attributes ? COT_OK : prepare_no_kernel(c);
}

static uint16_t load_param(const prepare_call *c, tile_builder *b, uint32_t param, tile_class class) {
    const uint32_t flat = c->first[param];
    return tile_load(b, c->num_results + flat, (cot_dtype)c->operands[flat].dtype, class);
}

static bool any_complex(const prepare_call *c) {
    for (uint32_t i = 0; i < c->num_operands; i++)
        if (c->operands[i].numel >= 0 && dtype_is_complex((cot_dtype)c->operands[i].dtype)) return true;
    return false;
}

cot_status pointwise_prepare(prepare_call *c) {
    pointwise_call call;
    tile_builder b = {.arena = c->scratch};
    uint16_t x[TILE_MAX_OPERANDS];
    if (any_complex(c) || !pointwise_describe(c->graph, c->op, c->args, c->arena, &call)) return prepare_no_kernel(c);
    for (uint32_t i = 0; i < call.count; i++)
        x[i] = call.operands[i].param < 0 ? tile_constant(&b, call.class, call.operands[i].number)
                                          : load_param(c, &b, (uint32_t)call.operands[i].param, call.class);
    tile_store(&b, tile_apply(&b, call.element, call.class, x, call.count, call.immediates), 0,
               (cot_dtype)c->results[0].dtype);
    return finish(c, &b);
}

/* Through f64 where one side has it, through integers between integers, else through f32. */
cot_status pointwise_prepare_copy(prepare_call *c) {
    const cot_dtype from = (cot_dtype)c->operands[0].dtype, to = (cot_dtype)c->results[0].dtype;
    tile_builder b = {.arena = c->scratch};
    if (dtype_is_complex(from) || dtype_is_complex(to)) return prepare_no_kernel(c);
    const tile_class in = tile_class_of(from), out = tile_class_of(to);
    tile_store(&b, tile_load(&b, c->num_results, from, in == TILE_F64 || out == TILE_I64 ? in : out), 0, to);
    return finish(c, &b);
}

/* ---- several results --------------------------------------------------------------------------------------------- */

static cot_status two_results(shape_call *c, cot_dtype first, cot_dtype second) {
    type parts[2];
    TRY(pointwise_type(c, first, &parts[0]));
    parts[1] = parts[0];
    parts[1].dtype = second;
    c->result = type_tuple(c->arena, parts, 2);
    return COT_OK;
}

static cot_status shape_two_alike(shape_call *c) {
    const cot_dtype dtype = shape_tensor(c, 0)->dtype;
    return two_results(c, dtype, dtype);
}

static cot_status shape_frexp(shape_call *c) { return two_results(c, shape_tensor(c, 0)->dtype, COT_I32); }

/* Both results from the same operands, one instruction each; the second reads operand `second` first. */
static cot_status prepare_two(prepare_call *c, uint32_t element0, uint32_t element1, const uint8_t *order) {
    const tile_class class = tile_class_of((cot_dtype)c->operands[0].dtype);
    tile_builder b = {.arena = c->scratch};
    uint16_t x[TILE_MAX_OPERANDS];
    if (any_complex(c) || class == TILE_I64) return prepare_no_kernel(c);
    for (uint32_t i = 0; i < c->num_operands; i++) x[i] = load_param(c, &b, order[i], class);
    const uint16_t y0 = tile_apply(&b, element0, class, x, c->num_operands, NULL);
    const uint16_t y1 = tile_apply(&b, element1, class, x, c->num_operands, NULL);
    tile_store(&b, y0, 0, (cot_dtype)c->results[0].dtype);
    tile_store(&b, y1, 1, (cot_dtype)c->results[1].dtype);
    return finish(c, &b);
}

static cot_status prepare_log_sigmoid(prepare_call *c) {
    return prepare_two(c, TILE_log_sigmoid, TILE_exp_minus_abs, (const uint8_t[]){0});
}

static cot_status prepare_frexp(prepare_call *c) {
    return prepare_two(c, TILE_frexp_mantissa, TILE_frexp_exponent, (const uint8_t[]){0});
}

static cot_status prepare_prelu_backward(prepare_call *c) {
    return prepare_two(c, TILE_prelu_input, TILE_prelu_weight, (const uint8_t[]){0, 1, 2});
}

static value emit_scalar_tensor(builder *b, const arg *number, cot_dtype dtype) {
    const arg strided = {.kind = ARG_CONST, .s = "strided"}, cpu = {.kind = ARG_DEVICE, .s = "cpu"};
    return emit(b, "scalar_tensor", "a,dtype=t,layout=a,device=a", number, (int)dtype, &strided, &cpu);
}

/* where with numbers: they become 0-dim tensors of the dtype that the result has. */
static value decompose_where(builder *b, const op *o, const arg *args) {
    const shape_call c = {
        .graph = b->graph, .op = o, .args = args, .arena = b->graph->arena, .syms = b->graph->ctx->syms};
    const cot_dtype dtype = shape_promote(&c, (const uint32_t[]){1, 2}, 2);
    value sides[2];
    for (uint32_t i = 0; i < 2; i++)
        sides[i] = args[i + 1].kind == ARG_VALUE && TYPE_OF(b, args[i + 1].value)->kind == TYPE_TENSOR
                       ? args[i + 1].value
                       : emit_scalar_tensor(b, &args[i + 1], dtype);
    return emit(b, "where.self", "vvv", arg_as_value(&args[0]), sides[0], sides[1]);
}

/* One slope, or one for each channel (dimension 1). */
static value decompose_prelu(builder *b, const op *o, const arg *args) {
    const type *t = TYPE_OF(b, arg_as_value(&args[0])), *w = TYPE_OF(b, arg_as_value(&args[1]));
    value weight = arg_as_value(&args[1]);
    dim sizes[COT_MAX_DIMS];
    UNUSED(o);
    if (t->ndim != w->ndim) {
        for (uint32_t i = 0; i < t->ndim; i++) sizes[i] = i == (t->ndim > 1) && w->ndim ? w->sizes[0] : 1;
        weight = emit(b, "view", "vD", weight, sizes, (uint32_t)t->ndim);
    }
    return emit(b, "_prelu_kernel", "vv", arg_as_value(&args[0]), weight);
}

/* log Γ_p(a) = c + Σ log Γ(a - j / 2), j < p. */
static value decompose_mvlgamma(builder *b, const op *o, const arg *args) {
    const int64_t p = arg_as_int(&args[1], 1);
    value sum = NO_VALUE;
    UNUSED(o);
    for (int64_t j = 0; j < p; j++) {
        const value term = emit(b, "lgamma", "v", emit(b, "sub.Scalar", "vf", arg_as_value(&args[0]), (double)j / 2));
        sum = j ? emit(b, "add.Tensor", "vv", sum, term) : term;
    }
    return emit(b, "add.Scalar", "vf", sum, (double)(p * (p - 1)) / 4 * log(3.14159265358979323846));
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

#define RECORD(info, traits_, schema_, ...)                                                                            \
    {.schema = schema_,                                                                                                \
     .shape = pointwise_shape,                                                                                         \
     .prepare = pointwise_prepare,                                                                                     \
     .reference = tile_reference,                                                                                      \
     .traits = OP_POINTWISE | (traits_),                                                                               \
     .data = &info,                                                                                                    \
     __VA_ARGS__},
#define OPERATOR(element, result, slots, traits, schema, ...)                                                          \
    RECORD(((const pointwise){TILE_##element, POINTWISE_##result, slots, NULL}), traits, schema, __VA_ARGS__)
#define CHOICE(function, result, slots, traits, schema, ...)                                                           \
    RECORD(((const pointwise){TILE_identity, POINTWISE_##result, slots, function}), traits, schema, __VA_ARGS__)
#define COMPOSITE(schema_, expression)                                                                                 \
    {.schema = schema_, .traits = OP_POINTWISE | OP_COMPOSITE, .decompose = expression},
#define WHERE(schema_, samples_)                                                                                       \
    { .schema = schema_, .traits = OP_POINTWISE | OP_COMPOSITE, .decompose_fn = decompose_where, .samples = samples_ }

const op_record ops_pointwise[] = {
#include "ops/pointwise.def"
    WHERE("where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor", "b8[2, 3], 0, f32[2, 3]"),
    WHERE("where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor", "b8[2, 3], f32[2, 3], 0"),
    WHERE("where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor", "b8[2, 3], 1.0, 0.0"),
    {.schema = "prelu(Tensor self, Tensor weight) -> Tensor", .traits = OP_COMPOSITE, .decompose_fn = decompose_prelu,
     .samples = "f32[2, 3], f32[3]; f32[2, 3, 2], f32[1]; f32[4], f32[1]"},
    {.schema = "mvlgamma(Tensor self, int p) -> Tensor",
     .traits = OP_POINTWISE | OP_COMPOSITE,
     .decompose_fn = decompose_mvlgamma},
    {.schema = "special_multigammaln(Tensor self, int p) -> Tensor",
     .traits = OP_POINTWISE | OP_COMPOSITE,
     .decompose_fn = decompose_mvlgamma},
    {.schema = "log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)",
     .shape = shape_two_alike,
     .prepare = prepare_log_sigmoid,
     .reference = tile_reference,
     .traits = OP_POINTWISE,
     .vjp = "self: log_sigmoid_backward(grad0, self, result1)",
     .samples = ". f32[2, 3]"},
    {.schema = "_prelu_kernel_backward(Tensor grad_output, Tensor self, Tensor weight) -> (Tensor, Tensor)",
     .shape = shape_two_alike,
     .prepare = prepare_prelu_backward,
     .reference = tile_reference,
     .traits = OP_POINTWISE,
     .vjp_fn = vjp_prelu_backward,
     .samples = "f32[2, 3], f32[2, 3], f32[1, 3]"},
    {.schema = "frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)",
     .shape = shape_frexp,
     .prepare = prepare_frexp,
     .reference = tile_reference,
     .traits = OP_POINTWISE,
     .vjp = "self: div.Tensor(grad0, pow.Scalar(2.0, result1))",
     .samples = "f32[2, 3]"},
};
const uint32_t ops_pointwise_count = COUNT_OF(ops_pointwise);
