/* SPDX-License-Identifier: MIT
 * schema.c — the schema of one call of a higher-order operator (PyTorch: gen_schema): its arguments flattened, named as
 * the record says, with those marked that its bodies write.
 *
 *     cond(Tensor pred, Any true_fn, Any false_fn, Tensor(a3!) operand0, Tensor operand1) -> ((Tensor)) */
#include "ops/control/control.h"

#include "base/error.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct schema {
    const cot_graph *graph;
    const node *call;
    arena *arena;
    text out;
    uint32_t count;      /* arguments so far */
    uint32_t operands;   /* of them, those that bodies take */
    const bool *written; /* by operand */
} schema;

/* ---- what bodies write ------------------------------------------------------------------------------------------- */

typedef struct writes {
    const cot_graph *body;
    uint32_t *source; /* by value: the input in whose memory it lies, UINT32_MAX */
    bool *written;    /* by input */
} writes;

static void find_writes(arena *a, const cot_graph *body, bool *written);

static void note_write(writes *w, const arg *a) {
    if (a->kind == ARG_VALUE && w->source[a->value] != UINT32_MAX) w->written[w->source[a->value]] = true;
}

/* A call in the body: what its bodies write of their inputs, it writes of its operands, which come last. */
static void note_inner(arena *a, writes *w, const node *n) {
    arg_list operands = {0};
    const cot_graph *inner = NULL;
    for (uint32_t i = 0; i < n->nargs; i++) arg_leaves(a, &n->args[i], &operands);
    for (uint32_t i = 0; i < n->nargs; i++) {
        const cot_graph *c = control_body(w->body, &n->args[i]);
        if (!c || c->inputs.count > operands.count) continue;
        inner = c;
        bool *written = ARENA_ARRAY(a, bool, c->inputs.count);
        find_writes(a, inner, written);
        for (uint32_t k = 0; k < c->inputs.count; k++)
            if (written[k]) note_write(w, &operands.data[operands.count - c->inputs.count + k]);
    }
}

static void find_writes(arena *a, const cot_graph *body, bool *written) {
    writes w = {body, ARENA_ARRAY(a, uint32_t, body->nodes.count), written};
    uint32_t inputs = 0;
    for (value v = 0; v < body->nodes.count; v++) {
        const node *n = graph_node(body, v);
        const bool lies = n->nargs && n->args[0].kind == ARG_VALUE &&
                          ((n->op->traits & (OP_VIEW | OP_MUTATES)) || n->op->kind == OP_GETITEM);
        w.source[v] = n->op->kind == OP_PLACEHOLDER ? inputs++ : lies ? w.source[n->args[0].value] : UINT32_MAX;
        for (uint32_t i = 0; n->op->has_schema && i < n->op->num_params; i++)
            if (n->op->params[i].writes) note_write(&w, &n->args[i]);
        if (n->op->traits & OP_CONTROL) note_inner(a, &w, n);
    }
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

static const char *type_name(const cot_graph *g, const arg *a) {
    const type *t = a->kind == ARG_VALUE ? graph_type(g, a->value) : NULL;
    if (t)
        return t->kind == TYPE_GRAPH   ? "Any"
               : t->kind == TYPE_INT   ? "SymInt"
               : t->kind == TYPE_BOOL  ? "SymBool"
               : t->kind == TYPE_FLOAT ? "float"
                                       : "Tensor";
    return a->kind == ARG_STRING  ? "str"
           : a->kind == ARG_INT   ? "int"
           : a->kind == ARG_BOOL  ? "bool"
           : a->kind == ARG_FLOAT ? "float"
           : a->kind == ARG_NONE  ? "NoneType"
                                  : "Any";
}

static void add_argument(schema *s, const char *name, const arg *a, bool operand) {
    const char *type = type_name(s->graph, a);
    if (s->count) text_add(&s->out, ", ");
    text_add(&s->out, type);
    if (operand && s->written[s->operands] && !strcmp(type, "Tensor")) text_printf(&s->out, "(a%u!)", s->count);
    text_printf(&s->out, " %s", name);
    s->operands += operand;
    s->count++;
}

/* "branch#_fn" and "operand": branch0_fn, operand0. */
static const char *numbered(arena *a, const char *name, uint32_t i) {
    const size_t before = strcspn(name, "#");
    return arena_printf(a, "%.*s%u%s", (int)before, name, i, name[before] ? name + before + 1 : "");
}

static cot_status add_arguments(schema *s, const char *at, cot_error *error) {
    const node *n = s->call;
    for (uint32_t i = 0; *at;) {
        const bool group = *at == '(' || *at == '[';
        at += group;
        const char *name = arena_string(s->arena, at, strcspn(at, "*, )]"));
        at += strlen(name);
        const bool rest = *at == '*';
        at += strspn(at, "*, )]");
        if (group && (i >= n->npos || !control_is_list(&n->args[i])))
            return fail(error, COT_SCHEMA, "%s: %s must be a list", n->op->name, name);
        for (uint32_t k = 0; group && k < n->args[i].count; k++)
            add_argument(s, numbered(s->arena, name, k), &n->args[i].list[k], !strchr(name, '#'));
        for (uint32_t k = 0; rest && i < n->npos; k++)
            add_argument(s, numbered(s->arena, name, k), &n->args[i++], true);
        if (!group && !rest && i < n->npos) add_argument(s, name, &n->args[i], false);
        i += !rest;
    }
    return COT_OK;
}

static void add_options(schema *s) {
    const node *n = s->call;
    bool any = false;
    for (uint32_t i = n->npos; n->kwnames && i < n->nargs; i++) {
        const arg *a = &n->args[i];
        const char *name = n->kwnames[i - n->npos];
        if (!strcmp(name, "mutated_arg_indices")) continue;
        text_printf(&s->out, "%s%s%s %s", s->count ? ", " : "", any ? "" : "*, ", type_name(s->graph, a), name);
        if (a->kind == ARG_STRING) text_printf(&s->out, "=\"%s\"", a->s);
        if (a->kind == ARG_INT) text_printf(&s->out, "=%lld", (long long)a->i);
        if (a->kind == ARG_BOOL) text_add(&s->out, a->i ? "=True" : "=False");
        if (a->kind == ARG_FLOAT) text_printf(&s->out, "=%g", a->f);
        s->count++;
        any = true;
    }
}

static void add_results(schema *s) {
    const type *t = &s->call->type;
    const uint32_t count = t->kind == TYPE_TUPLE ? t->count : t->kind != TYPE_NONE;
    text_add(&s->out, count == 1 ? ") -> ((" : ") -> (");
    for (uint32_t i = 0; i < count; i++) {
        const type *part = t->kind == TYPE_TUPLE ? &t->parts[i] : t;
        text_printf(&s->out, "%s%s", i ? ", " : "", part->kind == TYPE_TENSOR ? "Tensor" : "SymInt");
    }
    text_add(&s->out, count == 1 ? "))" : ")");
}

/* What a loop writes it says itself, by the numbers of its operands. */
static void read_indices(schema *s, bool *written, uint32_t count) {
    const node *n = s->call;
    for (uint32_t i = n->npos; n->kwnames && i < n->nargs; i++) {
        if (strcmp(n->kwnames[i - n->npos], "mutated_arg_indices") || n->args[i].kind != ARG_STRING) continue;
        for (const char *at = n->args[i].s; *at;) {
            char *end;
            const unsigned long k = strtoul(at, &end, 10);
            if (end != at && k < count) written[k] = true;
            at = end + (*end != '\0');
        }
    }
}

cot_status control_schema(const cot_graph *g, value v, arena *a, const char **out, cot_error *error) {
    const node *n = graph_node(g, v);
    const control_hooks *hooks = n->op->record->control;
    if (!hooks || !hooks->parameters)
        return graph_fail(
            g, v, error, COT_UNSUPPORTED,
            "HigherOrderOperator %s does not implement a gen_schema. This is OK as long as the hop is "
            "functional. e.g. it should not mutate its inputs and there are no input, output aliasing via "
            "views or direct referencing.",
            n->op->packet);
    arg_list all = {0};
    for (uint32_t i = 0; i < n->nargs; i++) arg_leaves(a, &n->args[i], &all);
    bool *written = ARENA_ARRAY(a, bool, all.count + 1);
    control_form form = {.kind = CONTROL_BRANCH};
    if (hooks->run) hooks->run(n, &form);
    schema s = {.graph = g, .call = n, .arena = a, .out = {.arena = a}, .written = written};
    read_indices(&s, written, all.count);
    const bool loops = form.kind == CONTROL_LOOP || form.kind == CONTROL_WHILE || form.kind == CONTROL_PREFIX;
    for (uint32_t i = 0; !loops && i < all.count; i++) {
        const cot_graph *body = control_body(g, &all.data[i]);
        if (body && body->inputs.count <= all.count) find_writes(a, body, written);
    }
    text_printf(&s.out, "%s(", n->op->packet);
    TRY(add_arguments(&s, hooks->parameters, error));
    add_options(&s);
    add_results(&s);
    *out = s.out.data;
    return COT_OK;
}
