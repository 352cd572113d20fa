/* SPDX-License-Identifier: MIT
 * inner.c — calls inside calls: reading them, their types, and running one kernel inside of another. */
#include "ops/control/inner.h"

#include "base/error.h"
#include "ops/emit.h"

#include <string.h>

/* ---- reading ---------------------------------------------------------------------------------------------------- */

cot_status inner_read(const cot_graph *g, const node *call, uint32_t op_at, inner_call *out, arena *a,
                      cot_error *error) {
    const char *who = call->op->packet;
    const arg *args = call->args;
    if (call->npos <= op_at || args[op_at].kind != ARG_OP)
        return fail(error, COT_SCHEMA, "%s: argument %u must be an operator", who, op_at);
    const op *o = args[op_at].op;
    const uint32_t from = op_at + 1, npos = call->npos - from;
    *out = (inner_call){.op = o,
                        .args = args + from,
                        .nargs = (uint16_t)(call->nargs - from),
                        .npos = (uint16_t)npos,
                        .kwnames = call->kwnames};
    if (!o->has_schema) return COT_OK;
    arg *bound = ARENA_ARRAY(a, arg, o->num_params);
    uint32_t kwmask;
    char why[256];
    if (bind_args(g, o, args + from, npos, args + call->npos, call->kwnames, call->nargs - call->npos, bound, &kwmask,
                  why, sizeof why))
        return fail(error, COT_SCHEMA, "%s: %s: %s", who, o->name, why);
    out->args = bound;
    out->nargs = o->num_params;
    return COT_OK;
}

cot_status inner_read_planned(prepare_call *c, uint32_t op_at, inner_call *out) {
    const node call = {
        .op = c->op, .args = c->args, .nargs = (uint16_t)c->nargs, .npos = (uint16_t)c->npos, .kwnames = c->kwnames};
    return inner_read(c->graph, &call, op_at, out, c->arena, c->error);
}

cot_status inner_type(cot_graph *g, const inner_call *c, type *result, cot_error *error) {
    if (c->op->has_schema) return infer_type(g, c->op, c->args, result, error);
    *result = (type){0};
    const node call = {.op = c->op, .args = c->args, .nargs = c->nargs, .npos = c->npos, .kwnames = c->kwnames};
    return control_shape(g, &call, result, error);
}

value inner_emit(builder *b, const inner_call *c) {
    if (c->op->has_schema) return emit_bound(b, c->op, c->args, NULL);
    type t;
    if (!b->status) b->status = inner_type(b->graph, c, &t, b->error);
    const value v = emit_raw(b, c->op, c->args, c->nargs, &t, NULL);
    if (b->status) return NO_VALUE;
    node *made = &b->graph->nodes.data[v];
    const char **names = c->kwnames ? ARENA_ARRAY(b->graph->arena, const char *, c->nargs - c->npos) : NULL;
    for (uint32_t i = 0; names && i < (uint32_t)(c->nargs - c->npos); i++)
        names[i] = arena_string(b->graph->arena, c->kwnames[i], strlen(c->kwnames[i]));
    made->npos = c->npos;
    made->kwnames = names;
    return v;
}

uint32_t inner_results(const type *t) { return t->kind == TYPE_TUPLE ? t->count : t->kind != TYPE_NONE; }

const arg *inner_keyword(const node *call, const char *name) {
    for (uint32_t i = call->npos; call->kwnames && i < call->nargs; i++)
        if (!strcmp(call->kwnames[i - call->npos], name)) return &call->args[i];
    return NULL;
}

/* ---- planning --------------------------------------------------------------------------------------------------- */

inner_tensor inner_whole(const prepare_call *outer, uint32_t source) {
    return (inner_tensor){.source = source,
                          .desc = source < outer->num_results ? outer->results[source]
                                                              : outer->operands[source - outer->num_results]};
}

/* Counts leaves as the plan does: all but those of dicts. */
static uint32_t find_leaf(const arg *a, value v, uint32_t *next) {
    if (a->kind == ARG_DICT) return INNER_ABSENT;
    if (a->kind != ARG_LIST && a->kind != ARG_TUPLE) {
        const uint32_t at = (*next)++;
        return a->kind == ARG_VALUE && a->value == v ? at : INNER_ABSENT;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        const uint32_t at = find_leaf(&a->list[i], v, next);
        if (at != INNER_ABSENT) return at;
    }
    return INNER_ABSENT;
}

uint32_t inner_operand(const prepare_call *outer, value v) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < outer->nargs && v != NO_VALUE; i++) {
        const uint32_t at = find_leaf(&outer->args[i], v, &next);
        if (at != INNER_ABSENT) return at;
    }
    return INNER_ABSENT;
}

static inner_tensor tensor_of(const prepare_call *outer, const arg *a) {
    const uint32_t at = inner_operand(outer, arg_as_value(a));
    if (at == INNER_ABSENT || outer->operands[at].numel < 0)
        return (inner_tensor){.source = INNER_ABSENT, .desc = {.numel = -1}};
    return inner_whole(outer, outer->num_results + at);
}

typedef VEC(inner_tensor) inner_tensors;

static void add_leaves(const prepare_call *outer, const arg *a, inner_tensors *out) {
    if (a->kind == ARG_DICT) return;
    if (a->kind != ARG_LIST && a->kind != ARG_TUPLE) *VEC_PUSH(outer->scratch, out) = tensor_of(outer, a);
    else
        for (uint32_t i = 0; i < a->count; i++) add_leaves(outer, &a->list[i], out);
}

static void add_operands(const prepare_call *outer, const inner_call *call, uint32_t i, const inner_tensor *given,
                         inner_tensors *out) {
    const arg *a = &call->args[i];
    if (!call->op->has_schema) {
        add_leaves(outer, a, out);
        return;
    }
    if (call->op->params[i].type != PARAM_TENSOR) return;
    const bool list = a->kind == ARG_LIST || a->kind == ARG_TUPLE;
    for (uint32_t k = 0; k < (list ? a->count : 1); k++)
        *VEC_PUSH(outer->scratch, out) = given ? given[k] : tensor_of(outer, list ? &a->list[k] : a);
}

/* What the inner kernel wants row-major, the outer one wants so. */
static cot_status pass_on(prepare_call *outer, const prepare_call *inner, inner_tensor *from) {
    if (inner->form && inner->form_strided) return COT_OK;
    for (uint32_t i = 0; i < inner->num_operands && i < 64; i++) {
        tensor_desc *d = &inner->operands[i];
        if (!(inner->contiguous >> i & 1) || d->numel < 0 || d->contiguous) continue;
        const uint32_t at = from[inner->num_results + i].source - outer->num_results;
        if (from[inner->num_results + i].source < outer->num_results || at >= 64) return prepare_no_kernel(outer);
        outer->contiguous |= (uint64_t)1 << at;
        int64_t stride = 1;
        for (uint32_t k = d->ndim; k-- > 0; stride *= MAX(d->sizes[k], 1)) d->strides[k] = stride;
        d->contiguous = 1;
    }
    return COT_OK;
}

cot_status inner_prepare(prepare_call *outer, const inner_call *call, const inner_tensor *results, uint32_t num_results,
                         const inner_tensor *const *given, inner_plan *out) {
    if (!call->op->record->prepare)
        return graph_fail(outer->graph, outer->node, outer->error, COT_NO_KERNEL, "%s has no kernel", call->op->name);
    inner_tensors all = {0};
    uint32_t *first = ARENA_ARRAY(outer->scratch, uint32_t, call->nargs + 1u);
    for (uint32_t i = 0; i < num_results; i++) *VEC_PUSH(outer->scratch, &all) = results[i];
    for (uint32_t i = 0; i < call->nargs; i++) {
        first[i] = all.count - num_results;
        add_operands(outer, call, i, given ? given[i] : NULL, &all);
    }
    first[call->nargs] = all.count - num_results;
    tensor_desc *tensors = ARENA_ARRAY(outer->arena, tensor_desc, all.count);
    for (uint32_t i = 0; i < all.count; i++) tensors[i] = all.data[i].desc;
    prepare_call c = *outer;
    c.op = call->op;
    c.args = call->args;
    c.nargs = call->nargs;
    c.npos = call->npos;
    c.kwnames = call->kwnames;
    c.results = tensors;
    c.operands = tensors + num_results;
    c.num_results = num_results;
    c.num_operands = all.count - num_results;
    c.first = first;
    c.kernel = NULL;
    c.attributes = NULL;
    c.scratch_bytes = 0;
    c.contiguous = 0;
    c.form = NULL;
    TRY(call->op->record->prepare(&c));
    TRY(pass_on(outer, &c, all.data));
    *out = (inner_plan){.kernel = c.kernel,
                        .attributes = c.attributes,
                        .from = arena_copy(outer->arena, all.data, all.count * sizeof *all.data),
                        .tensors = tensors,
                        .num_results = num_results,
                        .num_operands = c.num_operands};
    outer->scratch_bytes = (all.count * sizeof(void *) + 63) / 64 * 64 + c.scratch_bytes;
    return COT_OK;
}

void inner_run(const kernel_call *outer, const inner_plan *p, uint64_t seed, uint64_t step) {
    void **data = outer->scratch;
    const uint32_t count = p->num_results + p->num_operands;
    for (uint32_t i = 0; i < count; i++) {
        const inner_tensor *from = &p->from[i];
        data[i] = from->source == INNER_ABSENT ? NULL : (char *)outer->data[from->source] + from->offset;
    }
    kernel_call call = *outer;
    call.tensors = p->tensors;
    call.data = data;
    call.num_results = p->num_results;
    call.num_operands = p->num_operands;
    call.attributes = p->attributes;
    call.scratch = (char *)outer->scratch + (count * sizeof(void *) + 63) / 64 * 64;
    call.seed = seed;
    call.step = step;
    p->kernel(&call);
}
