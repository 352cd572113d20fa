/* SPDX-License-Identifier: MIT
 * merge.c — forward and backward as one graph again, for a whole training step. Saved tensors become ordinary values
 * with an end to their life; what the partition decided to recompute is still recomputed. */
#include "ops/emit.h"
#include "partition/partition.h"

static void append_nodes(cot_graph *out, const cot_graph *from, value *map, uint32_t flags) {
    graph_copy_children(out, from);
    for (value v = 0; v < from->nodes.count; v++) {
        if (map[v] != NO_VALUE) continue;
        map[v] = graph_copy_node(out, from, v, map);
        out->nodes.data[map[v]].flags |= flags;
    }
}

cot_status partition_merge(const cot_graph *forward, const cot_graph *backward, cot_graph **step, cot_error *error) {
    cot_graph *out = graph_create(forward->ctx, "GraphModule");
    arena *scratch = arena_create(forward->ctx);
    builder b;
    builder_init(&b, out, error);
    graph_copy_facts(out, forward);
    graph_copy_outputs(out, forward);
    value *fmap = ARENA_ARRAY(scratch, value, forward->nodes.count),
          *bmap = ARENA_ARRAY(scratch, value, backward->nodes.count);
    for (value v = 0; v < forward->nodes.count; v++) fmap[v] = NO_VALUE;
    for (value v = 0; v < backward->nodes.count; v++) bmap[v] = NO_VALUE;
    for (uint32_t i = 0; i < forward->inputs.count; i++) {
        const value v = forward->inputs.data[i];
        fmap[v] = emit_placeholder(&b, graph_node(forward, v)->name, graph_type(forward, v));
    }
    for (uint32_t i = 0; i < forward->input_specs.count; i++) {
        input_spec spec = forward->input_specs.data[i];
        spec.node = fmap[spec.node];
        if (spec.target) spec.target = arena_printf(out->arena, "%s", spec.target);
        *VEC_PUSH(out->arena, &out->input_specs) = spec;
    }
    const uint32_t num_saved = backward->inputs.count - backward->num_tangents;
    for (uint32_t i = num_saved; i < backward->inputs.count; i++) {
        const value v = backward->inputs.data[i];
        bmap[v] = emit_placeholder(&b, graph_node(backward, v)->name, graph_type(backward, v));
    }
    append_nodes(out, forward, fmap, 0);
    for (uint32_t i = 0; i < num_saved; i++) {
        const value v = backward->inputs.data[i];
        const value from = graph_find(forward, graph_node(backward, v)->name);
        if (from == NO_VALUE)
            return graph_fail(backward, v, error, COT_INTERNAL,
                              "the backward takes '%s', which the forward does not give",
                              graph_node(backward, v)->name);
        bmap[v] = fmap[from];
    }
    append_nodes(out, backward, bmap, NODE_BACKWARD);
    arg_list f = {0}, all = {0}, g = {0};
    arg_leaves(scratch, &forward->output, &f);
    arg_leaves(scratch, &backward->output, &g);
    for (uint32_t i = 0; i + forward->num_saved < f.count; i++)
        *VEC_PUSH(scratch, &all) = arg_map(out, &f.data[i], fmap);
    for (uint32_t i = 0; i < g.count; i++) *VEC_PUSH(scratch, &all) = arg_map(out, &g.data[i], bmap);
    out->output =
        (arg){.kind = ARG_TUPLE, .list = arena_copy(out->arena, all.data, all.count * sizeof(arg)), .count = all.count};
    out->num_tangents = backward->num_tangents;
    if (backward->tangent_outputs)
        out->tangent_outputs =
            arena_copy(out->arena, backward->tangent_outputs, out->num_tangents * sizeof(*out->tangent_outputs));
    arena_destroy(scratch);
    *step = out;
    return b.status;
}
