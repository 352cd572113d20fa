/* SPDX-License-Identifier: MIT
 * verify.c — what every graph must be, whoever made it. Runs between passes in test builds. */
#include "ops/control.h"
#include "ops/emit.h"

typedef struct verifier {
    const cot_graph *g;
    cot_graph scratch; /* the same graph, with a throw-away arena for types that are computed only to be compared */
    cot_error *error;
    bool autocast; /* in a region of autocast, whose casts are not in the graph yet */
    value at;
    value late; /* an operand that is not defined before its use */
} verifier;

/* ---- structure --------------------------------------------------------------------------------------------------- */

static void see_operand(void *user, value v) {
    verifier *x = user;
    if (v >= x->at && x->late == NO_VALUE) x->late = v;
}

static cot_status verify_operands(verifier *x, const node *n) {
    x->late = NO_VALUE;
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], see_operand, x);
    if (x->late == NO_VALUE) return COT_OK;
    return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "%s reads value %u, which is not defined before it", n->name,
                      x->late);
}

static cot_status verify_name(verifier *x, const node *n) {
    if (!n->name || !*n->name) return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "value %u has no name", x->at);
    if (graph_find(x->g, n->name) == x->at) return COT_OK;
    return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "the name %s stands for value %u and for value %u", n->name,
                      x->at, graph_find(x->g, n->name));
}

static cot_status verify_get_attr(verifier *x, const node *n) {
    if (!n->target) return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "%s names no attribute", n->name);
    if (n->type.kind != TYPE_GRAPH || graph_child(x->g, n->target)) return COT_OK;
    return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "%s reads %s, which is no child graph", n->name, n->target);
}

/* ---- types ------------------------------------------------------------------------------------------------------- */

/* A symbolic size may have been given another name by the text; numbers may not differ. */
static bool may_be_equal(dim a, dim b) { return a == b || !dim_is_static(a) || !dim_is_static(b); }

static bool agrees(const type *a, const type *b, bool strides) {
    if (a->kind != b->kind) return false;
    if (a->kind == TYPE_TUPLE) {
        for (uint32_t i = 0; i < a->count && a->count == b->count; i++)
            if (!agrees(&a->parts[i], &b->parts[i], strides)) return false;
        return a->count == b->count;
    }
    if (a->kind == TYPE_INT || a->kind == TYPE_BOOL) return may_be_equal(a->expr, b->expr);
    if (a->kind != TYPE_TENSOR) return true;
    if (a->dtype != b->dtype || a->ndim != b->ndim) return false;
    bool empty = false;
    for (uint32_t i = 0; i < a->ndim; i++) {
        if (!may_be_equal(a->sizes[i], b->sizes[i])) return false;
        empty = empty || a->sizes[i] == 0;
    }
    /* Strides of one element or none say nothing. */
    for (uint32_t i = 0; strides && !empty && a->strides && b->strides && i < a->ndim; i++)
        if (a->sizes[i] != 1 && !may_be_equal(a->strides[i], b->strides[i])) return false;
    return true;
}

static cot_status type_differs(verifier *x, const char *what, const type *found, const type *expected) {
    text a = {.arena = x->scratch.arena}, b = a;
    type_print(x->g->ctx->syms, found, true, false, &a);
    type_print(x->g->ctx->syms, expected, true, false, &b);
    return graph_fail(x->g, x->at, x->error, COT_SHAPE, "%s: %s is %s, its operator gives %s",
                      graph_node(x->g, x->at)->name, what, a.data, b.data);
}

static cot_status verify_getitem(verifier *x, const node *n) {
    const type *whole = n->nargs == 2 ? graph_type(x->g, arg_as_value(&n->args[0])) : NULL;
    int64_t i = whole ? arg_as_int(&n->args[1], -1) : -1;
    if (!whole || whole->kind != TYPE_TUPLE) return COT_OK; /* an index into a tensor, or into what is not known */
    if (i < 0 || i >= whole->count)
        return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "%s takes part %lld of %u", n->name, (long long)i,
                          whole->count);
    return agrees(&n->type, &whole->parts[i], true) ? COT_OK : type_differs(x, "its type", &n->type, &whole->parts[i]);
}

static cot_status verify_call(verifier *x, const node *n) {
    const op *o = n->op;
    if (!o->has_schema) return COT_OK;
    if (n->nargs != o->num_params)
        return graph_fail(x->g, x->at, x->error, COT_INTERNAL, "%s has %u arguments, %s has %u parameters", n->name,
                          n->nargs, o->name, o->num_params);
    arg *bound = ARENA_ARRAY(x->scratch.arena, arg, o->num_params);
    uint32_t kwmask;
    char why[256];
    uint32_t positional = 0;
    while (positional < o->num_params && !o->params[positional].keyword_only) positional++;
    const char **names = ARENA_ARRAY(x->scratch.arena, const char *, o->num_params);
    for (uint32_t i = positional; i < o->num_params; i++) names[i - positional] = o->params[i].name;
    if (bind_args(&x->scratch, o, n->args, positional, n->args + positional, names, o->num_params - positional, bound,
                  &kwmask, why, sizeof why))
        return graph_fail(x->g, x->at, x->error, COT_SCHEMA, "%s: %s", o->name, why);
    if (x->autocast) return COT_OK; /* types are those of the operands once they are cast */
    type computed;
    cot_error inner = {0};
    cot_status status = infer_type(&x->scratch, o, bound, &computed, &inner);
    if (status) return graph_fail(x->g, x->at, x->error, status, "%s: %s", n->name, inner.text);
    if (!agrees(&n->type, &computed, true)) return type_differs(x, "its type", &n->type, &computed);
    if (n->annotation && !agrees(n->annotation, &computed, x->g->show_strides))
        return type_differs(x, "its annotation", n->annotation, &computed);
    return COT_OK;
}

static cot_status verify_node(verifier *x) {
    const node *n = graph_node(x->g, x->at);
    TRY(verify_name(x, n));
    TRY(verify_operands(x, n));
    switch (n->op->kind) {
    case OP_PLACEHOLDER: return COT_OK;
    case OP_GET_ATTR: return verify_get_attr(x, n);
    case OP_GETITEM: return verify_getitem(x, n);
    default: return verify_call(x, n);
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static cot_status verify_interface(verifier *x) {
    const cot_graph *g = x->g;
    for (uint32_t i = 0; i < g->inputs.count; i++)
        if (g->inputs.data[i] >= g->nodes.count || graph_node(g, g->inputs.data[i])->op->kind != OP_PLACEHOLDER)
            return graph_fail(g, NO_VALUE, x->error, COT_INTERNAL, "input %u is no placeholder", i);
    uint32_t specs = g->input_specs.count; /* a joint graph has none for its tangents */
    if (specs > g->inputs.count || (g->is_program && specs != g->inputs.count))
        return graph_fail(g, NO_VALUE, x->error, COT_INTERNAL, "the signature has %u inputs, the graph has %u", specs,
                          g->inputs.count);
    x->at = g->nodes.count;
    x->late = NO_VALUE;
    arg_each(&g->output, see_operand, x);
    if (x->late != NO_VALUE)
        return graph_fail(g, NO_VALUE, x->error, COT_INTERNAL, "the output reads value %u of %u", x->late, x->at);
    return COT_OK;
}

/* Whether a call of g opens a region of autocast whose body is that child. */
static bool opens_autocast(const cot_graph *g, const cot_graph *body) {
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (!n->op->record || !n->op->record->control || !n->op->record->control->region) continue;
        region_mode mode = {0};
        control_call call = {0};
        if (!n->op->record->control->region(g, n, &mode, &call) || !mode.autocast) continue;
        const arg *attribute = &n->args[call.body];
        const char *path = attribute->kind == ARG_VALUE ? graph_node(g, attribute->value)->target : NULL;
        if (path && graph_child(g, path) == body) return true;
    }
    return false;
}

/* Whether a mark in it opens one. */
static bool has_autocast(const cot_graph *g) {
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
        region_mode mode = {0};
        if (hooks && hooks->mark) hooks->mark(n, &mode);
        if (mode.autocast) return true;
    }
    return false;
}

static cot_status verify(const cot_graph *g, bool autocast, cot_error *error) {
    autocast |= has_autocast(g);
    arena *scratch = arena_create(g->ctx);
    verifier x = {.g = g, .scratch = *g, .error = error, .autocast = autocast};
    x.scratch.arena = scratch;
    cot_status status = verify_interface(&x);
    for (x.at = 0; x.at < g->nodes.count && !status; x.at++) status = verify_node(&x);
    arena_destroy(scratch);
    for (uint32_t i = 0; i < g->children.count && !status; i++) {
        const cot_graph *body = g->children.data[i].graph;
        status = verify(body, autocast || opens_autocast(g, body), error);
    }
    return status;
}

cot_status graph_verify(const cot_graph *g, cot_error *error) { return verify(g, false, error); }
