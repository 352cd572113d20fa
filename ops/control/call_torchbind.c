/* SPDX-License-Identifier: MIT
 * call_torchbind.c — objects and functions of the caller's that a program calls by name.
 *
 *     call_torchbind(object, 'method', arguments…) → result
 *     invoke_leaf_function(function, fake, input_spec, '0,2', arguments…, requires_grad_indices = '') → (results…)
 *
 * The caller registers them (cot_object_register); lowering puts the operator that stands for the method in the place
 * of the call. A program that names what nobody registered is read, and refused when it is compiled. */
#include "ops/control/control.h"
#include "ops/control/inner.h"

#include "base/error.h"

#include <string.h>

enum { OBJECT, METHOD, FIRST };       /* call_torchbind */
enum { FUNCTION, FIRST_OF_LEAF = 4 }; /* invoke_leaf_function */

static const op *find_method(const cot_graph *g, const char *object, const char *method) {
    if (!object) return NULL;
    char *word = arena_string(g->arena, object, strlen(object));
    for (char *c = word; *c; c++)
        if (*c == '.') *c = '_';
    return op_find(g->ctx, arena_printf(g->arena, "_object.%s.%s", word, method));
}

/* By the value's name, its attribute path, or its target in the signature. */
static const op *method_of(const cot_graph *g, const arg *object, const char *method) {
    if (object->kind != ARG_VALUE) return NULL;
    const node *n = graph_node(g, object->value);
    const op *o = find_method(g, n->name, method);
    if (!o) o = find_method(g, n->target, method);
    for (uint32_t i = 0; !o && i < g->input_specs.count; i++)
        if (g->input_specs.data[i].node == object->value) o = find_method(g, g->input_specs.data[i].target, method);
    return o;
}

/* The operator's call with the arguments from `first` on. */
static cot_status read_method(const cot_graph *g, const op *o, const node *n, const arg *args, uint32_t first,
                              bool keywords, inner_call *out, arena *a, cot_error *error) {
    arg *bound = ARENA_ARRAY(a, arg, o->num_params);
    uint32_t kwmask;
    char why[256];
    *out = (inner_call){.op = o, .args = bound, .nargs = o->num_params};
    if (bind_args(g, o, args + first, n->npos - first, args + n->npos, n->kwnames, keywords ? n->nargs - n->npos : 0,
                  bound, &kwmask, why, sizeof why))
        return fail(error, COT_SCHEMA, "%s: %s: %s", n->op->packet, o->name, why);
    return COT_OK;
}

static const char *kind_name(const cot_graph *g, const arg *a) {
    static const char *const names[] = {
        [ARG_NONE] = "NoneType", [ARG_INT] = "int",   [ARG_FLOAT] = "float", [ARG_BOOL] = "bool",
        [ARG_STRING] = "str",    [ARG_LIST] = "list", [ARG_TUPLE] = "tuple"};
    if (a->kind == ARG_VALUE) return graph_type(g, a->value)->kind == TYPE_NONE ? NULL : "torch.Tensor";
    return a->kind < COUNT_OF(names) && names[a->kind] ? names[a->kind] : "object";
}

static const char *method_name(const node *n) { return n->op->record->data ? "call" : n->args[METHOD].s; }

static cot_status check(const cot_graph *g, const node *n, cot_error *error) {
    if (n->op->record->data)
        return n->npos >= FIRST_OF_LEAF ? COT_OK
                                        : fail(error, COT_SCHEMA,
                                               "invoke_leaf_function: expected a function, its fake, a "
                                               "specification, what it writes, and arguments");
    if (n->npos < FIRST || n->args[METHOD].kind != ARG_STRING)
        return fail(error, COT_SCHEMA, "call_torchbind: expected an object, the name of a method, and arguments");
    const char *kind = kind_name(g, &n->args[OBJECT]);
    if (kind) return fail(error, COT_SCHEMA, "Unsupported first arg type <class '%s'> for call_torchbind", kind);
    return COT_OK;
}

/* Of a method that is not known, the text says the type. */
static cot_status shape(cot_graph *g, const node *n, type *result, cot_error *error) {
    TRY(check(g, n, error));
    const bool leaf = n->op->record->data != NULL;
    const op *o = method_of(g, &n->args[OBJECT], method_name(n));
    if (!o) return COT_OK;
    inner_call call;
    type t;
    TRY(read_method(g, o, n, n->args, leaf ? FIRST_OF_LEAF : FIRST, !leaf, &call, g->arena, error));
    TRY(inner_type(g, &call, &t, error));
    *result = t;
    if (leaf && t.kind != TYPE_TUPLE) *result = type_tuple(g->arena, &t, inner_results(&t));
    return COT_OK;
}

static cot_status lower(lower_stage *s, arg_list *parts) {
    const node *n = s->call;
    builder *b = s->b;
    arena *a = b->graph->arena;
    const bool leaf = n->op->record->data != NULL;
    const uint32_t first = leaf ? FIRST_OF_LEAF : FIRST;
    const op *o = method_of(s->source, &n->args[OBJECT], method_name(n));
    if (!o) {
        const node *object = n->args[OBJECT].kind == ARG_VALUE ? graph_node(s->source, n->args[OBJECT].value) : n;
        return builder_fail(b, COT_UNSUPPORTED,
                            "%s: nobody has registered '%s' with a method '%s' (cot_object_register)", n->op->packet,
                            object->target ? object->target : object->name, method_name(n));
    }
    arg *args = ARENA_ARRAY(a, arg, n->nargs);
    for (uint32_t i = first; i < n->nargs; i++) args[i] = s->argument(s, &n->args[i]);
    if (b->status) return b->status;
    inner_call call;
    const cot_status status = read_method(b->graph, o, n, args, first, !leaf, &call, a, b->error);
    if (status) builder_failed(b, status);
    const value v = b->status ? NO_VALUE : inner_emit(b, &call);
    for (uint32_t i = 0; v != NO_VALUE && i < inner_results(TYPE_OF(b, v)); i++)
        *VEC_PUSH(a, parts) = arg_value(emit_get(b, v, i));
    return b->status;
}

static const control_hooks hooks = {.capture = control_capture_plain, .shape_named = shape, .lower = lower};
static const char leaf[] = "call";

const op_record ops_call_torchbind[] = {
    {.schema = "higher_order::call_torchbind", .traits = OP_CONTROL | OP_EFFECT | OP_ORDERED, .control = &hooks},
    {.schema = "higher_order::invoke_leaf_function",
     .traits = OP_CONTROL | OP_EFFECT | OP_ORDERED,
     .control = &hooks,
     .data = leaf},
};
const uint32_t ops_call_torchbind_count = COUNT_OF(ops_call_torchbind);
