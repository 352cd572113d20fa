/* SPDX-License-Identifier: MIT
 * out_dtype.c — an operator whose result has a dtype of the caller's, computed in what that dtype and the operands' own
 * promote to.
 *
 *     out_dtype(torch.ops.aten.mm.default, torch.int32, operands…) → result
 *
 * It is written out: casts, the operator, a cast. */
#include "ops/control/control.h"

#include "base/error.h"

#include <string.h>

enum { OPERATOR, DTYPE, FIRST };

static const char *const allowed[] = {
    "torch.ops.aten.linear.default",      "torch.ops.aten.mm.default", "torch.ops.aten.conv2d.default",
    "torch.ops.aten.convolution.default", "torch.ops.aten.mul.Tensor", "torch.ops.aten.mul.Scalar",
    "torch.ops.aten.div.Tensor",          "torch.ops.aten.div.Scalar",
};

static cot_status refuse_operator(const cot_graph *g, cot_error *error) {
    text list = {.arena = g->arena};
    for (size_t i = 0; i < COUNT_OF(allowed); i++) {
        const char *name = allowed[i] + strlen("torch.ops.");
        text_printf(&list, "%s<OpOverload(op='%.4s.%.*s', overload='%s')>", i ? ", " : "", name,
                    (int)(strrchr(name, '.') - name) - 5, name + 5, strrchr(name, '.') + 1);
    }
    return fail(error, COT_SCHEMA, "out_dtype only allows the following operators: [%s].", list.data);
}

static cot_status check(const cot_graph *g, const arg *args, uint32_t nargs, cot_error *error) {
    if (!nargs || args[OPERATOR].kind != ARG_OP || !args[OPERATOR].op->has_schema)
        return fail(error, COT_SCHEMA, "out_dtype's first argument must be an OpOverload");
    const op *o = args[OPERATOR].op;
    if (o->traits & OP_MUTATES)
        return fail(error, COT_SCHEMA, "out_dtype's first argument needs to be a functional operator");
    if (o->num_returns != 1 || o->returns[0].type != PARAM_TENSOR || o->returns[0].list)
        return fail(error, COT_SCHEMA, "out_dtype's can only apply to ops that return a single tensorInstead got %s",
                    o->name);
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(allowed); i++) known |= !strcmp(o->name, allowed[i]);
    if (!known) return refuse_operator(g, error);
    if (nargs <= DTYPE || args[DTYPE].kind != ARG_DTYPE)
        return fail(error, COT_SCHEMA, "out_dtype: the second argument must be a dtype");
    return COT_OK;
}

/* What is computed in: of tensors without dimensions only the kind of number counts, which promotion by the caller's
 * dtype covers. */
static cot_dtype compute_dtype(const cot_graph *g, const arg *args, uint32_t nargs) {
    cot_dtype dtype = (cot_dtype)args[DTYPE].i;
    for (uint32_t i = FIRST; i < nargs; i++) {
        const type *t = graph_type(g, arg_as_value(&args[i]));
        if (t->kind == TYPE_TENSOR && t->ndim) dtype = dtype_promote(dtype, (cot_dtype)t->dtype);
        if (args[i].kind == ARG_FLOAT && dtype_is_integral(dtype)) dtype = COT_F32;
    }
    return dtype;
}

/* The arguments of the operator bound to its schema. */
static cot_status bind(const cot_graph *g, const arg *args, uint32_t nargs, arg **bound, cot_error *error) {
    const op *o = args[OPERATOR].op;
    uint32_t kwmask;
    char why[256];
    *bound = ARENA_ARRAY(g->arena, arg, o->num_params);
    if (!bind_args(g, o, args + FIRST, nargs - FIRST, NULL, NULL, 0, *bound, &kwmask, why, sizeof why)) return COT_OK;
    return fail(error, COT_SCHEMA, "out_dtype: %s: %s", o->name, why);
}

/* As if every tensor were cast already. */
static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    TRY(check(g, args, nargs, error));
    const cot_dtype dtype = compute_dtype(g, args, nargs);
    cot_graph *scratch = graph_create(g->ctx, "out_dtype");
    builder b;
    builder_init(&b, scratch, error);
    arg *given = arena_copy(scratch->arena, args, nargs * sizeof(arg)), *bound;
    for (uint32_t i = FIRST; i < nargs; i++) {
        if (args[i].kind != ARG_VALUE) continue;
        type t = *graph_type(g, args[i].value);
        if (t.kind == TYPE_TENSOR) t.dtype = dtype;
        given[i] = arg_value(emit_placeholder(&b, "x", &t));
    }
    type found = {0};
    cot_status status = bind(scratch, given, nargs, &bound, error);
    if (!status) status = infer_type(scratch, args[OPERATOR].op, bound, &found, error);
    if (!status && found.kind != TYPE_TENSOR) status = fail(error, COT_SHAPE, "out_dtype: the result is no tensor");
    if (!status) {
        *result = type_copy(g->arena, &found);
        result->dtype = (uint8_t)args[DTYPE].i;
    }
    graph_destroy(scratch);
    return status;
}

static value cast(builder *b, value v, cot_dtype dtype) {
    return TYPE_OF(b, v)->dtype == dtype ? v : emit(b, "_to_copy.default", "v,dtype=t", v, (int)dtype);
}

static cot_status lower(lower_stage *s, arg_list *parts) {
    builder *b = s->b;
    const node *n = s->call;
    arg *args = ARENA_ARRAY(b->graph->arena, arg, n->nargs), *bound;
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = s->argument(s, &n->args[i]);
    if (b->status) return b->status;
    TRY(check(b->graph, args, n->nargs, b->error));
    const cot_dtype dtype = compute_dtype(b->graph, args, n->nargs);
    for (uint32_t i = FIRST; i < n->nargs; i++)
        if (graph_type(b->graph, arg_as_value(&args[i]))->kind == TYPE_TENSOR)
            args[i] = arg_value(cast(b, args[i].value, dtype));
    TRY(bind(b->graph, args, n->nargs, &bound, b->error));
    const value made = emit_bound(b, args[OPERATOR].op, bound, NULL);
    if (b->status) return b->status;
    *VEC_PUSH(b->graph->arena, parts) = arg_value(cast(b, made, (cot_dtype)args[DTYPE].i));
    return b->status;
}

/* Written with the operator's name. */
static cot_status capture(capture_stage *s) {
    if (s->npos > OPERATOR && s->args[OPERATOR].kind == ARG_STRING) {
        const op *o = op_find(s->b->graph->ctx, s->args[OPERATOR].s);
        if (!o) return builder_fail(s->b, COT_UNKNOWN_OPERATOR, "the operator %s is not known", s->args[OPERATOR].s);
        s->args[OPERATOR] = (arg){.kind = ARG_OP, .op = o};
    }
    return control_capture_plain(s);
}

static const control_hooks hooks = {.capture = capture, .shape = shape, .lower = lower};

const op_record ops_out_dtype[] = {
    {.schema = "higher_order::out_dtype", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_out_dtype_count = COUNT_OF(ops_out_dtype);
