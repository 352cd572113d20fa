/* SPDX-License-Identifier: MIT
 * value.c — what a public value stands for, and structures of values: made, taken apart, flattened and rebuilt. */
#include "capture/capture.h"

cot_value value_handle(cot_builder *b, handle h) {
    *VEC_PUSH(b->b.graph->arena, &b->writing->handles) = h;
    return b->writing->handles.count - 1;
}

cot_value value_public(cot_builder *b, value v) {
    return v == NO_VALUE ? COT_NO_VALUE
                         : value_handle(b, (handle){.kind = HANDLE_VALUE, .scope = b->scope, .value = v});
}

const handle *value_find(cot_builder *b, cot_value v) {
    if (v < b->writing->handles.count) return &b->writing->handles.data[v];
    if (v == COT_NO_VALUE) builder_fail(&b->b, COT_INVALID, "a value is missing");
    else builder_fail(&b->b, COT_INVALID, "value %u is no value of this builder", v);
    return NULL;
}

bool value_is_structure(const handle *h) { return h->kind >= HANDLE_LIST && h->kind <= HANDLE_DICT; }

/* The value in the graph of b, which lies at or inside its owner: threaded through every body between (CAP-07). */
static value bring_in(cot_builder *b, const cot_builder *owner, value v) {
    if (b == owner) return v;
    const value outside = bring_in(b->outer, owner, v);
    return outside == NO_VALUE ? NO_VALUE : lift_value(b, outside);
}

static value resolve_handle(cot_builder *b, const handle *h) {
    const cot_builder *owner = b;
    while (owner && owner->scope != h->scope) owner = owner->outer;
    if (owner) return bring_in(b, owner, h->value);
    builder_fail(&b->b, COT_INVALID, "a value of a body is used outside it: return it from the body instead");
    return NO_VALUE;
}

value value_resolve(cot_builder *b, cot_value v) {
    const handle *h = value_find(b, v);
    if (!h) return NO_VALUE;
    if (h->kind == HANDLE_VALUE) return resolve_handle(b, h);
    builder_fail(&b->b, COT_INVALID,
                 value_is_structure(h) ? "a structure stands where one value is expected"
                                       : "a constant stands where a tensor is expected");
    return NO_VALUE;
}

arg value_argument(cot_builder *b, cot_value v) {
    if (v == COT_NO_VALUE) return arg_none();
    const handle *h = value_find(b, v);
    if (!h) return arg_none();
    switch ((handle_kind)h->kind) {
    case HANDLE_VALUE: return arg_value(resolve_handle(b, h));
    case HANDLE_NONE: return arg_none();
    case HANDLE_INT: return arg_int(h->integer);
    case HANDLE_REAL: return arg_float(h->real);
    case HANDLE_BOOL: return arg_bool(h->integer);
    case HANDLE_TEXT: return arg_string(h->text);
    case HANDLE_CELL: return value_argument(b, h->content);
    case HANDLE_LIST:
    case HANDLE_TUPLE:
    case HANDLE_DICT: break;
    }
    public_list leaves = {0};
    const uint8_t kind = h->kind == HANDLE_LIST ? ARG_LIST : ARG_TUPLE;
    value_leaves(b, v, &leaves);
    arg *items = ARENA_ARRAY(b->b.graph->arena, arg, leaves.count);
    for (uint32_t i = 0; i < leaves.count; i++) items[i] = value_argument(b, leaves.data[i]);
    return (arg){.kind = kind, .list = items, .count = leaves.count};
}

cot_value value_of_argument(cot_builder *b, const arg *a) {
    switch ((arg_kind)a->kind) {
    case ARG_VALUE: return value_public(b, a->value);
    case ARG_INT: return value_handle(b, (handle){.kind = HANDLE_INT, .integer = a->i});
    case ARG_BOOL: return value_handle(b, (handle){.kind = HANDLE_BOOL, .integer = a->i});
    case ARG_FLOAT: return value_handle(b, (handle){.kind = HANDLE_REAL, .real = a->f});
    default: return COT_NO_VALUE;
    }
}

void value_leaves(cot_builder *b, cot_value v, public_list *out) {
    const handle *h = v == COT_NO_VALUE ? NULL : value_find(b, v);
    if (h && value_is_structure(h)) {
        const handle structure = *h;
        for (uint32_t i = 0; i < structure.count; i++) value_leaves(b, structure.items[i], out);
        return;
    }
    *VEC_PUSH(b->b.graph->arena, out) = v;
}

cot_value value_map(cot_builder *b, cot_value v, cot_value (*each)(void *user, cot_value leaf), void *user) {
    const handle *h = v == COT_NO_VALUE ? NULL : value_find(b, v);
    if (!h || !value_is_structure(h)) return each(user, v);
    handle copy = *h;
    cot_value *items = ARENA_ARRAY(b->b.graph->arena, cot_value, copy.count);
    for (uint32_t i = 0; i < copy.count; i++) items[i] = value_map(b, copy.items[i], each, user);
    copy.items = items;
    return value_handle(b, copy);
}

/* ---- the public functions ---------------------------------------------------------------------------------------- */

static cot_value constant(cot_builder *b, handle h) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value v = value_handle(b, h);
    UNGUARDED();
    return v;
}

cot_value cot_none(cot_builder *b) { return constant(b, (handle){.kind = HANDLE_NONE}); }
cot_value cot_int(cot_builder *b, int64_t i) { return constant(b, (handle){.kind = HANDLE_INT, .integer = i}); }
cot_value cot_real(cot_builder *b, double x) { return constant(b, (handle){.kind = HANDLE_REAL, .real = x}); }
cot_value cot_bool(cot_builder *b, int flag) {
    return constant(b, (handle){.kind = HANDLE_BOOL, .integer = flag != 0});
}

cot_value cot_text(cot_builder *b, const char *text) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value v =
        value_handle(b, (handle){.kind = HANDLE_TEXT, .text = arena_string(b->b.graph->arena, text, strlen(text))});
    UNGUARDED();
    return v;
}

static cot_value structure(cot_builder *b, uint8_t kind, const char *const *keys, const cot_value *items,
                           uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    arena *a = b->b.graph->arena;
    const char **kept = keys ? ARENA_ARRAY(a, const char *, count) : NULL;
    for (uint32_t i = 0; kept && i < count; i++) kept[i] = arena_string(a, keys[i], strlen(keys[i]));
    const cot_value *copy = arena_copy(a, items, count * sizeof *items);
    const cot_value v = value_handle(b, (handle){.kind = kind, .count = count, .items = copy, .keys = kept});
    UNGUARDED();
    return v;
}

cot_value cot_list(cot_builder *b, const cot_value *items, uint32_t count) {
    return structure(b, HANDLE_LIST, NULL, items, count);
}
cot_value cot_tuple(cot_builder *b, const cot_value *items, uint32_t count) {
    return structure(b, HANDLE_TUPLE, NULL, items, count);
}
cot_value cot_dict(cot_builder *b, const char *const *keys, const cot_value *items, uint32_t count) {
    return structure(b, HANDLE_DICT, keys, items, count);
}

uint32_t cot_count(const cot_builder *b, cot_value v) {
    if (v >= b->writing->handles.count) return 0;
    const handle *h = &b->writing->handles.data[v];
    return value_is_structure(h) ? h->count : 1;
}

static cot_value part(cot_builder *b, cot_value whole, uint32_t index) {
    const handle *h = value_find(b, whole);
    if (!h) return COT_NO_VALUE;
    if (h->kind != HANDLE_VALUE && !value_is_structure(h) && index == 0) return whole;
    if (value_is_structure(h)) {
        if (index < h->count) return h->items[index];
        builder_fail(&b->b, COT_INVALID, "part %u of a value with %u parts", index, h->count);
        return COT_NO_VALUE;
    }
    const value own = value_resolve(b, whole);
    if (own == NO_VALUE) return COT_NO_VALUE;
    const type *t = graph_type(b->b.graph, own);
    if (t->kind == TYPE_TUPLE ? index < t->count : index == 0) return value_public(b, emit_get(&b->b, own, index));
    builder_fail(&b->b, COT_INVALID, "part %u of a value with %u parts", index, t->kind == TYPE_TUPLE ? t->count : 1);
    return COT_NO_VALUE;
}

cot_value cot_part(cot_builder *b, cot_value whole, uint32_t index) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value v = part(b, whole, index);
    UNGUARDED();
    return v;
}

cot_value cot_field(cot_builder *b, cot_value dict, const char *key) {
    GUARDED(b, COT_NO_VALUE);
    const handle *h = value_find(b, dict);
    cot_value v = COT_NO_VALUE;
    for (uint32_t i = 0; h && h->kind == HANDLE_DICT && i < h->count && v == COT_NO_VALUE; i++)
        if (!strcmp(h->keys[i], key)) v = h->items[i];
    if (v == COT_NO_VALUE) builder_fail(&b->b, COT_INVALID, "there is no field '%s'", key);
    UNGUARDED();
    return v;
}

/* ---- structs of C ------------------------------------------------------------------------------------------------ */

cot_value cot_struct(cot_builder *b, const cot_member *members, uint32_t count, const void *object) {
    GUARDED(b, COT_NO_VALUE);
    const char **keys = ARENA_ARRAY(b->b.graph->arena, const char *, count);
    cot_value *items = ARENA_ARRAY(b->b.graph->arena, cot_value, count);
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = members[i].name;
        memcpy(&items[i], (const char *)object + members[i].offset, sizeof items[i]);
    }
    UNGUARDED();
    return cot_dict(b, keys, items, count);
}

void cot_struct_read(cot_builder *b, cot_value dict, const cot_member *members, uint32_t count, void *object) {
    for (uint32_t i = 0; i < count; i++) {
        const cot_value v = cot_field(b, dict, members[i].name);
        memcpy((char *)object + members[i].offset, &v, sizeof v);
    }
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

cot_value cot_cell(cot_builder *b, cot_value content) {
    return constant(b, (handle){.kind = HANDLE_CELL, .scope = b->scope, .content = content});
}

static handle *find_cell(cot_builder *b, cot_value cell) {
    const handle *h = value_find(b, cell);
    if (h && h->kind == HANDLE_CELL) return &b->writing->handles.data[cell];
    builder_fail(&b->b, COT_INVALID, "value %u is no cell", cell);
    return NULL;
}

cot_value cot_cell_get(cot_builder *b, cot_value cell) {
    GUARDED(b, COT_NO_VALUE);
    const handle *h = find_cell(b, cell);
    UNGUARDED();
    return h ? h->content : COT_NO_VALUE;
}

void cot_cell_set(cot_builder *b, cot_value cell, cot_value content) {
    GUARDED(b, );
    handle *h = find_cell(b, cell);
    cot_builder *owner = b;
    while (h && owner && owner->scope != h->scope) owner = owner->outer;
    if (h && !owner) builder_fail(&b->b, COT_INVALID, "a cell of a body is used outside it");
    else if (h && builder_in_scope(owner)) h->content = content;
    UNGUARDED();
}
