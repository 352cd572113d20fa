/* SPDX-License-Identifier: MIT
 * table.c — all operators of a context: the records of every family, their derived forms, and finding them by name.
 *
 * Names are hashed without their "torch.ops." prefix ("aten.add.Tensor"); a packet ("aten.add") leads to its overload
 * "default", else to the first one listed. */
#include "ops/op.h"
#include "ops/schema.h"

#include "base/error.h"
#include "base/map.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define FAMILY(name)                                                                                                   \
    extern const op_record ops_##name[];                                                                               \
    extern const uint32_t ops_##name##_count;
#include "ops/families.def"
#undef FAMILY

static const op_record structure[] = {
    {.schema = "cot::placeholder"},
    {.schema = "cot::get_attr"},
    {.schema = "_operator::getitem", .traits = OP_RECOMPUTE_FREE},
    {.schema = "cot::pack", .traits = OP_PACK | OP_RECOMPUTE_FREE},
};

struct op_table {
    arena *arena;
    VEC(op *) ops; /* by id */
    map names;     /* "aten.add.Tensor" → id */
    map packets;   /* "aten.add" → id of the first overload in its chain */
    const op *placeholder, *get_attr, *getitem;
};

static const char *key_of(const char *name) { return strncmp(name, "torch.ops.", 10) ? name : name + 10; }

static bool has_inplace(const op *o) {
    return (o->record->traits & (OP_POINTWISE | OP_HAS_INPLACE)) && o->has_schema && o->num_params &&
           o->num_returns == 1 && o->params[0].type == PARAM_TENSOR && !o->params[0].list && !o->params[0].writes &&
           !o->returns[0].list;
}

static bool has_copy(const op *o) { return o->record->traits & OP_HAS_COPY; }

/* Puts the overload into its packet's chain; "default" goes first, others last. */
static void chain_overload(op_table *t, op *o) {
    const char *packet = arena_printf(t->arena, "%s.%s", o->namespace_, o->packet);
    uint32_t first = map_get(&t->packets, packet);
    if (first == MAP_NONE || !strcmp(o->overload, "default")) {
        o->next = first == MAP_NONE ? NULL : t->ops.data[first];
        map_set(&t->packets, packet, o->id);
        return;
    }
    op *last = t->ops.data[first];
    while (last->next) last = t->ops.data[last->next->id];
    last->next = o;
}

/* NULL when the schema does not parse or the name is taken. */
static op *add(op_table *t, const op_record *record, schema_form form) {
    op *o = ARENA_NEW(t->arena, op);
    *o = (op){.record = record, .kind = OP_CALL, .id = t->ops.count};
    if (!schema_parse(t->arena, o, form) || map_get(&t->names, key_of(o->name)) != MAP_NONE) return NULL;
    if (!strcmp(o->namespace_, "_operator")) o->kind = OP_MAGIC;
    map_set(&t->names, key_of(o->name), o->id);
    *VEC_PUSH(t->arena, &t->ops) = o;
    if (strncmp(o->name, "torch.ops.", 10) == 0) chain_overload(t, o);
    return o;
}

static cot_status add_records(op_table *t, const op_record *records, uint32_t count, cot_error *error) {
    for (uint32_t i = 0; i < count; i++) {
        op *o = add(t, &records[i], SCHEMA_AS_IS);
        if (!o) return fail(error, COT_INTERNAL, "the record '%s' is malformed or listed twice", records[i].schema);
    }
    return COT_OK;
}

/* An in-place form with a name of its own is what the table would have derived, but for the name. */
static void adopt_functional(op_table *t, op *o) {
    const char *key = arena_printf(t->arena, "aten.%s", o->record->functional);
    uint32_t id = map_get(&t->names, key);
    if (id == MAP_NONE) id = map_get(&t->packets, key);
    if (id == MAP_NONE) return;
    o->functional = t->ops.data[id];
    o->record = o->functional->record;
    o->traits = (o->functional->traits & ~(uint32_t)OP_COMPOSITE) | OP_MUTATES;
}

/* In-place and _copy forms, unless a record of that name is listed. */
static void derive_forms(op_table *t) {
    uint32_t listed = t->ops.count;
    for (uint32_t i = 0; i < listed; i++) {
        const op *base = t->ops.data[i];
        if (base->record->functional) {
            adopt_functional(t, t->ops.data[i]);
            continue;
        }
        op *inplace = has_inplace(base) ? add(t, base->record, SCHEMA_INPLACE) : NULL;
        if (inplace) inplace->functional = base;
        op *copy = has_copy(base) ? add(t, base->record, SCHEMA_COPY) : NULL;
        if (copy) copy->view = base;
    }
}

static const op *add_structure(op_table *t, uint32_t i, op_kind kind) {
    op *o = add(t, &structure[i], SCHEMA_AS_IS);
    o->kind = kind;
    return o;
}

cot_status op_table_create(cot_context *ctx, cot_error *error) {
    static const struct {
        const op_record *records;
        const uint32_t *count;
    } families[] = {
#define FAMILY(name) {ops_##name, &ops_##name##_count},
#include "ops/families.def"
#undef FAMILY
    };
    op_table *t = ARENA_NEW(ctx->arena, op_table);
    t->arena = t->names.arena = t->packets.arena = ctx->arena;
    t->placeholder = add_structure(t, 0, OP_PLACEHOLDER);
    t->get_attr = add_structure(t, 1, OP_GET_ATTR);
    t->getitem = add_structure(t, 2, OP_GETITEM);
    add_structure(t, 3, OP_CALL);
    for (size_t i = 0; i < COUNT_OF(families); i++) TRY(add_records(t, families[i].records, *families[i].count, error));
    derive_forms(t);
    ctx->ops = t;
    return COT_OK;
}

cot_status op_register(cot_context *ctx, const op_record *record, const op **out, cot_error *error) {
    op parsed = {.record = record};
    if (!schema_parse(ctx->arena, &parsed, SCHEMA_AS_IS))
        return fail(error, COT_SYNTAX, "the schema '%s' does not parse", record->schema);
    *out = add(ctx->ops, record, SCHEMA_AS_IS);
    return *out ? COT_OK : fail(error, COT_INVALID, "there is an operator %s already", parsed.name);
}

const op *op_find(const cot_context *ctx, const char *name) {
    const op_table *t = ctx->ops;
    const char *key = key_of(name);
    uint32_t id = map_get(&t->names, key);
    if (id == MAP_NONE) id = map_get(&t->packets, key);
    if (id != MAP_NONE) return t->ops.data[id];
    char full[160];
    int n = snprintf(full, sizeof full, "aten.%s", key);
    if (n >= (int)sizeof full) return NULL;
    id = map_get(&t->names, full);
    if (id == MAP_NONE) id = map_get(&t->packets, full);
    return id == MAP_NONE ? NULL : t->ops.data[id];
}

/* Where the packet of "aten.add.Tensor" lies. */
static const char *packet_of(const char *key, size_t *length) {
    const char *dot = strchr(key, '.'), *packet = dot ? dot + 1 : key;
    *length = strcspn(packet, ".");
    return packet;
}

/* Packets must be near; among equally near ones the overload decides. */
const char *op_nearest(const cot_context *ctx, const char *name) {
    const op_table *t = ctx->ops;
    const char *key = key_of(name), *best = NULL;
    char packet[96];
    size_t length;
    const char *from = packet_of(key, &length);
    if (length >= sizeof packet) return NULL;
    memcpy(packet, from, length);
    packet[length] = 0;
    const char *overload = from[length] ? from + length + 1 : "default";
    uint32_t limit = (uint32_t)length / 3 + 1, nearest = UINT32_MAX;
    for (uint32_t i = 0; i < t->ops.count; i++) {
        const op *o = t->ops.data[i];
        uint32_t distance = text_distance(packet, o->packet, limit);
        if (distance >= limit || !strcmp(o->namespace_, "cot")) continue;
        distance = 16 * distance + text_distance(overload, o->overload, 15);
        if (distance >= nearest) continue;
        nearest = distance;
        best = o->name;
    }
    return best;
}

uint32_t op_count(const cot_context *ctx) { return ctx->ops->ops.count; }

const op *op_at(const cot_context *ctx, uint32_t id) {
    return id < ctx->ops->ops.count ? ctx->ops->ops.data[id] : NULL;
}

int op_param(const op *o, const char *name) {
    for (uint32_t i = 0; i < o->num_params; i++)
        if (!strcmp(o->params[i].name, name)) return (int)i;
    return -1;
}

const op *op_placeholder(const cot_context *ctx) { return ctx->ops->placeholder; }

const op *op_get_attr(const cot_context *ctx) { return ctx->ops->get_attr; }

const op *op_getitem(const cot_context *ctx) { return ctx->ops->getitem; }
