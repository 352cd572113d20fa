/* SPDX-License-Identifier: MIT
 * out.c — calls that are given the tensors to write their results to: `torch.mul(x, 2, out = y)`,
 * `torch.ops.aten.sort.values(x, 0, values = v, indices = i)`. The result is computed and copied there. */
#include "text/read.h"

#include <string.h>

/* Does some overload of the packet have this parameter? */
static bool has_param(const op *first, const char *name) {
    for (const op *o = first; o; o = o->next)
        if (op_param(o, name) >= 0) return true;
    return false;
}

static bool holds_tensors(const reader *r, const arg *a) {
    bool all = a->kind == ARG_VALUE || (a->count && (a->kind == ARG_TUPLE || a->kind == ARG_LIST));
    if (a->kind == ARG_VALUE) return read_is_tensor(r, a);
    for (uint32_t i = 0; all && i < a->count; i++) all = read_is_tensor(r, &a->list[i]);
    return all;
}

/* Takes the keywords that are no parameters out of the call: where its results go. */
static void take_outs(reader *r, const op *first, call_args *c, arg_list *outs) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->kw.count; i++) {
        const arg *a = &c->kw.data[i];
        if (a->kind == ARG_NONE && !strcmp(c->kwnames.data[i], "out")) continue;
        if (has_param(first, c->kwnames.data[i]) || !holds_tensors(r, a)) {
            c->kwnames.data[kept] = c->kwnames.data[i];
            c->kw.data[kept++] = *a;
        } else {
            arg_leaves(r->scratch, a, outs);
        }
    }
    c->kw.count = c->kwnames.count = kept;
}

static bool same_sizes(const type *a, const type *b) {
    bool same = a->ndim == b->ndim;
    for (uint32_t i = 0; same && i < a->ndim; i++) same = dim_equal(a->sizes[i], b->sizes[i]);
    return same;
}

static arg write_one(reader *r, builder *b, arg out, value result) {
    if (b->status) return out;
    const type *t = TYPE_OF(b, result);
    value to = out.value;
    if (same_sizes(t, TYPE_OF(b, to)) || t->dtype != TYPE_OF(b, to)->dtype)
        return arg_value(emit(b, "copy_", "vv", to, result));
    const value grown = emit(b, "set_.source_Tensor", "vv", to, result);
    if (grown != NO_VALUE) read_rebind(r, to, grown);
    return arg_value(grown);
}

bool read_is_out(reader *r, const char *packet, const call_args *c) {
    const char *bare = strncmp(packet, "torch.ops.aten.", 15) ? packet : packet + 15;
    const op *first = op_find(r->ctx, arena_printf(r->scratch, "%.*s", (int)strcspn(bare, "."), bare));
    if (!first || op_find(r->ctx, packet) != NULL) {
        /* A known overload, or a packet: only `out` itself says so. */
        for (uint32_t i = 0; first && i < c->kw.count; i++)
            if (!strcmp(c->kwnames.data[i], "out") && !has_param(first, "out")) return true;
        return false;
    }
    for (uint32_t i = 0; i < c->kw.count; i++)
        if (!has_param(first, c->kwnames.data[i]) && holds_tensors(r, &c->kw.data[i])) return true;
    return false;
}

cot_status read_call_out(reader *r, const token *at, const char *packet, call_args *c, arg *out) {
    const char *bare = strncmp(packet, "torch.ops.aten.", 15) ? packet : packet + 15;
    const char *name = arena_printf(r->scratch, "%.*s", (int)strcspn(bare, "."), bare);
    arg_list outs = {0};
    take_outs(r, op_find(r->ctx, name), c, &outs);
    if (!outs.count && !c->kw.count) return read_emit_aten(r, at, packet, c, out);
    if (!outs.count) return read_fail(r, at, COT_SCHEMA, "%s: out must be a tensor, or a tuple of tensors", packet);
    builder b;
    builder_init(&b, r->graph, r->error);
    arg result = emit_written(&b, name, c->pos.data, c->pos.count, c->kw.data, c->kwnames.data, c->kw.count);
    TRY(read_place(r, at, b.status));
    const type *t = result.kind == ARG_VALUE ? TYPE_OF(&b, result.value) : NULL;
    const uint32_t count = !t ? 0 : t->kind == TYPE_TUPLE ? t->count : t->kind == TYPE_TENSOR;
    if (count != outs.count)
        return read_fail(r, at, COT_SCHEMA, "%s: %u results are to be written to %u tensors", packet, count,
                         outs.count);
    const bool single = t->kind == TYPE_TENSOR;
    arg *written = ARENA_ARRAY(r->arena, arg, count);
    for (uint32_t i = 0; i < count; i++)
        written[i] = write_one(r, &b, outs.data[i], single ? result.value : emit_get(&b, result.value, i));
    *out = single ? written[0] : (arg){.kind = ARG_TUPLE, .list = written, .count = count};
    return read_place(r, at, b.status);
}
