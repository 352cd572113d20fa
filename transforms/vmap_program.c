/* SPDX-License-Identifier: MIT
 * vmap_program.c — vmap of a program: which inputs have the batch, and where; where the outputs have it. */
#include "base/error.h"
#include "transforms/transform.h"
#include "transforms/vmap.h"

typedef struct program_batch {
    transform t;
    builder b;
    vmap_walk walk;
    const cot_vmap_options *options;
    int *at; /* by input: where its batch stands, COT_NOT_BATCHED */
} program_batch;

static cot_status choose_dims(program_batch *p) {
    const cot_vmap_options *o = p->options;
    const cot_graph *f = p->t.functional;
    const uint32_t count = f->inputs.count;
    p->at = ARENA_ARRAY(p->t.scratch, int, count + 1u);
    uint32_t users = 0;
    for (uint32_t i = 0; i < count; i++) users += transform_is_user(f, i);
    const uint32_t given = o->in_dims ? o->num_in_dims : 1; /* one for all, or one each, of users or of all inputs */
    if (given != 1 && given != users && given != count)
        return fail(p->t.error, COT_INVALID, "vmap: in_dims has %u entries, the program has %u inputs", given, users);
    bool any = false;
    for (uint32_t i = 0, user = 0; i < count; i++) {
        const type *t = graph_type(f, f->inputs.data[i]);
        const bool is_user = transform_is_user(f, i);
        const uint32_t at = given == 1 ? 0 : given == count ? i : user;
        int d = !o->in_dims ? 0 : at < given ? o->in_dims[at] : COT_NOT_BATCHED;
        if (!is_user && given != count) d = COT_NOT_BATCHED;
        if (given == 1 && users > 1 && t->kind != TYPE_TENSOR) d = COT_NOT_BATCHED;
        user += is_user;
        p->at[i] = d;
        if (d == COT_NOT_BATCHED) continue;
        any = true;
        const char *name = graph_node(f, f->inputs.data[i])->name;
        if (t->kind != TYPE_TENSOR)
            return fail(p->t.error, COT_INVALID,
                        "vmap: Got in_dim=%d for input %s, but the input is no Tensor: use None for it", d, name);
        if (d < -(int)t->ndim - 1 || d > (int)t->ndim)
            return fail(p->t.error, COT_INVALID,
                        "vmap: Got in_dim=%d for input %s, which with its batch has %u dimensions, so expected in_dim "
                        "to satisfy -%u <= in_dim < %u.",
                        d, name, t->ndim + 1u, t->ndim + 1u, t->ndim + 1u);
        if (d < 0) p->at[i] = d + (int)t->ndim + 1;
    }
    return any ? COT_OK : fail(p->t.error, COT_INVALID, "vmap: at least one input must have a batch");
}

static type with_batch(const program_batch *p, const type *t, int at) {
    dim sizes[COT_MAX_DIMS + 1];
    for (int i = 0; i <= t->ndim; i++) sizes[i] = i == at ? p->options->size : t->sizes[i - (i > at)];
    return type_tensor(p->t.made->arena, p->t.made->ctx->syms, (cot_dtype)t->dtype, sizes, t->ndim + 1u);
}

static cot_status place_inputs(program_batch *p) {
    const cot_graph *f = p->t.functional;
    for (uint32_t i = 0; i < f->inputs.count; i++) {
        const value v = f->inputs.data[i];
        const type *t = graph_type(f, v);
        if (p->at[i] == COT_NOT_BATCHED) {
            p->walk.map[v] = transform_input(&p->t, &p->b, i, NULL);
            continue;
        }
        if (t->ndim == COT_MAX_DIMS)
            return fail(p->t.error, COT_UNSUPPORTED, "vmap: an input with a batch has more than %u dimensions",
                        COT_MAX_DIMS);
        const type whole = with_batch(p, t, p->at[i]);
        p->walk.map[v] = transform_input(&p->t, &p->b, i, &whole);
        p->walk.batched[v] = true;
    }
    for (uint32_t i = 0; i < f->inputs.count; i++) /* behind the last placeholder */
        if (p->at[i] != COT_NOT_BATCHED) {
            value *v = &p->walk.map[f->inputs.data[i]];
            *v = vmap_move(&p->b, *v, p->at[i], 0);
        }
    return p->b.status;
}

static cot_status write_mutated(program_batch *p) {
    const cot_graph *f = p->t.functional;
    for (uint32_t k = 0; k < f->num_mutated; k++) {
        const uint32_t input = f->mutated[k];
        const arg *a = &p->t.leaves.data[k];
        const bool batched = a->kind == ARG_VALUE && p->walk.batched[a->value];
        if (p->at[input] == COT_NOT_BATCHED && batched)
            return fail(p->t.error, COT_REFUSED,
                        "vmap: the program writes to its input %s a value that is another for each example, but the "
                        "input is the same for all: give it a batch (in_dims), or do not write to it",
                        graph_node(f, f->inputs.data[input])->name);
        const arg whole = p->at[input] == COT_NOT_BATCHED ? arg_map(p->t.made, a, p->walk.map)
                                                          : vmap_output(&p->walk, a, p->at[input]);
        transform_write(&p->t, &p->b, input, arg_as_value(&whole));
    }
    return p->b.status;
}

static cot_status write_program(program_batch *p) {
    const cot_vmap_options *o = p->options;
    if (o->size < 1) return fail(p->t.error, COT_INVALID, "vmap: the size of the batch is %lld", (long long)o->size);
    TRY(choose_dims(p));
    if (o->out_dims && o->num_out_dims != 1 && o->num_out_dims != p->t.outputs.count)
        return fail(p->t.error, COT_INVALID, "vmap: out_dims has %u entries, the program has %u outputs",
                    o->num_out_dims, p->t.outputs.count);
    builder_init(&p->b, p->t.made, p->t.error);
    p->b.decompose = true;
    vmap_start(&p->walk, &p->b, p->t.functional, o->size, (uint8_t)o->randomness, p->t.scratch);
    TRY(place_inputs(p));
    TRY(vmap_nodes(&p->walk));
    TRY(write_mutated(p));
    for (uint32_t i = 0; i < p->t.outputs.count; i++) {
        const int at = !o->out_dims ? 0 : o->out_dims[o->num_out_dims == 1 ? 0 : i];
        transform_result(&p->t, vmap_output(&p->walk, &p->t.outputs.data[i], at));
    }
    return p->b.status;
}

cot_status transform_vmap(const cot_graph *g, const cot_vmap_options *o, cot_graph **out, cot_error *error) {
    program_batch p = {.options = o};
    TRY(transform_open(&p.t, g, NULL, error));
    return transform_finish(&p.t, write_program(&p), out);
}
