/* SPDX-License-Identifier: MIT
 * auto_functionalized.c — an operator that writes operands, as a function: it runs on copies, which are results.
 *
 *     auto_functionalized(op, x = …, y = …) → (results…, new value of each written argument…)
 *     auto_functionalized_v2(op, y = …, _x_base_index = 0, …view of the base…, _all_bases = [a, …])
 *         → (results…, new value of each base…)
 *
 * An operator without results gives None in their place. The copies cost nothing where nobody reads the old contents
 * later: the plan lets a new value lie over the old one, and then there is nothing to copy. */
#include "ops/control/control.h"
#include "ops/control/functionalized_call.h"
#include "ops/control/inner.h"

#include "base/error.h"
#include "ops/emit.h"

#include <string.h>

#define NO_BASE UINT32_MAX

/* An operand that the operator writes: a view of a base. */
typedef struct written {
    uint32_t base; /* NO_BASE: None */
    type type;
} written;

typedef struct call {
    const op *op;
    arg *args;         /* bound to the operator's schema; what is written stands as its base */
    written **written; /* by parameter; NULL where it is not written, else an entry for each item */
    const arg *bases;
    uint32_t num_bases;
    uint32_t num_outputs; /* parts in front of the bases */
} call;

typedef struct reading {
    cot_graph *graph;
    const node *node;
    arena *arena;
    cot_error *error;
    call *call;
} reading;

static cot_status bad(const reading *r, const char *what) {
    return fail(r->error, COT_SCHEMA, "%s: %s", r->node->op->packet, what);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* "_x_size" and its like. */
static const arg *view_keyword(const reading *r, const char *prefix, const char *suffix) {
    return inner_keyword(r->node, arena_printf(r->arena, "_%s_%s", prefix, suffix));
}

static cot_status strided_view(const reading *r, const type *base, const char *prefix, type *out) {
    const arg *size = view_keyword(r, prefix, "size"), *stride = view_keyword(r, prefix, "stride");
    const arg *offset = view_keyword(r, prefix, "storage_offset");
    dim sizes[COT_MAX_DIMS], strides[COT_MAX_DIMS];
    if (!size || !stride || !offset || !control_is_list(size) || !control_is_list(stride) ||
        size->count != stride->count || size->count > COT_MAX_DIMS)
        return bad(r, arena_printf(r->arena, "the view %s of a base has no sizes, strides and offset", prefix));
    arg_as_dims(r->graph, size, sizes, COT_MAX_DIMS);
    arg_as_dims(r->graph, stride, strides, COT_MAX_DIMS);
    *out = type_strided(r->arena, (cot_dtype)base->dtype, sizes, strides, size->count, arg_as_dim(r->graph, offset));
    return COT_OK;
}

static cot_status sliced_view(const reading *r, const type *base, const char *prefix, type *out) {
    const arg *along = view_keyword(r, prefix, "slice_dim"), *start = view_keyword(r, prefix, "slice_start");
    const arg *end = view_keyword(r, prefix, "slice_end");
    const int64_t d = along ? arg_as_int(along, -1) : -1;
    if (!start || !end || d < 0 || d >= base->ndim)
        return bad(r, arena_printf(r->arena, "the slice %s of a base has no dimension, start and end", prefix));
    syms *s = r->graph->ctx->syms;
    const dim from = arg_as_dim(r->graph, start), to = arg_as_dim(r->graph, end);
    *out = type_copy(r->arena, base);
    dim *sizes = arena_copy(r->arena, base->sizes, base->ndim * sizeof(dim));
    sizes[d] = dim_sub(s, to, from);
    out->sizes = sizes;
    out->offset = dim_add(s, base->offset, dim_mul(s, from, base->strides[d]));
    return COT_OK;
}

static cot_status read_view(const reading *r, const char *prefix, written *out) {
    const arg *index = view_keyword(r, prefix, "base_index");
    out->base = NO_BASE;
    if (!index) return bad(r, arena_printf(r->arena, "there is no _%s_base_index", prefix));
    if (index->kind == ARG_NONE) return COT_OK;
    const int64_t i = arg_as_int(index, -1);
    if (i < 0 || i >= r->call->num_bases) return bad(r, arena_printf(r->arena, "%s has no such base", prefix));
    out->base = (uint32_t)i;
    const type *base = graph_type(r->graph, arg_as_value(&r->call->bases[i]));
    if (view_keyword(r, prefix, "storage_offset")) return strided_view(r, base, prefix, &out->type);
    if (view_keyword(r, prefix, "slice_dim")) return sliced_view(r, base, prefix, &out->type);
    out->type = *base;
    return COT_OK;
}

static arg base_arg(const reading *r, const written *w) {
    return w->base == NO_BASE ? arg_none() : r->call->bases[w->base];
}

static cot_status read_written(const reading *r, uint32_t p) {
    const param *param = &r->call->op->params[p];
    if (!param->list) {
        written *w = r->call->written[p] = ARENA_NEW(r->arena, written);
        TRY(read_view(r, param->name, w));
        r->call->args[p] = base_arg(r, w);
        return COT_OK;
    }
    const arg *length = view_keyword(r, param->name, "length");
    const int64_t count = length ? arg_as_int(length, 0) : 0;
    if (!length || count < 0 || count > r->node->nargs)
        return bad(r, arena_printf(r->arena, "there is no _%s_length", param->name));
    written *w = r->call->written[p] = ARENA_ARRAY(r->arena, written, (size_t)count);
    arg *items = ARENA_ARRAY(r->arena, arg, (size_t)count);
    for (uint32_t i = 0; i < count; i++) {
        TRY(read_view(r, arena_printf(r->arena, "%s_%u", param->name, i), &w[i]));
        items[i] = base_arg(r, &w[i]);
    }
    r->call->args[p] = arg_list_of(items, (uint32_t)count);
    if (length->kind == ARG_NONE) r->call->args[p] = arg_none();
    return COT_OK;
}

/* v1: each written argument is a base of its own. */
static void read_whole(const reading *r, uint32_t p, arg *bases) {
    call *c = r->call;
    const arg *a = &c->args[p];
    const bool list = control_is_list(a);
    const uint32_t count = list ? a->count : 1;
    written *w = c->written[p] = ARENA_ARRAY(r->arena, written, count);
    for (uint32_t i = 0; i < count; i++) {
        const arg *item = list ? &a->list[i] : a;
        w[i].base = NO_BASE;
        if (item->kind != ARG_VALUE) continue;
        w[i] = (written){.base = c->num_bases, .type = *graph_type(r->graph, item->value)};
        bases[c->num_bases++] = *item;
    }
}

static bool is_second(const node *n) { return !strcmp(n->op->packet, "auto_functionalized_v2"); }

static cot_status read_bases(const reading *r) {
    const arg *all = inner_keyword(r->node, "_all_bases");
    if (!all || !control_is_list(all)) return bad(r, "there are no _all_bases");
    for (uint32_t i = 0; i < all->count; i++)
        if (all->list[i].kind != ARG_VALUE || graph_type(r->graph, all->list[i].value)->kind != TYPE_TENSOR)
            return bad(r, "a base is no tensor");
    r->call->bases = all->list;
    r->call->num_bases = all->count;
    return COT_OK;
}

static cot_status read_call(cot_graph *g, const node *n, arena *a, call *c, cot_error *error) {
    *c = (call){0};
    reading r = {.graph = g, .node = n, .arena = a, .error = error, .call = c};
    if (!n->npos || n->args[0].kind != ARG_OP) return bad(&r, "the first argument must be an operator");
    const op *o = c->op = n->args[0].op;
    if (!o->has_schema || !(o->traits & OP_MUTATES) || o->functional || !strcmp(o->namespace_, "aten"))
        return fail(error, COT_SCHEMA, "Cannot auto-functionalize op %s", o->name);
    c->args = ARENA_ARRAY(a, arg, o->num_params);
    c->written = ARENA_ARRAY(a, written *, o->num_params);
    c->num_outputs = o->num_returns ? o->num_returns : 1;
    const bool second = is_second(n);
    arg *bases = ARENA_ARRAY(a, arg, n->nargs * 64u);
    if (second) TRY(read_bases(&r));
    else c->bases = bases;
    for (uint32_t p = 0; p < o->num_params; p++) {
        if (second && o->params[p].writes) {
            TRY(read_written(&r, p));
            continue;
        }
        const arg *given = inner_keyword(n, o->params[p].name);
        if (!given && !o->params[p].has_default && !o->params[p].optional)
            return bad(&r, arena_printf(a, "the argument %s of %s is missing", o->params[p].name, o->name));
        c->args[p] = given ? *given : o->params[p].default_value;
        if (o->params[p].writes && c->num_bases + c->args[p].count >= n->nargs * 64u) return bad(&r, "too many bases");
        if (o->params[p].writes) read_whole(&r, p, bases);
    }
    return COT_OK;
}

/* ---- types ------------------------------------------------------------------------------------------------------ */

static arg to_scratch(builder *s, const cot_graph *g, const arg *a, const written *w) {
    arg r = *a;
    if (a->kind == ARG_VALUE) {
        r.value = emit_placeholder(s, "x", w ? &w->type : graph_type(g, a->value));
    } else if (control_is_list(a)) {
        arg *items = ARENA_ARRAY(s->graph->arena, arg, a->count);
        for (uint32_t i = 0; i < a->count; i++) items[i] = to_scratch(s, g, &a->list[i], w ? &w[i] : NULL);
        r.list = items;
    }
    return r;
}

/* What the operator gives on the views. */
static cot_status output_type(cot_graph *g, const call *c, type *result, cot_error *error) {
    cot_graph *scratch = graph_create(g->ctx, "scratch");
    builder s;
    builder_init(&s, scratch, error);
    arg *args = ARENA_ARRAY(scratch->arena, arg, c->op->num_params);
    for (uint32_t p = 0; p < c->op->num_params; p++) args[p] = to_scratch(&s, g, &c->args[p], c->written[p]);
    type t = {0};
    const cot_status status = s.status ? s.status : infer_type(scratch, c->op, args, &t, error);
    if (!status) *result = type_copy(g->arena, &t);
    graph_destroy(scratch);
    return status;
}

/* A copy of a base lies as the base does, in memory of its own. */
static type base_type(cot_graph *g, const arg *base) {
    type t = type_copy(g->arena, graph_type(g, base->value));
    t.offset = 0;
    return t;
}

static bool has_bodies(const node *n) {
    return n->npos && n->args[0].kind == ARG_OP && (n->args[0].op->traits & OP_CONTROL);
}

static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    if (has_bodies(n)) return functionalized_call_shape(g, n, result, error);
    call c;
    type output;
    TRY(read_call(g, n, g->arena, &c, error));
    TRY(output_type(g, &c, &output, error));
    type *parts = ARENA_ARRAY(g->arena, type, c.num_outputs + c.num_bases);
    for (uint32_t i = 0; i < inner_results(&output); i++) {
        parts[i] = output.kind == TYPE_TUPLE ? output.parts[i] : output;
        parts[i].offset = 0;
    }
    for (uint32_t i = 0; i < c.num_bases; i++) parts[c.num_outputs + i] = base_type(g, &c.bases[i]);
    *result = type_tuple(g->arena, parts, c.num_outputs + c.num_bases);
    return COT_OK;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

/* A result that is what a parameter has become, copied there behind the call. */
typedef struct copied {
    uint32_t result, source;
    int64_t offset;
    tensor_desc from;
} copied;

typedef struct attributes {
    inner_plan inner;
    uint32_t first_base, num_bases;
    const uint32_t *operand; /* by base: which of the call's tensors it was */
    const uint64_t *bytes;   /* by base: from its first element to its last */
    const copied *copies;
    uint32_t num_copies;
} attributes;

static void copy_elements(char *to, const tensor_desc *to_desc, const char *from, const tensor_desc *from_desc) {
    for (int64_t i = 0; i < to_desc->numel; i++) {
        int64_t left = i, at = 0, source = 0;
        for (uint32_t d = to_desc->ndim; d-- > 0; left /= to_desc->sizes[d]) {
            at += left % to_desc->sizes[d] * to_desc->strides[d];
            source += left % to_desc->sizes[d] * from_desc->strides[d];
        }
        memcpy(to + at * to_desc->item_bytes, from + source * from_desc->item_bytes, to_desc->item_bytes);
    }
}

static void run(const kernel_call *k) {
    const attributes *a = k->attributes;
    for (uint32_t b = 0; b < a->num_bases; b++) {
        void *to = k->data[a->first_base + b];
        const void *from = k->data[a->operand[b]];
        if (to != from && a->bytes[b]) memcpy(to, from, a->bytes[b]);
    }
    inner_run(k, &a->inner, k->seed, k->step);
    for (uint32_t i = 0; i < a->num_copies; i++) {
        const copied *c = &a->copies[i];
        copy_elements(k->data[c->result], &k->tensors[c->result], (const char *)k->data[c->source] + c->offset,
                      &c->from);
    }
}

static uint64_t extent_bytes(const tensor_desc *d) {
    int64_t last = 0;
    if (d->numel <= 0) return 0;
    for (uint32_t i = 0; i < d->ndim; i++) last += (d->sizes[i] - 1) * d->strides[i];
    return (uint64_t)(last + 1) * d->item_bytes;
}

static int64_t number(const prepare_call *c, dim d) {
    return dim_is_static(d) ? d : dim_value(c->graph->ctx->syms, d, c->binding);
}

/* What the operator sees of a base: the view, in the base's copy. */
static cot_status view_of(const prepare_call *c, const call *made, const written *w, inner_tensor *out) {
    *out = (inner_tensor){.source = INNER_ABSENT, .desc = {.numel = -1}};
    if (w->base == NO_BASE) return COT_OK;
    const type *base = graph_type(c->graph, made->bases[w->base].value);
    *out = inner_whole(c, made->num_outputs + w->base);
    tensor_desc *d = &out->desc;
    d->ndim = w->type.ndim;
    d->numel = 1;
    int64_t row = 1, end = number(c, w->type.offset) - number(c, base->offset);
    out->offset = end * d->item_bytes;
    d->contiguous = 1;
    for (uint32_t i = d->ndim; i-- > 0;) {
        d->sizes[i] = number(c, w->type.sizes[i]);
        d->strides[i] = number(c, w->type.strides[i]);
        d->contiguous &= d->sizes[i] == 1 || d->strides[i] == row;
        row *= d->sizes[i];
        end += (d->sizes[i] - 1) * d->strides[i];
        if (d->sizes[i] < 0 || d->strides[i] < 0 || __builtin_mul_overflow(d->numel, d->sizes[i], &d->numel))
            return graph_fail(c->graph, c->node, c->error, COT_SHAPE, "a view of a base has no valid sizes");
    }
    const uint64_t bytes = extent_bytes(&c->results[made->num_outputs + w->base]);
    if (out->offset < 0 || (d->numel && (end < 0 || ((uint64_t)end + 1) * d->item_bytes > bytes)))
        return graph_fail(c->graph, c->node, c->error, COT_SHAPE, "a view of a base lies outside of it");
    return COT_OK;
}

static uint32_t count_of(const arg *a) { return control_is_list(a) ? a->count : 1; }

/* Results that the operator returns anew are the outer call's; one that is what it writes is copied from there. */
static void place_results(const prepare_call *c, const call *made, inner_tensor *const *given, inner_tensor *results,
                          copied *copies, uint32_t *num_copies) {
    const op *o = made->op;
    for (uint32_t r = 0; r < o->num_returns; r++) {
        results[r] = inner_whole(c, r);
        for (uint32_t p = 0; o->returns[r].alias && p < o->num_params; p++) {
            if (!o->params[p].writes || o->params[p].alias != o->returns[r].alias || !given[p]) continue;
            results[r] = given[p][0];
            copies[(*num_copies)++] = (copied){r, given[p][0].source, given[p][0].offset, given[p][0].desc};
        }
    }
}

static cot_status prepare(prepare_call *c) {
    const node n = {
        .op = c->op, .args = c->args, .nargs = (uint16_t)c->nargs, .npos = (uint16_t)c->npos, .kwnames = c->kwnames};
    call made;
    TRY(read_call((cot_graph *)(uintptr_t)c->graph, &n, c->arena, &made, c->error));
    attributes *a = PREPARE_ATTRIBUTES(c, attributes);
    inner_tensor **given = ARENA_ARRAY(c->scratch, inner_tensor *, made.op->num_params);
    for (uint32_t p = 0; p < made.op->num_params; p++) {
        if (!made.written[p]) continue;
        given[p] = ARENA_ARRAY(c->scratch, inner_tensor, count_of(&made.args[p]));
        for (uint32_t i = 0; i < count_of(&made.args[p]); i++)
            TRY(view_of(c, &made, &made.written[p][i], &given[p][i]));
    }
    inner_tensor *results = ARENA_ARRAY(c->scratch, inner_tensor, made.op->num_returns);
    copied *copies = ARENA_ARRAY(c->arena, copied, made.op->num_returns);
    place_results(c, &made, given, results, copies, &a->num_copies);
    a->copies = copies;
    const inner_call inner = {.op = made.op, .args = made.args, .nargs = made.op->num_params};
    TRY(inner_prepare(c, &inner, results, made.op->num_returns, (const inner_tensor *const *)given, &a->inner));
    uint32_t *operand = ARENA_ARRAY(c->arena, uint32_t, made.num_bases);
    uint64_t *bytes = ARENA_ARRAY(c->arena, uint64_t, made.num_bases);
    uint64_t *over = ARENA_ARRAY(c->scratch, uint64_t, c->num_results);
    for (uint32_t b = 0; b < made.num_bases; b++) {
        const uint32_t at = inner_operand(c, made.bases[b].value);
        operand[b] = c->num_results + at;
        bytes[b] = extent_bytes(&c->operands[at]);
        if (at < 64) over[made.num_outputs + b] = (uint64_t)1 << at;
    }
    a->first_base = made.num_outputs;
    a->num_bases = made.num_bases;
    a->operand = operand;
    a->bytes = bytes;
    c->over = over;
    c->kernel = run;
    return COT_OK;
}

static cot_status joint(joint_stage *s) {
    return builder_fail(s->b, COT_NO_RULE, "Trying to backward through %s but no autograd formula was registered.",
                        s->call->args[0].op->name);
}

/* An operator without bodies is called again as it is. */
static cot_status lower(lower_stage *s, arg_list *parts) {
    const node *n = s->call;
    builder *b = s->b;
    if (has_bodies(n)) return functionalized_call_lower(s, parts);
    arg *args = ARENA_ARRAY(b->graph->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = s->argument(s, &n->args[i]);
    const inner_call call = {.op = n->op, .args = args, .nargs = n->nargs, .npos = n->npos, .kwnames = n->kwnames};
    const value v = b->status ? NO_VALUE : inner_emit(b, &call);
    for (uint32_t i = 0; !b->status && i < TYPE_OF(b, v)->count; i++)
        *VEC_PUSH(b->graph->arena, parts) =
            TYPE_OF(b, v)->parts[i].kind == TYPE_NONE ? arg_none() : arg_value(emit_get(b, v, i));
    return b->status;
}

static const control_hooks hooks = {
    .capture = control_capture_plain, .shape_named = shape, .lower = lower, .joint = joint};

const op_record ops_auto_functionalized[] = {
    {.schema = "higher_order::auto_functionalized", .traits = OP_CONTROL, .prepare = prepare, .control = &hooks},
    {.schema = "higher_order::auto_functionalized_v2", .traits = OP_CONTROL, .prepare = prepare, .control = &hooks},
};
const uint32_t ops_auto_functionalized_count = COUNT_OF(ops_auto_functionalized);
