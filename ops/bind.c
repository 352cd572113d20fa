/* SPDX-License-Identifier: MIT
 * bind.c — from arguments as written to arguments by schema parameter, and which overload takes them. */
#include "ops/emit.h"

#include <stdio.h>
#include <string.h>

/* How strictly arguments are held against parameter types: a Python number may stand for a tensor where the operator
 * promotes, which FX text prints as it is ("add.Tensor(x, 2.0)"). */
typedef enum strictness { STRICT, NUMBERS_AS_TENSORS } strictness;

static bool is_list(const arg *a) { return a->kind == ARG_LIST || a->kind == ARG_TUPLE; }

static bool is_number(const cot_graph *g, const arg *a) {
    if (a->kind != ARG_VALUE)
        return a->kind == ARG_INT || a->kind == ARG_FLOAT || a->kind == ARG_BOOL || a->kind == ARG_COMPLEX;
    uint8_t kind = graph_type(g, a->value)->kind;
    return kind == TYPE_INT || kind == TYPE_FLOAT || kind == TYPE_BOOL;
}

static bool is_tensor(const cot_graph *g, const arg *a) {
    return a->kind == ARG_VALUE && graph_type(g, a->value)->kind == TYPE_TENSOR;
}

/* Does one item fit a parameter's item type? */
static bool fits(const cot_graph *g, const param *p, const arg *a, strictness mode) {
    uint8_t value = a->kind == ARG_VALUE ? graph_type(g, a->value)->kind : TYPE_NONE;
    switch ((param_type)p->type) {
    case PARAM_TENSOR: /* a view is of a tensor, and what is written is one */
        return is_tensor(g, a) || (mode == NUMBERS_AS_TENSORS && !p->alias && is_number(g, a));
    case PARAM_INT: return a->kind == ARG_INT || a->kind == ARG_BOOL || value == TYPE_INT || value == TYPE_BOOL;
    case PARAM_FLOAT: return a->kind != ARG_COMPLEX && is_number(g, a);
    case PARAM_BOOL: return a->kind == ARG_BOOL || value == TYPE_BOOL || (mode != STRICT && a->kind == ARG_INT);
    case PARAM_SCALAR: return is_number(g, a);
    case PARAM_STRING: return a->kind == ARG_STRING;
    case PARAM_DTYPE: return a->kind == ARG_DTYPE;
    case PARAM_LAYOUT:
    case PARAM_MEMORY_FORMAT: return a->kind == ARG_CONST;
    case PARAM_DEVICE: return a->kind == ARG_DEVICE || a->kind == ARG_STRING;
    default: return false;
    }
}

static bool fits_list(const cot_graph *g, const param *p, const arg *a, strictness mode) {
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->list[i].kind == ARG_NONE && p->item_optional) continue;
        if (!fits(g, p, &a->list[i], mode)) return false;
    }
    return true;
}

/* int[2] given 3 means [3, 3]. */
static arg spread(const cot_graph *g, const param *p, const arg *a) {
    uint32_t count = MAX(p->fixed, 1);
    arg *items = ARENA_ARRAY(g->arena, arg, count);
    for (uint32_t i = 0; i < count; i++) items[i] = *a;
    return arg_list_of(items, count);
}

static bool bind_one(const cot_graph *g, const param *p, const arg *a, strictness mode, arg *out) {
    *out = *a;
    if (a->kind == ARG_NONE) return p->optional || (p->has_default && p->default_value.kind == ARG_NONE);
    if (!p->list) return fits(g, p, a, mode);
    if (is_list(a)) {
        out->kind = ARG_LIST;
        if (a->kind == ARG_TUPLE) out->flags |= ARG_WAS_TUPLE;
        return fits_list(g, p, a, mode);
    }
    bool spreads = p->type != PARAM_TENSOR && (mode != STRICT || p->fixed) && fits(g, p, a, mode);
    if (spreads) *out = spread(g, p, a);
    return spreads;
}

/* ---- messages --------------------------------------------------------------------------------------------------- */

static const char *param_type_name(const param *p) {
    static const char *const names[] = {"Tensor",  "int",    "float",  "bool",          "number",    "str",
                                        "dtype",   "layout", "device", "memory format", "generator", "dimension name",
                                        "storage", "stream"};
    return p->type < COUNT_OF(names) ? names[p->type] : "value";
}

static const char *arg_kind_name(const cot_graph *g, const arg *a) {
    static const char *const names[] = {
        [ARG_NONE] = "None",     [ARG_INT] = "int",         [ARG_FLOAT] = "float",
        [ARG_BOOL] = "bool",     [ARG_COMPLEX] = "complex", [ARG_STRING] = "str",
        [ARG_BYTES] = "bytes",   [ARG_DTYPE] = "dtype",     [ARG_CONST] = "torch constant",
        [ARG_DEVICE] = "device", [ARG_LIST] = "list",       [ARG_TUPLE] = "tuple",
        [ARG_DICT] = "dict",     [ARG_SLICE] = "slice",     [ARG_ELLIPSIS] = "...",
        [ARG_OP] = "operator",   [ARG_CALL] = "expression",
    };
    static const char *const types[] = {"a value that is no tensor", "Tensor", "Sym", "Sym", "Sym",
                                        "tuple of values",           "graph"};
    if (a->kind == ARG_VALUE) return types[graph_type(g, a->value)->kind];
    return a->kind < COUNT_OF(names) && names[a->kind] ? names[a->kind] : "value";
}

static cot_status say_type(const cot_graph *g, const param *p, uint32_t i, const arg *a, char *why, size_t bytes) {
    const char *found = arg_kind_name(g, a);
    if (p->list && is_list(a))
        for (uint32_t k = 0; k < a->count; k++)
            if (!fits(g, p, &a->list[k], NUMBERS_AS_TENSORS)) {
                snprintf(why, bytes, "argument %u ('%s'): expected %s as item %u of the list, found %s", i + 1, p->name,
                         param_type_name(p), k, arg_kind_name(g, &a->list[k]));
                return COT_SCHEMA;
            }
    snprintf(why, bytes, "argument %u ('%s'): expected %s%s%s, found %s", i + 1, p->name, p->list ? "a list of " : "",
             param_type_name(p), p->optional ? " or None" : "", found);
    return COT_SCHEMA;
}

static cot_status say_count(const op *o, uint32_t npos, char *why, size_t bytes) {
    uint32_t positional = 0;
    while (positional < o->num_params && !o->params[positional].keyword_only) positional++;
    snprintf(why, bytes, "expected at most %u positional argument%s, found %u", positional, positional == 1 ? "" : "s",
             npos);
    return COT_SCHEMA;
}

/* ---- binding ---------------------------------------------------------------------------------------------------- */

typedef struct binder {
    const cot_graph *g;
    const op *o;
    strictness mode;
    arg *bound;
    uint64_t given;
    char *why;
    size_t why_bytes;
} binder;

static cot_status bind_param(binder *b, uint32_t i, const arg *a) {
    const param *p = &b->o->params[i];
    if (b->given >> i & 1) {
        snprintf(b->why, b->why_bytes, "argument '%s' is given twice", p->name);
        return COT_SCHEMA;
    }
    b->given |= (uint64_t)1 << i;
    return bind_one(b->g, p, a, b->mode, &b->bound[i]) ? COT_OK : say_type(b->g, p, i, a, b->why, b->why_bytes);
}

static cot_status bind_keyword(binder *b, const char *name, const arg *a, uint32_t *kwmask) {
    int i = op_param(b->o, name);
    if (i < 0) {
        snprintf(b->why, b->why_bytes, "there is no parameter '%s'", name);
        return COT_SCHEMA;
    }
    *kwmask |= (uint32_t)1 << i;
    return bind_param(b, (uint32_t)i, a);
}

static cot_status bind_defaults(binder *b) {
    for (uint32_t i = 0; i < b->o->num_params; i++) {
        const param *p = &b->o->params[i];
        if (b->given >> i & 1) continue;
        b->bound[i] = p->default_value;
        if (p->has_default || (p->optional && p->keyword_only)) continue;
        snprintf(b->why, b->why_bytes, "argument %u ('%s') is missing: the schema is %s", i + 1, p->name,
                 b->o->record->schema);
        return COT_SCHEMA;
    }
    return COT_OK;
}

static cot_status bind(binder *b, const arg *pos, uint32_t npos, const arg *kw, const char *const *kwnames,
                       uint32_t nkw, uint32_t *kwmask) {
    *kwmask = 0;
    if (npos > b->o->num_params || (npos && b->o->params[npos - 1].keyword_only))
        return say_count(b->o, npos, b->why, b->why_bytes);
    for (uint32_t i = 0; i < npos; i++) TRY(bind_param(b, i, &pos[i]));
    for (uint32_t i = 0; i < nkw; i++) TRY(bind_keyword(b, kwnames[i], &kw[i], kwmask));
    return bind_defaults(b);
}

cot_status bind_args(const cot_graph *g, const op *o, const arg *pos, uint32_t npos, const arg *kw,
                     const char *const *kwnames, uint32_t nkw, arg *bound, uint32_t *kwmask, char *why,
                     size_t why_bytes) {
    binder b = {.g = g, .o = o, .mode = NUMBERS_AS_TENSORS, .bound = bound, .why = why, .why_bytes = why_bytes};
    return bind(&b, pos, npos, kw, kwnames, nkw, kwmask);
}

/* ---- choosing an overload --------------------------------------------------------------------------------------- */

/* Operators whose ".Tensor" overload PyTorch calls for Python numbers as well, though a ".Scalar" one exists. */
static bool prefers_tensor_overload(const op *o) {
    static const char *const packets[] = {"add",      "sub",      "mul",         "div",          "divide",
                                          "multiply", "subtract", "true_divide", "floor_divide", "add_",
                                          "sub_",     "mul_",     "div_",        "floor_divide_"};
    for (size_t i = 0; i < COUNT_OF(packets); i++)
        if (!strcmp(packets[i], o->packet)) return !strncmp(o->overload, "Tensor", 6);
    return false;
}

/* Was `o` found by a name that says which overload? */
static bool names_overload(const op *o, const char *name) {
    const char *last = strrchr(name, '.');
    return strcmp(last ? last + 1 : name, o->packet) != 0;
}

const op *op_select(const cot_graph *g, const char *packet, const arg *pos, uint32_t npos, const arg *kw,
                    const char *const *kwnames, uint32_t nkw) {
    char why[256];
    uint32_t kwmask;
    const op *first = op_find(g->ctx, packet);
    if (!first || !first->has_schema || names_overload(first, packet)) return first;
    uint32_t most = 0;
    for (const op *o = first; o; o = o->next) most = MAX(most, o->num_params);
    arg *bound = ARENA_ARRAY(g->arena, arg, most);
    for (int round = 0; round < 3; round++) {
        for (const op *o = first; o; o = o->next) {
            if (round == 0 && !prefers_tensor_overload(o)) continue;
            binder b = {.g = g,
                        .o = o,
                        .mode = round == 1 ? STRICT : NUMBERS_AS_TENSORS,
                        .bound = bound,
                        .why = why,
                        .why_bytes = sizeof why};
            if (bind(&b, pos, npos, kw, kwnames, nkw, &kwmask) == COT_OK) return o;
        }
    }
    return NULL;
}
