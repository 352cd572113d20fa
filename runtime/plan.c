/* SPDX-License-Identifier: MIT
 * plan.c — from the nodes of a graph to drafts of steps.
 *
 * A node with a kernel becomes a step; views, tuple parts and sizes become locations and numbers and cost nothing when
 * the plan runs. Where a kernel asks for row-major operands and has none, a copy is put before it, one for a value. */
#include "runtime/plan.h"
#include "ops/control.h"
#include "ops/emit.h"
#include "ops/flops.h"
#include "runtime/segments.h"
#include <inttypes.h>
#include <string.h>

planner *planner_create(cot_context *ctx, arena *result, const binding *b, uint32_t threads, uint64_t *visits,
                        cot_error *error) {
    arena *scratch = arena_create(ctx);
    planner *p = ARENA_NEW(scratch, planner);
    *p = (planner){.ctx = ctx,
                   .arena = result,
                   .scratch = scratch,
                   .binding = b,
                   .threads = threads,
                   .visits = visits,
                   .error = error,
                   .num_slots = SLOT_FIRST};
    return p;
}

uint32_t planner_add_storage(planner *p, const char *name, uint64_t bytes) {
    uint32_t index = p->storages.count;
    *VEC_PUSH(p->scratch, &p->storages) =
        (storage){.name = name, .bytes = bytes, .slot = SLOT_NONE, .first = UINT32_MAX, .root = index};
    return index;
}

uint32_t planner_add_outside(planner *p, const char *name, uint64_t bytes) {
    uint32_t index = planner_add_storage(p, name, bytes);
    p->storages.data[index].slot = p->num_slots++;
    p->storages.data[index].outside = true;
    return index;
}

/* ---- numbers for symbols ------------------------------------------------------------------------------------- */

static cot_status planner_dim(planner *p, const cot_graph *g, value v, dim d, int64_t *out) {
    if (dim_is_static(d)) {
        *out = d;
        return COT_OK;
    }
    *out = dim_value(p->ctx->syms, d, p->binding);
    if (*out != DIM_ERROR) return COT_OK;
    text t = {.arena = p->scratch};
    dim_print(p->ctx->syms, d, &t);
    if (p->is_body)
        return graph_fail(g, v, p->error, COT_UNSUPPORTED,
                          "a size that only data tell, %s, is defined inside a body, which cannot run yet (hook 'run')",
                          t.data);
    return graph_fail(g, v, p->error, COT_INVALID, "the size %s has no value: give its symbols when compiling", t.data);
}

static cot_status planner_dims(planner *p, const cot_graph *g, value v, const dim *in, uint32_t n, const dim **out) {
    dim *copy = ARENA_ARRAY(p->arena, dim, n);
    for (uint32_t i = 0; i < n; i++) {
        TRY(planner_dim(p, g, v, in[i], &copy[i]));
        if (copy[i] < 0)
            return graph_fail(g, v, p->error, COT_SHAPE, "a size is %" PRId64 ", expected at least 0", copy[i]);
    }
    *out = copy;
    return COT_OK;
}

tensor_desc type_describe(const type *t) {
    if (t->kind != TYPE_TENSOR) return (tensor_desc){.numel = -1};
    return tensor_describe((cot_dtype)t->dtype, t->ndim, t->sizes, t->strides);
}

cot_status planner_type(planner *p, const cot_graph *g, value v, const type *t, type *out) {
    *out = *t;
    if (t->kind == TYPE_TUPLE) {
        type *parts = ARENA_ARRAY(p->arena, type, t->count);
        for (uint32_t i = 0; i < t->count; i++) TRY(planner_type(p, g, v, &t->parts[i], &parts[i]));
        out->parts = parts;
    }
    if (t->kind != TYPE_TENSOR) return COT_OK;
    if (t->ndim > COT_MAX_DIMS)
        return graph_fail(g, v, p->error, COT_SHAPE, "a tensor of %u dimensions, expected at most %d", t->ndim,
                          COT_MAX_DIMS);
    if (!type_is_static(t)) {
        TRY(planner_dims(p, g, v, t->sizes, t->ndim, &out->sizes));
        TRY(planner_dims(p, g, v, t->strides, t->ndim, &out->strides));
        TRY(planner_dim(p, g, v, t->offset, &out->offset));
    }
    tensor_desc d = type_describe(out);
    uint64_t extent;
    if (out->offset < 0 || d.numel > INT64_MAX / 32 || !tensor_extent(&d, &extent))
        return graph_fail(g, v, p->error, COT_SHAPE, "a tensor is too large to be addressed");
    return COT_OK;
}

bool planner_is_stack(const planner *p, const type *t) {
    return t->kind == TYPE_TENSOR && t->ndim && !dim_is_static(t->sizes[0]) &&
           dim_value(p->ctx->syms, t->sizes[0], p->binding) == DIM_ERROR;
}

cot_status planner_stack_type(planner *p, const cot_graph *g, value v, const type *t, type *out) {
    type row = *t;
    if (t->kind != TYPE_TUPLE && !planner_is_stack(p, t)) return planner_type(p, g, v, t, out);
    if (t->kind == TYPE_TUPLE) {
        type *parts = ARENA_ARRAY(p->arena, type, t->count);
        for (uint32_t i = 0; i < t->count; i++) TRY(planner_stack_type(p, g, v, &t->parts[i], &parts[i]));
        *out = row;
        out->parts = parts;
        return COT_OK;
    }
    dim *sizes = arena_copy(p->arena, t->sizes, t->ndim * sizeof *sizes);
    sizes[0] = 1;
    row = type_tensor(p->arena, p->ctx->syms, t->dtype, sizes, t->ndim);
    return planner_type(p, g, v, &row, out);
}

static bool is_number(const type *t) { return t->kind == TYPE_INT || t->kind == TYPE_BOOL || t->kind == TYPE_FLOAT; }

void planner_number(planner *p, const type *t, plan_value *out) {
    const syms *s = p->ctx->syms;
    if (t->kind == TYPE_FLOAT) {
        out->number = dim_real(s, t->expr, p->binding);
        out->known = out->number == out->number;
        return;
    }
    out->integer = dim_value(s, t->expr, p->binding);
    out->known = out->integer != DIM_ERROR;
    out->number = (double)out->integer;
}

/* ---- arguments ----------------------------------------------------------------------------------------------- */

static arg number_arg(const plan_value *v) {
    if (v->type.kind == TYPE_FLOAT) return arg_float(v->number);
    return v->type.kind == TYPE_BOOL ? arg_bool(v->integer != 0) : arg_int(v->integer);
}

/* A copy of an argument with numbers in place of Sym values; the argument itself when it has none. */
static cot_status planner_arg(planner *p, const cot_graph *g, value node, const plan_value *values, const arg *in,
                              arg *out) {
    *out = *in;
    if (in->kind == ARG_VALUE) {
        const plan_value *v = &values[in->value];
        if (!is_number(&v->type)) return COT_OK;
        if (!v->known)
            return graph_fail(g, node, p->error, COT_UNSUPPORTED, "the number %s is known only when the program runs",
                              graph_node(g, in->value)->name);
        *out = number_arg(v);
    } else if (in->kind == ARG_LIST || in->kind == ARG_TUPLE) {
        arg *items = ARENA_ARRAY(p->arena, arg, in->count);
        for (uint32_t i = 0; i < in->count; i++) TRY(planner_arg(p, g, node, values, &in->list[i], &items[i]));
        out->list = items;
    }
    return COT_OK;
}

/* ---- steps --------------------------------------------------------------------------------------------------- */

static draft *planner_add_draft(planner *p, const char *name, const char *what, uint32_t num_results,
                                uint32_t num_operands) {
    draft *d = VEC_PUSH(p->scratch, &p->drafts);
    uint32_t n = num_results + num_operands;
    *d = (draft){.step = {.name = name,
                          .what = what,
                          .num_results = num_results,
                          .num_operands = num_operands,
                          .backward = p->backward},
                 .scratch = NO_STORAGE};
    d->tensors = ARENA_ARRAY(p->arena, tensor_desc, n);
    d->at = ARENA_ARRAY(p->scratch, location, n);
    for (uint32_t i = 0; i < n; i++) d->at[i] = (location){NO_STORAGE, 0}, d->tensors[i].numel = -1;
    return d;
}

draft *planner_add_copy(planner *p, const char *name, const tensor_desc *to, location to_at, const tensor_desc *from,
                        location from_at) {
    draft *d = planner_add_draft(p, name, "copy", 1, 1);
    d->step.kernel = move_copy;
    d->tensors[0] = *to, d->at[0] = to_at;
    d->tensors[1] = *from, d->at[1] = from_at;
    const tile_class class = tile_class_of((cot_dtype)to->dtype);
    if (to->dtype != from->dtype || to->numel <= 0 || dtype_is_complex((cot_dtype)to->dtype)) return d;
    tile_builder b = {.arena = p->scratch};
    tile_store(&b, tile_load(&b, 1, (cot_dtype)from->dtype, class), 0, (cot_dtype)to->dtype);
    tile_lay_out(&b, to, d->tensors, 0);
    d->form = arena_copy(p->scratch, &b, sizeof b);
    return d;
}

location planner_copy_of(planner *p, const char *name, const type *t, location at) {
    tensor_desc from = type_describe(t), to = tensor_describe((cot_dtype)t->dtype, t->ndim, t->sizes, NULL);
    location copy = {planner_add_storage(p, name, (uint64_t)to.numel * to.item_bytes), 0};
    planner_add_copy(p, name, &to, copy, &from, at);
    return copy;
}

/* A result of a step: a storage of its own. */
static location planner_new_result(planner *p, const char *name, const tensor_desc *d) {
    uint64_t extent = 0;
    tensor_extent(d, &extent);
    return (location){planner_add_storage(p, name, extent), 0};
}

/* The flat tensor operands of a call, in schema order; a None counts. */
typedef struct operand {
    const plan_value *value;
    const type *type; /* NULL: absent */
    location at;
    value of; /* the value it is, NO_VALUE for a part of a tuple */
} operand;
typedef VEC(operand) operand_list;

static void add_operand(planner *p, const plan_value *values, const arg *a, operand_list *out) {
    operand *o = VEC_PUSH(p->scratch, out);
    *o = (operand){.at = {NO_STORAGE, 0}, .of = NO_VALUE};
    if (a->kind != ARG_VALUE || values[a->value].type.kind != TYPE_TENSOR) return;
    const plan_value *v = &values[a->value];
    *o = (operand){.value = v, .type = &v->type, .at = v->at, .of = a->value};
}

/* Those of an operator without schema: each leaf of its lists. */
static void add_leaves(planner *p, const plan_value *values, const arg *a, operand_list *out) {
    if (a->kind == ARG_DICT) return;
    if (a->kind != ARG_LIST && a->kind != ARG_TUPLE) add_operand(p, values, a, out);
    else
        for (uint32_t i = 0; i < a->count; i++) add_leaves(p, values, &a->list[i], out);
}

static void add_operands(planner *p, const plan_value *values, const param *param, const arg *a, operand_list *out) {
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) {
        for (uint32_t i = 0; i < a->count; i++) add_operand(p, values, &a->list[i], out);
    } else if (param->list && a->kind == ARG_VALUE && values[a->value].type.kind == TYPE_TUPLE) {
        const plan_value *v = &values[a->value];
        for (uint32_t i = 0; i < v->type.count; i++)
            *VEC_PUSH(p->scratch, out) = (operand){.type = &v->type.parts[i], .at = v->parts[i], .of = NO_VALUE};
    } else {
        add_operand(p, values, a, out);
    }
}

/* Replaces operand i by a row-major copy, made once for each value. */
static location planner_contiguous(planner *p, const cot_graph *g, plan_value *values, const operand *o) {
    const char *name = o->of == NO_VALUE ? "part" : graph_node(g, o->of)->name;
    if (o->of == NO_VALUE) return planner_copy_of(p, name, o->type, o->at);
    plan_value *v = &values[o->of];
    if (v->contiguous.storage == NO_STORAGE) v->contiguous = planner_copy_of(p, name, o->type, o->at);
    return v->contiguous;
}

/* Storages for the results of a node, and their descriptors. A tuple in a tuple counts with its own parts, which lie
 * behind those of the outer one in plan_value.parts (nested_parts). */
static uint32_t count_results(const type *t) {
    uint32_t count = t->kind == TYPE_TENSOR ? 1 : t->kind == TYPE_TUPLE ? t->count : 0;
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++)
        if (t->parts[i].kind == TYPE_TUPLE) count += count_results(&t->parts[i]);
    return count;
}

/* Where the parts of part `index` begin. */
static uint32_t nested_parts(const type *t, uint32_t index) {
    uint32_t at = t->count;
    for (uint32_t i = 0; i < index; i++)
        if (t->parts[i].kind == TYPE_TUPLE) at += count_results(&t->parts[i]);
    return at;
}

static void planner_tuple(planner *p, const char *name, const type *t, tensor_desc *tensors, location *at) {
    for (uint32_t i = 0; i < t->count; i++) {
        tensors[i] = type_describe(&t->parts[i]);
        at[i] = (location){NO_STORAGE, 0};
        if (tensors[i].numel >= 0) at[i] = planner_new_result(p, name, &tensors[i]);
        const uint32_t nested = nested_parts(t, i);
        if (t->parts[i].kind == TYPE_TUPLE) planner_tuple(p, name, &t->parts[i], tensors + nested, at + nested);
    }
}

static void planner_results(planner *p, const char *name, plan_value *v, tensor_desc *tensors, location *at) {
    if (v->type.kind == TYPE_TENSOR) {
        tensors[0] = type_describe(&v->type);
        at[0] = v->at = planner_new_result(p, name, &tensors[0]);
    } else if (v->type.kind == TYPE_TUPLE) {
        planner_tuple(p, name, &v->type, tensors, at);
        v->parts = arena_copy(p->scratch, at, count_results(&v->type) * sizeof *at);
    }
}

static double step_flops(const prepare_call *c) {
    const flops_call call = {c->args, c->results, c->operands, c->num_results, c->num_operands};
    return op_flops(c->op, &call);
}

static cot_status refuse_stack(planner *p, const cot_graph *g, value v) {
    return graph_fail(
        g, v, p->error, COT_UNSUPPORTED,
        "%s of a stack whose length is known only when the program runs: only its last row, loops over it, "
        "and flip before those can run",
        graph_node(g, v)->op->name);
}

/* The call with numbers for sizes, and its operands, where the kernel will find them. */
static cot_status describe_call(planner *p, const cot_graph *g, value v, const plan_value *values, prepare_call *c,
                                operand_list *operands) {
    const node *n = graph_node(g, v);
    const op *o = n->op;
    uint32_t *first = ARENA_ARRAY(p->scratch, uint32_t, n->nargs + 1u);
    arg *args = ARENA_ARRAY(p->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) {
        first[i] = operands->count;
        TRY(planner_arg(p, g, v, values, &n->args[i], &args[i]));
        if (!o->has_schema) add_leaves(p, values, &args[i], operands);
        if (!o->has_schema || o->params[i].type != PARAM_TENSOR) continue;
        add_operands(p, values, &o->params[i], &args[i], operands);
        /* Pointwise kernels take numbers as immediates; all others need memory. */
        bool is_number = args[i].kind == ARG_INT || args[i].kind == ARG_FLOAT || args[i].kind == ARG_BOOL;
        if (is_number && i == 0 && !(o->traits & OP_POINTWISE))
            return graph_fail(g, v, p->error, COT_SCHEMA, "%s: %s is a number, expected a tensor", o->name,
                              o->params[i].name);
    }
    first[n->nargs] = operands->count;
    *c = (prepare_call){.graph = g,
                        .node = v,
                        .op = o,
                        .args = args,
                        .nargs = n->nargs,
                        .npos = n->npos,
                        .kwnames = n->kwnames,
                        .arena = p->arena,
                        .scratch = p->scratch,
                        .num_results = c->num_results,
                        .num_operands = operands->count,
                        .first = first,
                        .threads = p->threads,
                        .rehearsal = p->rehearsal,
                        .binding = p->binding,
                        .error = p->error};
    c->results = ARENA_ARRAY(p->scratch, tensor_desc, c->num_results + c->num_operands);
    c->operands = c->results + c->num_results;
    for (uint32_t i = 0; i < c->num_operands; i++) {
        const operand *x = &operands->data[i];
        if (x->value && x->value->is_stack) return refuse_stack(p, g, v);
        c->operands[i] = x->type ? type_describe(x->type) : (tensor_desc){.numel = -1};
    }
    return COT_OK;
}

/* A call that is prepared, as a step; `at`: of its results. */
static void add_prepared(planner *p, const cot_graph *g, value v, plan_value *values, prepare_call *c,
                         operand_list *list, const location *at) {
    const uint32_t num_results = c->num_results, num_operands = c->num_operands;
    const op *o = c->op;
    const char *name = graph_node(g, v)->name;
    if (c->form && c->form_strided) c->contiguous = 0;
    for (uint32_t i = 0; i < num_operands && i < 64; i++) {
        if (!(c->contiguous >> i & 1) || c->operands[i].numel < 0 || c->operands[i].contiguous) continue;
        c->form = NULL; /* it walks through the operand as it was */
        list->data[i].at = planner_contiguous(p, g, values, &list->data[i]);
        const type *t = list->data[i].type;
        c->operands[i] = tensor_describe((cot_dtype)t->dtype, t->ndim, t->sizes, NULL);
    }
    draft *d = planner_add_draft(p, name, o->name, num_results, num_operands);
    d->step.kernel = c->kernel, d->step.attributes = c->attributes;
    d->step.flops = c->flops != 0 ? c->flops : step_flops(c);
    d->step.sparse = c->sparse;
    d->form = c->form, d->form_alone = c->form_alone;
    d->in_place = c->in_place, d->in_place_same = c->in_place_same, d->scratch_bytes = c->scratch_bytes;
    d->over = c->over;
    memcpy(d->tensors, c->results, (num_results + num_operands) * sizeof *d->tensors);
    memcpy(d->at, at, num_results * sizeof *at);
    for (uint32_t i = 0; i < num_operands; i++) d->at[num_results + i] = list->data[i].at;
    if (d->scratch_bytes) d->scratch = planner_add_storage(p, name, d->scratch_bytes);
}

static cot_status planner_add_kernel(planner *p, const cot_graph *g, value v, plan_value *values) {
    operand_list operands = {0};
    prepare_call c = {.num_results = count_results(&values[v].type)};
    location *at = ARENA_ARRAY(p->scratch, location, c.num_results);
    TRY(describe_call(p, g, v, values, &c, &operands));
    for (uint32_t i = 0; i < c.num_results; i++) at[i] = (location){NO_STORAGE, 0};
    planner_results(p, graph_node(g, v)->name, &values[v], c.results, at);
    TRY(c.op->record->prepare(&c));
    if (!c.kernel && !c.num_results && !c.num_operands) return COT_OK; /* a check, passed */
    if (!c.kernel) return graph_fail(g, v, p->error, COT_INTERNAL, "%s was prepared without a kernel", c.op->name);
    add_prepared(p, g, v, values, &c, &operands, at);
    return COT_OK;
}

static dim first_size(const type *t) {
    if (t->kind == TYPE_TUPLE) return t->count ? first_size(&t->parts[0]) : 1;
    return t->kind == TYPE_TENSOR ? (t->ndim ? t->sizes[0] : 1) : t->expr;
}

cot_status planner_add_measurement(planner *p, const cot_graph *g, value v, plan_value *values, location at,
                                   dim *measured, bool *is_float) {
    const node *n = graph_node(g, v);
    operand_list operands = {0};
    prepare_call c = {.num_results = 1};
    if (!n->op->record->measure)
        return graph_fail(g, v, p->error, COT_UNSUPPORTED,
                          "%s: a size of its result is known only when the program runs", n->op->name);
    TRY(describe_call(p, g, v, values, &c, &operands));
    *is_float = n->type.kind == TYPE_FLOAT;
    c.results[0] = tensor_describe(*is_float ? COT_F64 : COT_I64, 0, NULL, NULL);
    c.measured = first_size(&n->type);
    TRY(n->op->record->measure(&c));
    *measured = c.measured;
    add_prepared(p, g, v, values, &c, &operands, &at);
    return COT_OK;
}

/* ---- values without steps ------------------------------------------------------------------------------------ */

/* Offsets in types count from the start of a storage; where that is does not matter, their difference does. */
static location view_location(const type *base, location at, const type *view) {
    int64_t from = base->offset * (int64_t)dtype_bytes((cot_dtype)base->dtype);
    int64_t to = view->offset * (int64_t)dtype_bytes((cot_dtype)view->dtype);
    return (location){at.storage, at.offset + to - from};
}

/* Whether a view reaches beyond what it is a view of, as one by a number read from data may. */
static bool lies_outside(const type *base, const type *view) {
    const tensor_desc b = type_describe(base), v = type_describe(view);
    uint64_t whole = 0, part = 0;
    tensor_extent(&b, &whole);
    tensor_extent(&v, &part);
    const int64_t from = (view->offset - base->offset) * (int64_t)v.item_bytes;
    return v.numel > 0 && (from < 0 || (uint64_t)from + part > whole);
}

static cot_status planner_add_view(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    value base = n->nargs ? arg_as_value(&n->args[0]) : NO_VALUE;
    if (base == NO_VALUE || values[base].type.kind != TYPE_TENSOR)
        return graph_fail(g, v, p->error, COT_NO_KERNEL, "%s has no kernel", n->op->name);
    if (values[base].is_stack) return refuse_stack(p, g, v);
    plan_value *out = &values[v];
    if (out->type.kind == TYPE_TENSOR) {
        if (!dim_is_static(n->type.offset) && !p->rehearsal && lies_outside(&values[base].type, &out->type))
            return graph_fail(g, v, p->error, COT_SHAPE, "%s: the index is out of bounds", n->op->name);
        out->at = view_location(&values[base].type, values[base].at, &out->type);
    } else if (out->type.kind == TYPE_TUPLE) {
        location *parts = ARENA_ARRAY(p->scratch, location, out->type.count);
        for (uint32_t i = 0; i < out->type.count; i++)
            parts[i] = view_location(&values[base].type, values[base].at, &out->type.parts[i]);
        out->parts = parts;
    }
    return COT_OK;
}

/* The _copy form of a view: the view is looked up, then copied. */
static cot_status planner_add_view_copy(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    type view_type, concrete;
    cot_graph here = *g; /* with memory of the plan: this may be a run */
    here.arena = p->scratch;
    TRY(infer_type(&here, n->op->view, n->args, &view_type, p->error));
    TRY(planner_type(p, g, v, &view_type, &concrete));
    plan_value saved = values[v];
    values[v].type = concrete;
    TRY(planner_add_view(p, g, v, values));
    plan_value view = values[v];
    values[v] = saved;
    uint32_t count = count_results(&saved.type);
    tensor_desc *tensors = ARENA_ARRAY(p->scratch, tensor_desc, count);
    location *at = ARENA_ARRAY(p->scratch, location, count);
    planner_results(p, n->name, &values[v], tensors, at);
    for (uint32_t i = 0; i < count; i++) {
        bool tuple = concrete.kind == TYPE_TUPLE;
        tensor_desc from = type_describe(tuple ? &concrete.parts[i] : &concrete);
        planner_add_copy(p, n->name, &tensors[i], at[i], &from, tuple ? view.parts[i] : view.at);
    }
    return COT_OK;
}

static cot_status planner_add_getitem(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    const plan_value *tuple = &values[n->args[0].value];
    int64_t index = arg_as_int(&n->args[1], -1);
    if (tuple->type.kind != TYPE_TUPLE || index < 0 || index >= tuple->type.count)
        return graph_fail(g, v, p->error, COT_SHAPE, "part %" PRId64 " of a value that does not have it", index);
    values[v].type = tuple->type.parts[index];
    if (tuple->parts) values[v].at = tuple->parts[index];
    if (tuple->parts && values[v].type.kind == TYPE_TUPLE)
        values[v].parts = tuple->parts + nested_parts(&tuple->type, (uint32_t)index);
    values[v].is_stack = tuple->stacks && tuple->stacks[index];
    if (values[v].is_stack) values[v].last = tuple->lasts[index];
    if (is_number(&values[v].type)) planner_number(p, graph_type(g, v), &values[v]);
    return COT_OK;
}

/* ---- stacks of unknown length -------------------------------------------------------------------------------- */

static bool is_dim_0(const arg *a) {
    if (a->kind == ARG_LIST || a->kind == ARG_TUPLE) return a->count == 1 && arg_as_int(&a->list[0], -1) == 0;
    return arg_as_int(a, -1) == 0;
}

typedef struct reads {
    value of;
    uint32_t count;
} reads;

static void count_read(void *user, value v) { ((reads *)user)->count += v == ((reads *)user)->of; }

/* Whether v is read by loops alone, as what they go along: they can as well go along it backwards. */
static bool is_looped_over(const cot_graph *g, value v) {
    reads all = {.of = v}, along = {.of = v};
    arg_each(&g->output, count_read, &all);
    for (value u = v + 1; u < g->nodes.count; u++) {
        const node *n = graph_node(g, u);
        const uint32_t before = all.count;
        for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], count_read, &all);
        if (all.count == before) continue;
        const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
        if (!hooks || !hooks->run) return false;
        control_form form;
        hooks->run(n, &form);
        if (form.kind != CONTROL_LOOP) return false;
        arg_each(&form.xs, count_read, &along);
    }
    return all.count == along.count;
}

/* What an operator makes of one without a step; *done: it could. */
static void planner_add_rows(const cot_graph *g, value v, plan_value *values, bool *done) {
    const node *n = graph_node(g, v);
    const rows_rule rule = n->op->record->rows;
    const value base = rule == ROWS_UNKNOWN || n->nargs < 2 ? NO_VALUE : arg_as_value(&n->args[0]);
    *done = base != NO_VALUE && is_dim_0(&n->args[1]) &&
            (values[base].is_stack || (rule == ROWS_REVERSED && is_looped_over(g, v)));
    if (!*done) return;
    const plan_value *stack = &values[base];
    plan_value *out = &values[v];
    if (rule == ROWS_REVERSED) {
        *out = *stack;
        out->contiguous.storage = NO_STORAGE;
        out->reversed = !stack->reversed;
        return;
    }
    *done = n->nargs > 2 && arg_as_int(&n->args[2], 0) == -1 && !stack->reversed && stack->last.storage != NO_STORAGE;
    if (!*done) return;
    out->type = stack->type;
    out->type.ndim--;
    out->type.sizes++;
    out->type.strides++;
    out->at = stack->last;
}

/* ---- nodes --------------------------------------------------------------------------------------------------- */

bool planner_is_view(const op *o) {
    if (o->traits & OP_COMPOSITE) return false; /* may be a view or a copy: must have been decomposed */
    return (o->traits & (OP_VIEW | OP_RECOMPUTE_FREE)) || (o->has_schema && o->num_returns && o->returns[0].alias);
}

/* A call whose results are values that it is given. */
static cot_status planner_add_passed(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    const arg *list = &n->args[n->op->record->control->passed];
    location *parts = ARENA_ARRAY(p->scratch, location, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const value from = arg_as_value(&list->list[i]);
        parts[i] = from == NO_VALUE ? (location){NO_STORAGE, 0} : values[from].at;
    }
    values[v].parts = parts;
    return COT_OK;
}

static bool has_stacks(const planner *p, const type *t) {
    bool any = false;
    for (uint32_t i = 0; t->kind == TYPE_TUPLE && i < t->count; i++) any |= planner_is_stack(p, &t->parts[i]);
    return any;
}

/* ---- sizes that are known now ------------------------------------------------------------------------------------ */

typedef struct size_check {
    planner *p;
    const plan_value *values;
    bool symbolic, can;
} size_check;

/* An operand as it is now. */
static void enter_operand(void *user, value v) {
    size_check *c = user;
    const plan_value *x = &c->values[v];
    const type *t = &c->p->concrete[v].type;
    c->symbolic |= t->kind == TYPE_TENSOR && !type_is_static(graph_type(c->p->checked, v));
    c->can &= !x->is_stack && (x->type.kind == TYPE_TENSOR || is_number(&x->type) || x->type.kind == TYPE_TUPLE);
    if (x->type.kind == TYPE_TENSOR || x->type.kind == TYPE_TUPLE) c->p->concrete[v].type = x->type;
}

static bool has_sizes(const type *inferred, const type *planned) {
    if (inferred->kind == TYPE_TUPLE && planned->kind == TYPE_TUPLE) {
        bool same = inferred->count == planned->count;
        for (uint32_t i = 0; same && i < inferred->count; i++)
            same = has_sizes(&inferred->parts[i], &planned->parts[i]);
        return same;
    }
    if (inferred->kind != TYPE_TENSOR || planned->kind != TYPE_TENSOR) return true;
    return inferred->ndim == planned->ndim && !memcmp(inferred->sizes, planned->sizes, planned->ndim * sizeof(dim));
}

/* Shape rules cannot judge sizes that are symbols: they look at the numbers once more. */
static cot_status check_sizes(planner *p, const cot_graph *g, value v, const plan_value *values) {
    const node *n = graph_node(g, v);
    if (p->rehearsal || !n->op->has_schema || n->op->record->control || n->op->traits & OP_SYMBOLIC) return COT_OK;
    if (p->checked != g) {
        p->checked = g;
        p->concrete = arena_copy(p->scratch, g->nodes.data, g->nodes.count * sizeof *p->concrete);
    }
    size_check c = {p, values, false, true};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], enter_operand, &c);
    if (!c.symbolic || !c.can) return COT_OK;
    arg *args = ARENA_ARRAY(p->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) TRY(planner_arg(p, g, v, values, &n->args[i], &args[i]));
    cot_graph here = *g; /* with memory of the plan: this may be a run */
    cot_error error;
    type inferred;
    here.arena = p->scratch;
    here.nodes.data = p->concrete;
    here.expected = &values[v].type;
    if (infer_type(&here, n->op, args, &inferred, &error))
        return graph_fail(g, v, p->error, error.status, "%s", error.text);
    if (has_sizes(&inferred, &values[v].type)) return COT_OK;
    return graph_fail(g, v, p->error, COT_SHAPE, "%s: its result has other sizes than the program says", n->op->name);
}

static cot_status planner_add_node(planner *p, const cot_graph *g, value v, plan_value *values) {
    const node *n = graph_node(g, v);
    const op *o = n->op;
    plan_value *out = &values[v];
    out->at.storage = out->contiguous.storage = NO_STORAGE;
    if (o->kind == OP_GET_ATTR) {
        if (n->type.kind == TYPE_TENSOR)
            return graph_fail(g, v, p->error, COT_UNSUPPORTED,
                              "the constant self.%s has no data: a program that runs has its constants as inputs",
                              n->target ? n->target : n->name);
        out->type = n->type;
        out->child = graph_child(g, n->target ? n->target : n->name);
        return COT_OK;
    }
    if (o->kind == OP_GETITEM) return planner_add_getitem(p, g, v, values);
    bool done = false;
    planner_add_rows(g, v, values, &done);
    if (done) return COT_OK;
    const bool stacks = has_stacks(p, &n->type) && o->record->control && o->record->control->run;
    TRY((stacks ? planner_stack_type : planner_type)(p, g, v, &n->type, &out->type));
    if (is_number(&out->type)) { /* of a size, or read out of a tensor: then it is known only in a run */
        if ((o->traits & OP_SYMBOLIC) || !dim_is_static(n->type.expr)) planner_number(p, &n->type, out);
        return COT_OK;
    }
    if (o->traits & OP_TOKEN) return COT_OK;
    if (!stacks) TRY(check_sizes(p, g, v, values));
    if (o->record->control && o->record->control->passes) return planner_add_passed(p, g, v, values);
    if (o->record->control && (o->record->control->calls || o->record->control->call))
        return planner_add_call(p, g, v, values);
    if (o->record->control && o->record->control->run) return planner_add_control(p, g, v, values);
    if (o == op_find(p->ctx, "copy_")) { /* written at the end: planner_find_writes */
        plan_value self = values[n->args[0].value];
        *out = self;
        return COT_OK;
    }
    if (o->traits & OP_MUTATES)
        return graph_fail(g, v, p->error, COT_INTERNAL, "%s writes its operand in a functional graph", o->name);
    if (o->view) return planner_add_view_copy(p, g, v, values);
    if (o->record->prepare) return planner_add_kernel(p, g, v, values);
    if (out->type.kind == TYPE_NONE) return COT_OK; /* checks that were decided when the program was traced */
    if (planner_is_view(o)) return planner_add_view(p, g, v, values);
    return graph_fail(g, v, p->error, COT_NO_KERNEL, "%s has no kernel", o->name);
}

cot_status planner_add_graph(planner *p, const cot_graph *g, plan_value *values) {
    const op *placeholder = op_placeholder(p->ctx);
    for (value v = 0; v < g->nodes.count; v++) {
        ++*p->visits;
        const node *n = graph_node(g, v);
        p->backward |= n->op->kind == OP_CALL && (n->flags & NODE_BACKWARD) != 0;
        if (p->segments && p->segments->graph == g && p->segments->of[v] != p->segment) continue;
        if (n->op != placeholder) TRY(planner_add_node(p, g, v, values));
    }
    return COT_OK;
}

cot_status planner_find_writes(planner *p, const cot_graph *g, plan_value *values, plan_writes *out) {
    const op *copy = op_find(p->ctx, "copy_");
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op != copy) continue;
        const plan_value *to = &values[n->args[0].value], *from = &values[n->args[1].value];
        plan_write w = {.to = to->at,
                        .from = from->at,
                        .to_desc = type_describe(&to->type),
                        .from_desc = type_describe(&from->type),
                        .name = n->name};
        bool fits = w.to_desc.dtype == w.from_desc.dtype && w.to_desc.ndim == w.from_desc.ndim &&
                    !memcmp(w.to_desc.sizes, w.from_desc.sizes, sizeof w.to_desc.sizes);
        if (!fits) return graph_fail(g, v, p->error, COT_SHAPE, "copy_ between different sizes or dtypes");
        *VEC_PUSH(p->scratch, out) = w;
    }
    return COT_OK;
}
