/* SPDX-License-Identifier: MIT
 * autocast.c — the casts of an autocast region (aten/src/ATen/autocast_mode.cpp), driven by the operators' traits.
 *
 * Operands are cast from the last to the first: PyTorch evaluates its calls so. */
#include "functionalize/lower.h"

/* f64 and what is no float is left alone. */
static bool is_eligible(const type *t) {
    return t->kind == TYPE_TENSOR && t->device == 0 && dtype_is_float(t->dtype) && t->dtype != COT_F64;
}

static bool is_parameter(const cot_graph *g, value v) {
    for (uint32_t i = 0; i < g->input_specs.count; i++)
        if (g->input_specs.data[i].node == v) return g->input_specs.data[i].kind == INPUT_PARAMETER;
    return false;
}

static value cast(lowering *l, value v, cot_dtype to) {
    const type *t = graph_type(l->b.graph, v);
    if (!is_eligible(t) || t->dtype == to) return v;
    bool keep = l->mode.autocast_cache && to == l->mode.autocast_dtype && t->dtype == COT_F32 &&
                graph_node(l->b.graph, v)->op->kind == OP_PLACEHOLDER && is_parameter(l->b.graph, v);
    uint32_t known = keep ? map_get_number(&l->casts, v) : MAP_NONE;
    if (known != MAP_NONE) return known;
    value r = emit(&l->b, "_to_copy", "v,dtype=t", v, (int)to);
    if (keep && !l->b.status) map_set_number(&l->casts, v, r);
    return r;
}

static void cast_arg(lowering *l, arg *a, cot_dtype to) {
    if (a->kind == ARG_VALUE) {
        *a = arg_value(cast(l, a->value, to));
    } else if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) {
        arg *items = arena_copy(l->scratch, a->list, a->count * sizeof(arg));
        for (uint32_t i = a->count; i-- > 0;) cast_arg(l, &items[i], to);
        a->list = items;
    }
}

static bool has_f32(const lowering *l, const arg *a) {
    if (a->kind == ARG_VALUE)
        return is_eligible(graph_type(l->b.graph, a->value)) && graph_type(l->b.graph, a->value)->dtype == COT_F32;
    bool found = false;
    for (uint32_t i = 0; (a->kind == ARG_LIST || a->kind == ARG_TUPLE) && i < a->count; i++)
        found |= has_f32(l, &a->list[i]);
    return found;
}

void autocast_operands(lowering *l, const op *o, arg *args) {
    if (!autocast_applies(l, o)) return;
    cot_dtype to = o->traits & OP_AUTOCAST_F32 ? COT_F32 : l->mode.autocast_dtype;
    for (uint32_t i = 0; (o->traits & OP_AUTOCAST_WIDEST) && i < o->num_params; i++)
        if (has_f32(l, &args[i])) to = COT_F32;
    for (uint32_t i = o->num_params; i-- > 0;) cast_arg(l, &args[i], to);
}

void autocast_call(lowering *l, const op *o, arg *args, uint32_t nargs) {
    if (!autocast_applies(l, o)) return;
    for (uint32_t i = nargs; i-- > 0;)
        if (args[i].kind == ARG_VALUE) args[i] = arg_value(cast(l, args[i].value, l->mode.autocast_dtype));
}
