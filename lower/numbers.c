/* SPDX-License-Identifier: MIT
 * numbers.c — numbers that only a run knows become tensors of no dimensions.
 *
 * They begin where a loop carries a number, branches give one, or one is read out of a tensor; what reads them follows:
 * arithmetic by the expression in its record, an operator on tensors by its overload that takes a tensor, a call by a
 * body that takes one. A constant that meets one of them where both must be alike (a carry's first value, what the
 * other branch gives) is made a tensor, too. */
#include "lower/numbers.h"

#include "ops/control.h"
#include "ops/emit.h"
#include <string.h>

typedef struct converted {
    const cot_graph *body;
    const bool *inputs;     /* which are numbers that only a run knows */
    const uint8_t *outputs; /* of which kind such a number is; 0: it is none */
    const char *name;       /* of the new body */
} converted;

typedef struct converter {
    const cot_graph *from;
    const binding *known;
    const map *sized;   /* symbols of numbers that stay numbers */
    const bool *inputs; /* by input: becomes a tensor; NULL: those whose value is unknown */
    builder b;
    bool *cell;  /* by value of `from`: is a tensor now */
    bool *moved; /* by value of `from`: lies in memory otherwise than its type says there */
    arena *scratch;
    VEC(converted) bodies;
} converter;

static bool is_number(const type *t) { return t->kind == TYPE_INT || t->kind == TYPE_FLOAT || t->kind == TYPE_BOOL; }

static bool is_unknown(const converter *c, const type *t) {
    const syms *s = c->from->ctx->syms;
    if (t->kind == TYPE_FLOAT) return dim_real(s, t->expr, c->known) != dim_real(s, t->expr, c->known);
    return is_number(t) && dim_value(s, t->expr, c->known) == DIM_ERROR;
}

static cot_dtype dtype_of(uint8_t kind) { return kind == TYPE_INT ? COT_I64 : kind == TYPE_FLOAT ? COT_F64 : COT_BOOL; }

static uint8_t kind_of(const converter *c, const arg *a) {
    if (a->kind == ARG_VALUE) return graph_type(c->from, a->value)->kind;
    return a->kind == ARG_INT ? TYPE_INT : a->kind == ARG_FLOAT ? TYPE_FLOAT : a->kind == ARG_BOOL ? TYPE_BOOL : 0;
}

static value cast(builder *b, value v, cot_dtype dtype) {
    if (v == NO_VALUE || TYPE_OF(b, v)->dtype == dtype) return v;
    return emit(b, "_to_copy.default", "v,dtype=t", v, (int)dtype);
}

/* A number as a tensor: one that is a tensor already, or any other. */
static arg as_tensor(builder *b, const arg *a, cot_dtype dtype) {
    if (a->kind == ARG_VALUE && TYPE_OF(b, a->value)->kind == TYPE_TENSOR) return arg_value(cast(b, a->value, dtype));
    return arg_value(emit(b, "scalar_tensor.default", "a,dtype=t", a, (int)dtype));
}

/* ---- operators ------------------------------------------------------------------------------------------------- */

typedef struct question {
    const bool *marks;
    bool found;
} question;

static void ask(void *user, value v) { ((question *)user)->found |= ((question *)user)->marks[v]; }

static bool reads_any(const node *n, const bool *marks) {
    question q = {.marks = marks};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask, &q);
    return q.found;
}

static bool is_cell(const converter *c, const arg *a) { return a->kind == ARG_VALUE && c->cell[a->value]; }

/* The dtype in which a tensor and a number of this kind meet: the tensor's, unless the number is of a higher sort. */
static cot_dtype meeting_dtype(cot_dtype tensor, uint8_t kind) {
    const bool is_real = dtype_is_float(tensor) || dtype_is_complex(tensor);
    if (kind == TYPE_FLOAT) return is_real ? tensor : COT_F32;
    return is_real || dtype_is_integral(tensor) || kind == TYPE_BOOL ? tensor : COT_I64;
}

/* The dtype for numbers in a call: that of its first tensor; without tensors f64 where a number is real, else each
 * number's own (COT_DTYPE_COUNT). */
static cot_dtype call_dtype(const converter *c, const node *n, uint8_t kind) {
    bool real = n->type.kind == TYPE_FLOAT;
    if (n->op->record->on_numbers && !(n->op->traits & OP_SYMBOLIC)) return COT_DTYPE_COUNT; /* an index */
    for (uint32_t i = 0; i < n->nargs; i++) {
        const uint8_t k = kind_of(c, &n->args[i]);
        if (k == TYPE_TENSOR) return meeting_dtype((cot_dtype)graph_type(c->from, n->args[i].value)->dtype, kind);
        real |= k == TYPE_FLOAT;
    }
    return real ? COT_F64 : COT_DTYPE_COUNT;
}

/* The expression may ask for the result's sizes. */
static value by_expression(converter *c, const node *n, const char **names, const arg *args) {
    builder *b = &c->b;
    const uint32_t ndim = n->type.kind == TYPE_TENSOR ? n->type.ndim : 0;
    arg *all = ARENA_ARRAY(c->scratch, arg, n->nargs + 1u), *sizes = ARENA_ARRAY(c->scratch, arg, ndim);
    for (uint32_t i = 0; i < ndim; i++) sizes[i] = emit_dim(b, n->type.sizes[i]);
    memcpy(all, args, n->nargs * sizeof *all);
    all[n->nargs] = arg_list_of(sizes, ndim);
    names[n->nargs] = "sizes";
    return emit_expression(b, n->op->record->on_numbers, names, all, n->nargs + 1u);
}

/* By the expression of the record, or as written with tensors for numbers. */
static value apply(converter *c, const node *n, const arg *args) {
    builder *b = &c->b;
    const op *o = n->op;
    const char **names = ARENA_ARRAY(c->scratch, const char *, n->nargs + 1u);
    for (uint32_t i = 0; i < n->nargs && i < o->num_params; i++) names[i] = o->params[i].name;
    if (o->record->on_numbers) return by_expression(c, n, names, args);
    arg *keywords = ARENA_ARRAY(c->scratch, arg, n->nargs);
    const char **words = ARENA_ARRAY(c->scratch, const char *, n->nargs);
    uint32_t num_keywords = 0;
    for (uint32_t i = n->npos; i < n->nargs; i++) {
        if (!(n->kwmask >> i & 1)) continue;
        keywords[num_keywords] = args[i];
        words[num_keywords++] = names[i];
    }
    const arg made = emit_written(b, o->packet, args, n->npos, keywords, words, num_keywords);
    return made.kind == ARG_VALUE ? made.value : NO_VALUE;
}

static void note_layout(converter *c, value v, value made) {
    if (made == NO_VALUE || c->b.status) return;
    const type *was = graph_type(c->from, v), *is = TYPE_OF(&c->b, made);
    c->moved[v] = was->kind == TYPE_TUPLE ||
                  (was->kind == TYPE_TENSOR && (!type_equal(was, is, true) || !dim_equal(was->offset, is->offset))) ||
                  (is_number(was) && is_number(is) && !dim_equal(was->expr, is->expr));
}

static value convert_call(converter *c, value v, const value *map) {
    builder *b = &c->b;
    const node *n = graph_node(c->from, v);
    arg *args = ARENA_ARRAY(c->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) {
        args[i] = arg_map(b->graph, &n->args[i], map);
        const uint8_t kind = kind_of(c, &n->args[i]);
        const cot_dtype dtype = call_dtype(c, n, kind);
        const bool first = i == 0 && is_number(&n->type); /* operators on tensors begin with one */
        if (is_cell(c, &n->args[i]) || first)
            args[i] = as_tensor(b, &args[i], dtype == COT_DTYPE_COUNT ? dtype_of(kind) : dtype);
    }
    const uint32_t before = b->graph->nodes.count;
    value made = apply(c, n, args);
    if (b->status || made == NO_VALUE) return NO_VALUE;
    c->cell[v] = is_number(&n->type);
    if (c->cell[v]) made = cast(b, made, dtype_of(n->type.kind));
    else if (n->type.kind == TYPE_TENSOR) made = cast(b, made, (cot_dtype)n->type.dtype);
    if (made < before) made = emit(b, "clone.default", "v", made); /* a value of its own, for it gets v's name */
    note_layout(c, v, made);
    return made;
}

/* The same call, of an operand whose layout is another one. */
static value call_again(converter *c, value v, const value *map) {
    const node *n = graph_node(c->from, v);
    arg *args = ARENA_ARRAY(c->scratch, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(c->b.graph, &n->args[i], map);
    const value made = n->op->kind == OP_GETITEM ? emit_get(&c->b, args[0].value, (uint32_t)arg_as_int(&args[1], 0))
                                                 : emit_bound(&c->b, n->op, args, NULL);
    note_layout(c, v, made);
    return made;
}

/* ---- bodies ---------------------------------------------------------------------------------------------------- */

static cot_status convert(const cot_graph *from, const bool *inputs, const uint8_t *outputs, const binding *known,
                          const map *sized, cot_graph *to, cot_error *error);

static const char *convert_body(converter *c, const cot_graph *body, const bool *inputs, const uint8_t *outputs,
                                uint32_t num_outputs) {
    const uint32_t num_inputs = body->inputs.count;
    for (uint32_t i = 0; i < c->bodies.count; i++) {
        const converted *known = &c->bodies.data[i];
        if (known->body == body && !memcmp(known->inputs, inputs, num_inputs) &&
            !memcmp(known->outputs, outputs, num_outputs))
            return known->name;
    }
    cot_graph *g = c->b.graph, *root = g->parent ? g->parent : g, *made = graph_create_child(root, body->class_name);
    graph_copy_children(made, body);
    const cot_status status = convert(body, inputs, outputs, c->known, c->sized, made, c->b.error);
    if (status) builder_failed(&c->b, status);
    const char *name = arena_printf(g->arena, "%s_on_tensors", body->class_name);
    for (uint32_t k = 1; graph_child(g, name); k++)
        name = arena_printf(g->arena, "%s_on_tensors_%u", body->class_name, k);
    graph_add_child(g, name, made);
    *VEC_PUSH(c->scratch, &c->bodies) = (converted){.body = body,
                                                    .inputs = arena_copy(c->scratch, inputs, num_inputs),
                                                    .outputs = arena_copy(c->scratch, outputs, num_outputs),
                                                    .name = name};
    return name;
}

static const cot_graph *body_of(const cot_graph *g, value attribute) {
    if (attribute == NO_VALUE) return NULL;
    const node *n = graph_node(g, attribute);
    return graph_child(g, n->target ? n->target : n->name);
}

/* ---- calls with bodies ----------------------------------------------------------------------------------------- */

/* Which results of a call are numbers that only a run knows, by their kind; what a loop carries is of the kind that its
 * body takes. */
static bool unknown_results(const converter *c, const node *n, const control_form *form, uint8_t *results) {
    bool any = false;
    const cot_graph *body = form->kind == CONTROL_WHILE ? body_of(c->from, form->bodies[1]) : NULL;
    for (uint32_t i = 0; i < n->type.count; i++) {
        const type *t = body && i < body->inputs.count ? graph_type(body, body->inputs.data[i]) : &n->type.parts[i];
        if (is_number(t) && (body || is_unknown(c, t))) results[i] = t->kind;
        any |= results[i] != 0;
    }
    return any;
}

static const arg *operand_of(const control_form *f, uint32_t i) {
    if (i < f->carries.count) return &f->carries.list[i];
    i -= f->carries.count;
    return i < f->xs.count ? &f->xs.list[i] : &f->rest.list[i - f->xs.count];
}

/* The arguments of a call again: bodies that take tensors, tensors for the numbers that are carried. */
typedef struct arguments {
    converter *c;
    const control_form *form;
    const value *map;
    const value *bodies;    /* new ones, by which of the form's */
    const uint8_t *carried; /* by carry: its kind */
} arguments;

static arg new_argument(const arguments *a, const arg *old) {
    builder *b = &a->c->b;
    for (uint32_t k = 0; k < 2; k++)
        if (old->kind == ARG_VALUE && old->value == a->form->bodies[k]) return arg_value(a->bodies[k]);
    arg made = arg_map(b->graph, old, a->map);
    if ((old->kind != ARG_LIST && old->kind != ARG_TUPLE) || old->list != a->form->carries.list) return made;
    arg *items = arena_copy(b->graph->arena, made.list, made.count * sizeof *items);
    for (uint32_t i = 0; i < made.count; i++)
        if (a->carried[i]) items[i] = as_tensor(b, &items[i], dtype_of(a->carried[i]));
    made.list = items;
    return made;
}

static type new_type(const converter *c, const node *n, const uint8_t *results) {
    cot_graph *to = c->b.graph;
    type *parts = ARENA_ARRAY(to->arena, type, n->type.count);
    for (uint32_t i = 0; i < n->type.count; i++)
        parts[i] = results[i] ? type_tensor(to->arena, to->ctx->syms, dtype_of(results[i]), NULL, 0)
                              : type_copy(to->arena, &n->type.parts[i]);
    return type_tuple(to->arena, parts, n->type.count);
}

/* A call that simply calls has one body and all operands as they are. */
static void form_of(const node *n, control_form *form) {
    const control_hooks *hooks = n->op->record->control;
    if (!hooks->calls) {
        hooks->run(n, form);
        return;
    }
    const arg *operands = n->nargs > 2 ? n->args + 2 : n->args;
    *form = (control_form){.kind = CONTROL_BRANCH,
                           .bodies = {arg_as_value(&n->args[0]), NO_VALUE},
                           .rest = {.kind = ARG_TUPLE, .list = operands, .count = n->nargs > 2 ? n->nargs - 2u : 0}};
}

static bool is_control(const node *n) {
    const control_hooks *hooks = n->op->record ? n->op->record->control : NULL;
    return hooks && (hooks->run || hooks->calls) && n->nargs && n->type.kind == TYPE_TUPLE;
}

/* A number read out of a tensor that is no size: it can as well stay there. */
static bool is_item(const cot_graph *g, const node *n, const map *sized) {
    return n->op->record && (n->op->traits & OP_BINDS) && !(n->op->traits & OP_COMPOSITE) && is_number(&n->type) &&
           !sizing_has(sized, g->ctx->syms, &n->type);
}

/* A loop whose condition is False whatever it carries. */
static bool tests_constant(const cot_graph *condition) {
    const arg *a = condition ? &condition->output : NULL;
    while (a && (a->kind == ARG_LIST || a->kind == ARG_TUPLE)) a = a->count == 1 ? a->list : NULL;
    return a && a->kind == ARG_BOOL;
}

/* Whether a loop in the graph, or in a body of it, carries a number, or branches give one, or one is read. */
static bool has_numbers(const cot_graph *g, const map *sized) {
    for (value v = 0; g && v < g->nodes.count; v++) {
        if (is_item(g, graph_node(g, v), sized)) return true;
        if (!is_control(graph_node(g, v))) continue;
        const type *t = graph_type(g, v);
        control_form form;
        form_of(graph_node(g, v), &form);
        for (uint32_t i = 0; i < t->count; i++)
            if (is_number(&t->parts[i])) return true;
        for (uint32_t i = 0; i < form.carries.count; i++)
            if (form.carries.list[i].kind != ARG_VALUE) return true;
        if (form.kind == CONTROL_WHILE && tests_constant(body_of(g, form.bodies[0]))) return true;
    }
    for (uint32_t i = 0; g && i < g->children.count; i++)
        if (has_numbers(g->children.data[i].graph, sized)) return true;
    return false;
}

static value convert_control(converter *c, value v, const value *map) {
    builder *b = &c->b;
    const node *n = graph_node(c->from, v);
    control_form form;
    form_of(n, &form);
    uint8_t *results = ARENA_ARRAY(c->scratch, uint8_t, n->type.count);
    bool any = unknown_results(c, n, &form, results) || is_cell(c, &form.predicate);
    const uint32_t skip = form.kind == CONTROL_PREFIX ? form.xs.count : 0;
    const uint32_t count = form.carries.count + form.xs.count + form.rest.count;
    bool *inputs = ARENA_ARRAY(c->scratch, bool, count + skip);
    for (uint32_t i = 0; i < count; i++) {
        const bool carried = form.kind == CONTROL_WHILE && i < form.carries.count && results[i];
        inputs[skip + i] = carried || is_cell(c, operand_of(&form, i));
        any |= inputs[skip + i];
    }
    for (uint32_t k = 0; k < 2; k++) any |= has_numbers(body_of(c->from, form.bodies[k]), c->sized);
    any |= form.kind == CONTROL_WHILE && tests_constant(body_of(c->from, form.bodies[0]));
    if (!any) return NO_VALUE;
    value bodies[2] = {NO_VALUE, NO_VALUE};
    for (uint32_t k = 0; k < 2; k++) {
        const cot_graph *body = body_of(c->from, form.bodies[k]);
        if (!body || body->inputs.count != count + skip) continue;
        const bool is_test = form.kind == CONTROL_WHILE && k == 0;
        const uint8_t test = TYPE_BOOL;
        arg_list leaves = {0};
        arg_leaves(c->scratch, &body->output, &leaves);
        if (leaves.count != (is_test ? 1 : n->type.count)) continue; /* refused when it is planned */
        const char *name = convert_body(c, body, inputs, is_test ? &test : results, leaves.count);
        bodies[k] = emit_get_attr(b, name, NULL);
    }
    if (b->status) return NO_VALUE;
    arguments a = {.c = c, .form = &form, .map = map, .bodies = bodies, .carried = results};
    arg *args = ARENA_ARRAY(b->graph->arena, arg, n->nargs);
    for (uint32_t i = 0; i < n->nargs; i++) args[i] = new_argument(&a, &n->args[i]);
    const type t = new_type(c, n, results);
    const value made = emit_raw(b, n->op, args, n->nargs, &t, NULL);
    if (b->status) return NO_VALUE;
    b->graph->nodes.data[made].call = n->call;
    return made;
}

/* ---- the pass -------------------------------------------------------------------------------------------------- */

static value convert_input(converter *c, value v) {
    cot_graph *to = c->b.graph;
    const node *n = graph_node(c->from, v);
    const value made = graph_append_named(to, n->op, n->name);
    c->cell[v] = true;
    to->nodes.data[made].type = type_tensor(to->arena, to->ctx->syms, dtype_of(n->type.kind), NULL, 0);
    return made;
}

static bool input_becomes_tensor(const converter *c, value v) {
    const type *t = graph_type(c->from, v);
    if (!is_number(t)) return false;
    for (uint32_t i = 0; c->inputs && i < c->from->inputs.count; i++)
        if (c->from->inputs.data[i] == v) return c->inputs[i];
    return is_unknown(c, t) && !sizing_has(c->sized, c->from->ctx->syms, t);
}

static value convert_part(converter *c, value v, const value *map) {
    const node *n = graph_node(c->from, v);
    const value tuple = map[n->args[0].value];
    const int64_t index = arg_as_int(&n->args[1], -1);
    const type *t = TYPE_OF(&c->b, tuple);
    if (index < 0 || index >= t->count || !is_number(&n->type) || t->parts[index].kind != TYPE_TENSOR) return NO_VALUE;
    c->cell[v] = true;
    return emit_get(&c->b, tuple, (uint32_t)index);
}

static value convert_item(converter *c, value v, const value *map) {
    const node *n = graph_node(c->from, v);
    const value cell = emit(&c->b, "reshape", "vI", map[arg_as_value(&n->args[0])], NULL, 0u);
    c->cell[v] = true;
    return emit(&c->b, "_to_copy.default", "v,dtype=t", cell, (int)dtype_of(n->type.kind)); /* a value of its own */
}

static value replace(void *user, cot_graph *to, value v, const value *map) {
    converter *c = user;
    const node *n = graph_node(c->from, v);
    UNUSED(to);
    if (c->b.status) return NO_VALUE;
    c->b.flags = n->flags;
    if (n->op->kind == OP_PLACEHOLDER) return input_becomes_tensor(c, v) ? convert_input(c, v) : NO_VALUE;
    if (is_item(c->from, n, c->sized)) return convert_item(c, v, map);
    const bool moved = reads_any(n, c->moved);
    if (n->op->kind == OP_GETITEM) return moved ? call_again(c, v, map) : convert_part(c, v, map);
    if (n->op->kind == OP_GET_ATTR || !n->op->record) return NO_VALUE;
    c->b.place = c->from, c->b.place_node = v;
    if (is_control(n)) return convert_control(c, v, map);
    if (n->type.kind == TYPE_NONE && !n->op->record->on_numbers) return NO_VALUE; /* a check that numbers alone have */
    if (reads_any(n, c->cell)) return convert_call(c, v, map);
    return moved && n->op->has_schema ? call_again(c, v, map) : NO_VALUE;
}

/* What a body gives as a tensor, its constants among it. */
static void convert_outputs(converter *c, const uint8_t *outputs) {
    cot_graph *to = c->b.graph;
    arg_list was = {0}, leaves = {0};
    arg_leaves(c->scratch, &c->from->output, &was);
    arg_leaves(to->arena, &to->output, &leaves);
    for (uint32_t i = 0; i < leaves.count; i++)
        if (outputs[i] && is_number(&(type){.kind = kind_of(c, &was.data[i])}))
            leaves.data[i] = as_tensor(&c->b, &leaves.data[i], dtype_of(outputs[i]));
    to->output = (arg){.kind = ARG_TUPLE, .list = leaves.data, .count = leaves.count};
}

static cot_status convert(const cot_graph *from, const bool *inputs, const uint8_t *outputs, const binding *known,
                          const map *sized, cot_graph *to, cot_error *error) {
    arena *scratch = arena_create(from->ctx);
    converter c = {.from = from, .known = known, .sized = sized, .inputs = inputs, .scratch = scratch};
    c.cell = ARENA_ARRAY(scratch, bool, from->nodes.count);
    c.moved = ARENA_ARRAY(scratch, bool, from->nodes.count);
    builder_init(&c.b, to, error);
    c.b.decompose = true;
    graph_copy_replacing(from, NULL, replace, &c, to);
    if (!c.b.status && outputs) convert_outputs(&c, outputs);
    arena_destroy(scratch);
    return c.b.status;
}

/* Whether an input is such a number: a backward's, of the forward. */
static bool takes_numbers(const cot_graph *g, const binding *known, const map *sized) {
    const converter c = {.from = g, .known = known, .sized = sized};
    bool any = false;
    for (uint32_t i = 0; i < g->inputs.count && !any; i++) any = input_becomes_tensor(&c, g->inputs.data[i]);
    return any;
}

cot_status numbers_to_tensors(const cot_graph *g, const binding *known, const map *sized, cot_graph **out,
                              cot_error *error) {
    *out = NULL;
    if (!has_numbers(g, sized) && !takes_numbers(g, known, sized)) return COT_OK;
    cot_graph *to = graph_create_like(g, NULL);
    graph_copy_children(to, g);
    const cot_status status = convert(g, NULL, NULL, known, sized, to, error);
    if (status) graph_destroy(to);
    else *out = to;
    return status;
}
