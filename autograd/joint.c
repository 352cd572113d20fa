/* SPDX-License-Identifier: MIT
 * joint.c — the joint graph of a program: which outputs have tangents, PyTorch's names, gradients as last outputs. */
#include "autograd/differentiate.h"

/* Whether output `i` of the functional graph gets a tangent: it needs a gradient and is no view that is regenerated
 * outside (ALI-02, ALI-04: the base's tangent stands for it). */
static bool has_tangent(const differentiation *d, const arg *output, uint32_t i) {
    const cot_graph *f = d->functional;
    const value v = arg_as_value(output);
    if (v == NO_VALUE || !d->needs[v]) return false;
    const uint32_t user = i - f->num_mutated;
    const bool is_user = i >= f->num_mutated && user < f->num_user_outputs;
    return !is_user || !f->aliases || f->aliases[user].kind == ALIAS_NONE;
}

type tangent_type(cot_graph *j, const type *output) {
    dim expected = 1;
    bool used[COT_MAX_DIMS] = {false};
    for (uint32_t k = 0; k < output->ndim; k++) { /* strides 1, n, n·m … in some order of the dimensions */
        uint32_t found = output->ndim;
        for (uint32_t i = 0; i < output->ndim && found == output->ndim; i++)
            if (!used[i] && dim_equal(output->strides[i], expected)) found = i;
        if (found == output->ndim)
            return type_tensor(j->arena, j->ctx->syms, output->dtype, output->sizes, output->ndim);
        used[found] = true;
        expected = dim_mul(j->ctx->syms, expected, output->sizes[found]);
    }
    type t = type_copy(j->arena, output);
    t.offset = 0;
    return t;
}

cot_status joint_build(const cot_graph *f, const joint_splitter *splitter, cot_graph **out, cot_error *error) {
    *out = NULL;
    cot_graph *j = graph_create(f->ctx, "inner_f");
    body_cache bodies = {.splitter = splitter};
    differentiation d;
    differentiate_start(&d, f, j, &bodies, error);
    graph_copy_facts(j, f);
    j->source = f->source; /* until it is built: symbols that the text has are not new */
    graph_copy_outputs(j, f);
    bool *requires = ARENA_ARRAY(d.scratch, bool, f->inputs.count);
    for (uint32_t i = 0; i < f->inputs.count; i++)
    requires[i] = i < f->input_specs.count && f->input_specs.data[i].requires_grad;
    differentiate_needs(&d, requires);

    for (uint32_t i = 0; i < f->inputs.count; i++) {
        const value v = f->inputs.data[i];
        d.copy[v] = emit_placeholder(&d.b, arena_printf(d.scratch, "primals_%u", i + 1), graph_type(f, v));
        if (i >= f->input_specs.count) continue;
        input_spec spec = f->input_specs.data[i];
        spec.node = d.copy[v];
        *VEC_PUSH(j->arena, &j->input_specs) = spec;
    }
    arg_list outputs = {0};
    arg_leaves(d.scratch, &f->output, &outputs);
    uint32_t *tangent_outputs = ARENA_ARRAY(j->arena, uint32_t, outputs.count);
    value *tangents = ARENA_ARRAY(d.scratch, value, outputs.count);
    for (uint32_t i = 0; i < outputs.count; i++) {
        if (!has_tangent(&d, &outputs.data[i], i)) continue;
        const type t = tangent_type(j, graph_type(f, outputs.data[i].value));
        tangents[j->num_tangents] =
            emit_placeholder(&d.b, arena_printf(d.scratch, "tangents_%u", j->num_tangents + 1), &t);
        tangent_outputs[j->num_tangents++] = i;
    }
    j->tangent_outputs = tangent_outputs;
    if (!j->num_tangents) { /* nothing to differentiate: an inference program */
        arena_destroy(d.scratch);
        graph_destroy(j);
        return COT_OK;
    }
    TRY(differentiate_copy_forward(&d));
    d.b.flags = NODE_BACKWARD;
    for (uint32_t k = 0; k < j->num_tangents; k++) {
        const value v = outputs.data[tangent_outputs[k]].value;
        d.reached[v] = true;
        d.grad[v] = d.grad[v] == NO_VALUE ? tangents[k] : emit(&d.b, "add.Tensor", "vv", d.grad[v], tangents[k]);
    }
    TRY(differentiate_backward(&d));

    arg_list joint_outputs = {0};
    for (uint32_t i = 0; i < outputs.count; i++)
        *VEC_PUSH(j->arena, &joint_outputs) = arg_map(j, &outputs.data[i], d.copy);
    for (uint32_t i = 0; i < f->inputs.count; i++)
        *VEC_PUSH(j->arena, &joint_outputs) = arg_value(differentiate_input_gradient(&d, f->inputs.data[i]));
    TRY(d.b.status);
    j->output = arg_list_of(joint_outputs.data, joint_outputs.count);
    j->is_joint = true;
    j->source = NULL;
    arena_destroy(d.scratch);
    differentiate_forget(j);
    *out = graph_clean(j, NULL);
    graph_destroy(j);
    return COT_OK;
}
