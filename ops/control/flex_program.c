/* SPDX-License-Identifier: MIT
 * flex_program.c — a body of flex_attention as registers and tile instructions.
 *
 * The body is emitted anew with the types that its inputs really have (scores in f32 for 16-bit queries, captured
 * tensors as they lie), then each node becomes one of: a number in a register; a captured tensor, or a view of it that
 * begins at a place computed in a register; or, in a joint, a tensor of zeros but for a few such places. Views are then
 * nothing but the types of nodes: sizes and strides over the captured tensor, or over the zeros. */
#include "ops/control/flex_forms.h"

#include "base/error.h"
#include "ops/create.h"
#include "ops/pointwise.h"

#include <math.h>
#include <string.h>

bool flex_refuse(compiler *c, const char *why) {
    if (!c->why) c->why = why;
    return false;
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

static form number_form(uint16_t at) { return (form){.kind = FORM_NUMBER, .at = at}; }

/* A register with the dtype's own rounding. i32 is computed in 64 bits, as PyTorch has the coordinates. */
static void round_to(compiler *c, cot_dtype dtype) {
    if (dtype != COT_F32 && dtype != COT_F64 && dtype != COT_I64 && dtype != COT_I32) tile_round(&c->r.t, dtype);
}

bool flex_number_at(compiler *c, value v, uint16_t *out) {
    form *f = &c->forms.data[v];
    const type *t = type_at(c, v);
    if (f->kind == FORM_NUMBER) {
        *out = f->at;
        return true;
    }
    if (f->kind != FORM_BUFFER || !is_number_type(t))
        return flex_refuse(c, "it computes with a captured tensor as a whole");
    const cot_dtype dtype = (cot_dtype)t->dtype;
    if (dtype_is_complex(dtype)) return flex_refuse(c, "it reads complex numbers");
    const uint16_t place = f->at == FLEX_NONE ? tile_constant(&c->r.t, TILE_I64, integer(0)) : f->at;
    const tile_number p[TILE_MAX_IMMEDIATES] = {integer(c->body->captured[f->capture].at),
                                                integer(number_of(t->offset))};
    *out = tile_apply(&c->r.t, FLEX_gather, tile_class_of(dtype), &place, 1, p);
    c->r.t.code.data[c->r.t.code.count - 1].from = (uint8_t)dtype;
    *f = number_form(*out);
    return true;
}

/* The number that an operand is, where it is one before the program runs. */
static bool known_number(const compiler *c, const arg *a, tile_class class, tile_number *out) {
    const type *t = a->kind == ARG_VALUE ? type_at(c, a->value) : NULL;
    if (!t || (t->kind != TYPE_INT && t->kind != TYPE_BOOL)) return false;
    const binding none = {0};
    const int64_t known = dim_value(c->ctx->syms, t->expr, &none);
    const int64_t i = known == DIM_ERROR ? 1 : known;
    *out = class == TILE_I64 ? integer(i) : (tile_number){.f = (double)i};
    return true;
}

/* Whether a register computed in dtype `of` by this element holds 0 or 1. */
static bool gives_truth(uint32_t element, cot_dtype of) {
    return of != COT_BOOL || element == TILE_bitwise_and || element == TILE_bitwise_or || element == TILE_bitwise_xor ||
           element == TILE_logical_not;
}

static bool compile_pointwise(compiler *c, value v) {
    const node *n = graph_node(c->b.graph, v);
    const type *t = type_at(c, v);
    pointwise_call call;
    uint16_t x[TILE_MAX_OPERANDS];
    if (!is_number_type(t)) return flex_refuse(c, "it computes with more than one number at a time");
    if (!pointwise_describe(c->b.graph, n->op, n->args, c->own, &call))
        return flex_refuse(c, "it computes complex numbers");
    for (uint32_t i = 0; i < call.count; i++) {
        const int param = call.operands[i].param;
        tile_number known = call.operands[i].number;
        if (param < 0 || known_number(c, &n->args[param], call.class, &known)) {
            x[i] = tile_constant(&c->r.t, call.class, known);
            continue;
        }
        if (!flex_number_at(c, n->args[param].value, &x[i])) return false;
        x[i] = tile_cast(&c->r.t, x[i], call.class);
    }
    const cot_dtype dtype = (cot_dtype)t->dtype;
    c->forms.data[v] = number_form(tile_apply(&c->r.t, call.element, call.class, x, call.count, call.immediates));
    if (dtype != COT_BOOL || !gives_truth(call.element, call.dtype)) round_to(c, dtype);
    return true;
}

static uint16_t converted(compiler *c, uint16_t x, cot_dtype from, cot_dtype to) {
    if (from == to) return x;
    const tile_class class = tile_class_of(to);
    x = tile_cast(&c->r.t, x, class);
    if (to == COT_F32 || to == COT_F64 || to == COT_I64 || to == COT_I32) return x;
    x = tile_apply(&c->r.t, TILE_identity, class, &x, 1, NULL);
    round_to(c, to);
    return x;
}

/* A copy, or a copy in another dtype. */
static bool compile_copy(compiler *c, value v) {
    const node *n = graph_node(c->b.graph, v);
    const value from = arg_as_value(&n->args[0]);
    const form *f = &c->forms.data[from];
    const cot_dtype was = (cot_dtype)type_at(c, from)->dtype, is = (cot_dtype)type_at(c, v)->dtype;
    if (f->kind == FORM_SPARSE) {
        const type *t = type_at(c, from);
        term *terms = ARENA_ARRAY(c->own, term, f->num_terms);
        for (uint32_t i = 0; i < f->num_terms; i++)
            terms[i] = (term){converted(c, f->terms[i].value, was, is), flex_place_in_view(c, f->terms[i].place, t)};
        c->forms.data[v] = (form){.kind = FORM_SPARSE, .terms = terms, .num_terms = f->num_terms};
        return type_is_contiguous(type_at(c, v), c->ctx->syms) ||
               flex_refuse(c, "a gradient is not laid out row by row");
    }
    if (f->kind == FORM_BUFFER && !is_number_type(type_at(c, v))) {
        if (was != is) return flex_refuse(c, "it converts a captured tensor as a whole");
        c->forms.data[v] = *f;
        c->b.graph->nodes.data[v].type = *type_at(c, from);
        return true;
    }
    uint16_t x;
    if (!flex_number_at(c, from, &x)) return false;
    c->forms.data[v] = number_form(converted(c, x, was, is));
    return true;
}

static bool compile_constant(compiler *c, value v, const arg *number) {
    const type *t = type_at(c, v);
    const tile_class class = tile_class_of((cot_dtype)t->dtype);
    const double x = arg_as_float(number, 0);
    if (!is_number_type(t)) {
        if (x != 0) return flex_refuse(c, "it makes a tensor");
        c->forms.data[v] = (form){.kind = FORM_SPARSE};
        return true;
    }
    const tile_number k = class == TILE_I64 ? integer(arg_as_int(number, (int64_t)x)) : (tile_number){.f = x};
    c->forms.data[v] = number_form(tile_constant(&c->r.t, class, k));
    return true;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

static bool is_sparse(const compiler *c, const arg *a) {
    return a->kind == ARG_VALUE && c->forms.data[a->value].kind == FORM_SPARSE;
}

/* Operators that have a meaning of their own here. */
static bool compile_special(compiler *c, value v, bool *done) {
    const node *n = graph_node(c->b.graph, v);
    const char *name = n->op->name;
    static const char prefix[] = "torch.ops.";
    if (!strncmp(name, prefix, sizeof prefix - 1)) name += sizeof prefix - 1;
    *done = true;
    if (!strcmp(name, "aten.clone.default") || !strcmp(name, "aten._to_copy.default")) return compile_copy(c, v);
    if (!strcmp(name, "aten.index.Tensor")) return flex_index(c, v);
    if (!strcmp(name, "flex_lib.zeros_and_scatter.default"))
        return flex_scatter_at(c, v, &n->args[1], arg_as_value(&n->args[2]));
    if (!strcmp(name, "aten.index_put.default") && is_sparse(c, &n->args[0]) &&
        !c->forms.data[n->args[0].value].num_terms)
        return flex_scatter_at(c, v, &n->args[1], arg_as_value(&n->args[2]));
    if (!strcmp(name, "aten.select_backward.default")) return flex_slice_backward(c, v, true);
    if (!strcmp(name, "aten.slice_backward.default")) return flex_slice_backward(c, v, false);
    if (!strcmp(name, "aten.add.Tensor") && (is_sparse(c, &n->args[0]) || is_sparse(c, &n->args[1])))
        return flex_sum_of_sparse(c, v, arg_as_value(&n->args[0]), arg_as_value(&n->args[1]));
    if (!strcmp(name, "aten.sum.dim_IntList") && is_number_type(type_at(c, arg_as_value(&n->args[0]))))
        return flex_view(c, v);
    *done = false;
    return true;
}

static bool compile_node(compiler *c, value v) {
    const node *n = graph_node(c->b.graph, v);
    const op *o = n->op;
    bool done;
    if (n->type.kind == TYPE_INT || n->type.kind == TYPE_FLOAT || n->type.kind == TYPE_BOOL) return true;
    if (n->type.kind == TYPE_NONE && o->kind == OP_CALL) return true; /* checks */
    if (o->kind != OP_CALL && o->kind != OP_MAGIC)
        return flex_refuse(c, "it has a constant tensor or a part of a list");
    if (o->traits & (OP_CONTROL | OP_RANDOM | OP_EFFECT))
        return flex_refuse(c, "it calls a body or draws random numbers");
    if (n->type.kind != TYPE_TENSOR) return flex_refuse(c, "it computes a list");
    if (!compile_special(c, v, &done)) return false;
    if (done) return true;
    const arg *number = create_number(o, n->args);
    if (number) return compile_constant(c, v, number);
    if (o->record->prepare == pointwise_prepare) return compile_pointwise(c, v);
    if ((o->traits & (OP_VIEW | OP_RECOMPUTE_FREE)) && !(o->traits & OP_COMPOSITE)) return flex_view(c, v);
    return flex_refuse(c, arena_printf(c->own, "%s is neither pointwise nor a view", o->name));
}

/* Forms of what has been emitted since. */
static bool compile_new_nodes(compiler *c) {
    while (c->forms.count < c->b.graph->nodes.count) {
        const value v = c->forms.count;
        *VEC_PUSH(c->own, &c->forms) = (form){.at = FLEX_NONE};
        if (graph_node(c->b.graph, v)->op->kind != OP_PLACEHOLDER && !compile_node(c, v)) return false;
    }
    return true;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* The input of the body that this flex_input is, -1: none. */
static int input_index(flex_kind kind, flex_input input) {
    if (kind == FLEX_MASK_MOD) return input == FLEX_SCORE || input == FLEX_GRAD ? -1 : (int)input - 1;
    return input == FLEX_GRAD && kind == FLEX_SCORE_MOD ? -1 : (int)input;
}

static void add_coordinates(compiler *c, value *map) {
    static const uint8_t levels[FLEX_INPUTS] = {
        [FLEX_SCORE] = FLEX_ELEMENT, [FLEX_GRAD] = FLEX_ELEMENT, [FLEX_M] = FLEX_ROW, [FLEX_N] = FLEX_COLUMN};
    const cot_graph *g = c->body->graph;
    memcpy(c->r.levels, levels, sizeof levels);
    for (uint32_t i = 0; i < FLEX_INPUTS; i++) {
        const int at = input_index(c->body->kind, i);
        c->r.in[i] = FLEX_NONE;
        if (at < 0) continue;
        const bool number = levels[i] == FLEX_ELEMENT;
        const cot_dtype dtype = number ? c->body->dtype : COT_I32;
        const type t = type_tensor(c->own, c->ctx->syms, dtype, NULL, 0);
        map[g->inputs.data[at]] = emit_placeholder(&c->b, "arg", &t);
        *VEC_PUSH(c->r.t.arena, &c->r.t.classes) = (uint8_t)(number ? tile_class_of(dtype) : TILE_I64);
        c->r.in[i] = (uint16_t)(c->r.t.classes.count - 1);
        *VEC_PUSH(c->own, &c->forms) = number_form(c->r.in[i]);
    }
}

static bool add_captured(compiler *c, value *map) {
    const cot_graph *g = c->body->graph;
    const uint32_t first = flex_first_captured(c->body->kind);
    if (g->inputs.count != first + c->body->num_captured) return flex_refuse(c, "it does not take what is given to it");
    for (uint32_t i = 0; i < c->body->num_captured; i++) {
        const flex_capture *x = &c->body->captured[i];
        type t = x->type;
        if (t.kind == TYPE_NONE && x->number.kind == ARG_INT) t = type_int(x->number.i);
        map[g->inputs.data[first + i]] = emit_placeholder(&c->b, "arg", &t);
        *VEC_PUSH(c->own, &c->forms) =
            (form){.kind = t.kind == TYPE_TENSOR ? FORM_BUFFER : FORM_NOTHING, .capture = i, .at = FLEX_NONE};
    }
    return true;
}

static bool add_nodes(compiler *c, value *map) {
    const cot_graph *g = c->body->graph;
    for (value v = 0; v < g->nodes.count; v++) {
        const node *n = graph_node(g, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        if (!n->op->has_schema) return flex_refuse(c, "it calls a body, or something that is not known");
        arg *args = ARENA_ARRAY(c->own, arg, n->nargs);
        for (uint32_t i = 0; i < n->nargs; i++) args[i] = arg_map(c->b.graph, &n->args[i], map);
        map[v] = emit_bound(&c->b, n->op, args, NULL);
        if (c->b.status) return flex_refuse(c, "its operators do not fit the tensors it captured");
        if (!compile_new_nodes(c)) return false;
    }
    return true;
}

/* A value as the numbers that scores are. */
static bool score_at(compiler *c, value v, uint16_t *out) {
    const tile_class class = tile_class_of(c->body->dtype);
    if (!flex_number_at(c, v, out)) return false;
    *out = tile_cast(&c->r.t, *out, class);
    return true;
}

static bool add_gradients(compiler *c, const arg_list *outputs, const value *map) {
    for (uint32_t i = 0; i < c->body->num_captured; i++) {
        const uint32_t at = 5 + i;
        const term *terms;
        uint32_t count;
        if (at >= outputs->count || outputs->data[at].kind != ARG_VALUE) continue;
        if (!flex_terms_of(c, map[outputs->data[at].value], &terms, &count)) return false;
        for (uint32_t k = 0; k < count; k++)
            *VEC_PUSH(c->own, &c->r.scatters) =
                (flex_scatter){.value = tile_cast(&c->r.t, terms[k].value, tile_class_of(c->body->dtype)),
                               .place = terms[k].place,
                               .first = c->body->totals ? c->body->totals[i] : 0};
    }
    return true;
}

static bool make_registers(compiler *c) {
    const cot_graph *g = c->body->graph;
    value *map = ARENA_ARRAY(c->own, value, g->nodes.count);
    for (value v = 0; v < g->nodes.count; v++) map[v] = NO_VALUE;
    arg_list outputs = {0};
    arg_leaves(c->own, &g->output, &outputs);
    if (!outputs.count || outputs.data[0].kind != ARG_VALUE) return flex_refuse(c, "it does not return a tensor");
    add_coordinates(c, map);
    if (!add_captured(c, map) || !add_nodes(c, map)) return false;
    const value out = map[outputs.data[0].value];
    if (c->body->kind == FLEX_MASK_MOD) {
        if (!flex_number_at(c, out, &c->r.out)) return false;
        if (c->r.t.classes.data[c->r.out] != TILE_I64) {
            const uint16_t x[2] = {c->r.out,
                                   tile_constant(&c->r.t, c->r.t.classes.data[c->r.out], (tile_number){.f = 0})};
            c->r.out =
                tile_cast(&c->r.t, tile_apply(&c->r.t, TILE_ne, c->r.t.classes.data[c->r.out], x, 2, NULL), TILE_I64);
        }
        return true;
    }
    if (!score_at(c, out, &c->r.out)) return false;
    return c->body->kind != FLEX_JOINT || add_gradients(c, &outputs, map);
}

static flex_answer plain_answer(const compiler *c) {
    const flex_registers *r = &c->r;
    if (c->body->kind == FLEX_SCORE_MOD) return r->out == r->in[FLEX_SCORE] ? FLEX_IS_PLAIN : FLEX_IS_PROGRAM;
    if (c->body->kind == FLEX_JOINT)
        return r->out == r->in[FLEX_GRAD] && !r->scatters.count ? FLEX_IS_PLAIN : FLEX_IS_PROGRAM;
    for (uint32_t i = 0; i < r->t.fills.count; i++)
        if (r->t.fills.data[i].value == r->out) return r->t.fills.data[i].number.i ? FLEX_IS_PLAIN : FLEX_IS_NOTHING;
    return FLEX_IS_PROGRAM;
}

flex_answer flex_compile(cot_context *ctx, const flex_body *body, arena *arena, flex_program *program,
                         const char **why) {
    cot_graph *g = graph_create(ctx, "flex");
    cot_error error;
    compiler c = {.body = body, .ctx = ctx, .own = g->arena};
    builder_init(&c.b, g, &error);
    c.b.decompose = true;
    c.r.t.arena = g->arena;
    flex_answer answer = FLEX_IS_NEITHER;
    if (make_registers(&c)) {
        answer = plain_answer(&c);
        flex_program finished;
        if (answer == FLEX_IS_PROGRAM &&
            !flex_finish(&c.r, program ? arena : g->arena, program ? program : &finished)) {
            answer = FLEX_IS_NEITHER;
            c.why = "it is too long";
        }
    }
    if (answer == FLEX_IS_NEITHER) *why = arena_string(arena, c.why, strlen(c.why));
    graph_destroy(g);
    return answer;
}
