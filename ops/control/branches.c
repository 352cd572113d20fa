/* SPDX-License-Identifier: MIT
 * branches.c — the derivative of a call that runs one of its bodies: a call on the same predicate or index.
 *
 * Each branch of the backward gives the gradients of all operands, zeros where it does not read one. What is dear to
 * compute again the forward keeps: values of several branches that are alike share a part of the call, and branches
 * that have none give zeros for it. The rest each branch computes again. */
#include "ops/control/control.h"

typedef struct branch {
    control_halves halves;
    uint32_t *part; /* by input of its backward: the part of the forward call that is kept for it */
    builder inner;  /* on its new forward */
    arg_list outputs;
    value *given; /* by part that is kept: its value, NO_VALUE: zeros */
} branch;

typedef struct differentiated {
    joint_stage *stage;
    const branch_form *form;
    const arg *operands;
    uint32_t num_outputs;
    const bool *needs; /* by operand */
    bool *tangents;    /* by output */
    bool *passed;      /* by operand: the backward takes it */
    branch *branches;
    VEC(type) kept; /* parts of the forward call behind its outputs */
    bool *parts;    /* by part of the forward call: the backward takes it */
} differentiated;

/* What one branch keeps the others have to give as well, and know no sizes for it but numbers. */
static bool sizes_known(const control_halves *h) {
    for (uint32_t i = 0; i < h->num_inputs; i++)
        if (control_is_kept(h, i) && !type_is_static(graph_type(h->source, h->source->inputs.data[i]))) return false;
    return true;
}

static cot_status halve(differentiated *d) {
    joint_stage *s = d->stage;
    const branch_form *f = d->form;
    bool worth = false;
    for (uint32_t k = 0; k < f->num_bodies; k++) worth |= control_is_dear(control_body(s->functional, &f->bodies[k]));
    for (bool split = worth && !s->as_reference;; split = false) {
        bool known = true;
        for (uint32_t k = 0; k < f->num_bodies; k++) {
            control_halves *h = &d->branches[k].halves;
            const cot_graph *body = control_body(s->functional, &f->bodies[k]);
            TRY(control_halve(s, body, d->needs, d->tangents, split, h));
            known &= sizes_known(h);
        }
        if (known || !split) return COT_OK;
    }
}

/* A part for a value that a branch keeps: one of another branch's that is alike, or a new one. */
static uint32_t find_part(differentiated *d, const type *t, const value *given) {
    arena *a = d->stage->b->graph->arena;
    for (uint32_t i = 0; i < d->kept.count; i++)
        if (given[i] == NO_VALUE && type_equal(t, &d->kept.data[i], false)) return i;
    *VEC_PUSH(a, &d->kept) = type_tensor(a, d->stage->b->graph->ctx->syms, (cot_dtype)t->dtype, t->sizes, t->ndim);
    return d->kept.count - 1;
}

/* What branch b keeps, and as which parts; it can be `most` in all. */
static void keep_of(differentiated *d, branch *b, uint32_t most) {
    arena *a = d->stage->b->graph->arena;
    cot_graph *body = control_keep(d->stage, &b->halves, d->num_outputs, 0, b->part, &b->outputs);
    builder_init(&b->inner, body, d->stage->b->error);
    b->given = ARENA_ARRAY(a, value, most + 1u);
    for (uint32_t i = 0; i < most; i++) b->given[i] = NO_VALUE;
    for (uint32_t i = 0; i < b->halves.num_inputs; i++) {
        if (!control_is_kept(&b->halves, i) || b->part[i] < d->num_outputs) continue;
        const value v = arg_as_value(&b->outputs.data[b->part[i]]);
        const uint32_t at = find_part(d, graph_type(body, v), b->given);
        b->given[at] = v;
        b->part[i] = d->num_outputs + at;
    }
    b->outputs.count = d->num_outputs;
}

/* The branch as it gives all parts. */
static cot_status give_parts(differentiated *d, uint32_t k) {
    joint_stage *s = d->stage;
    branch *b = &d->branches[k];
    for (uint32_t i = 0; i < d->kept.count; i++) {
        const type *t = &d->kept.data[i];
        const value v = b->given[i] != NO_VALUE
                            ? b->given[i]
                            : emit(&b->inner, "zeros", "D,dtype=t", t->sizes, (uint32_t)t->ndim, (int)t->dtype);
        *VEC_PUSH(s->b->graph->arena, &b->outputs) = arg_value(v);
    }
    if (b->inner.status) return builder_failed(s->b, b->inner.status), b->inner.status;
    const node *call = graph_node(s->b->graph, s->result);
    const arg *bodies = d->form->listed ? call->args[d->form->first + 1].list : &call->args[d->form->first + 1];
    control_rename_body(s, bodies[k].value, b->inner.graph, &b->outputs, d->form->stems[k]);
    return COT_OK;
}

/* All branches give what any of them keeps. */
static cot_status keep(differentiated *d) {
    joint_stage *s = d->stage;
    cot_graph *g = s->b->graph;
    const uint32_t count = d->form->num_bodies;
    uint32_t most = 0;
    bool any = false;
    for (uint32_t k = 0; k < count; k++) {
        branch *b = &d->branches[k];
        most += b->halves.num_inputs;
        any |= b->halves.forward != b->halves.body;
        b->part = ARENA_ARRAY(g->arena, uint32_t, b->halves.num_inputs + 1u);
    }
    for (uint32_t k = 0; any && k < count; k++) keep_of(d, &d->branches[k], most);
    d->parts = ARENA_ARRAY(g->arena, bool, d->num_outputs + d->kept.count + 1u);
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t i = 0; i < d->branches[k].halves.num_inputs; i++)
            if (control_is_kept(&d->branches[k].halves, i)) d->parts[d->branches[k].part[i]] = true;
    if (!d->kept.count) return COT_OK;
    for (uint32_t k = 0; k < count; k++) TRY(give_parts(d, k));
    node *call = &g->nodes.data[s->result];
    const type before = call->type; /* sizes that only data tell have the same symbols */
    g->expected = &before;
    const cot_status status = d->form->shape(g, call->args, call->nargs, &call->type, s->b->error);
    g->expected = NULL;
    return status;
}

/* One branch of the backward: (operands…, what is kept…, tangents…) → gradients of the operands that need one, zeros
 * where the branch does not read one. */
static cot_status backward_branch(differentiated *d, uint32_t k, value *attribute) {
    const control_halves *h = &d->branches[k].halves;
    control_backward w;
    control_backward_begin(&w, d->stage, h->source, h->body->class_name);
    const uint32_t num_inputs = h->body->inputs.count;
    value *operands = ARENA_ARRAY(d->stage->b->graph->arena, value, num_inputs + 1u);
    for (uint32_t i = 0; i < num_inputs; i++) {
        operands[i] = NO_VALUE;
        for (uint32_t j = 0; j < h->num_inputs; j++)
            if (h->input[j] == i) operands[i] = control_backward_input(&w, j);
        if (operands[i] == NO_VALUE && d->passed[i])
            operands[i] = control_backward_new_input(&w, graph_type(h->body, h->body->inputs.data[i]));
    }
    for (uint32_t part = 0; part < d->num_outputs + d->kept.count; part++) {
        if (!d->parts[part]) continue;
        const value v = control_backward_new_input(&w, &graph_type(d->stage->b->graph, d->stage->result)->parts[part]);
        for (uint32_t j = 0; j < h->num_inputs; j++)
            if (control_is_kept(h, j) && d->branches[k].part[j] == part) w.map[h->source->inputs.data[j]] = v;
    }
    for (uint32_t j = h->num_inputs; j < h->source->inputs.count; j++) control_backward_input(&w, j);
    control_backward_fill(&w);
    VEC(value) gradients = {0};
    for (uint32_t i = 0; i < num_inputs; i++)
        if (d->needs[i])
            *VEC_PUSH(d->stage->b->graph->arena, &gradients) = control_backward_gradient(&w, i, operands[i]);
    return control_backward_finish(&w, gradients.data, gradients.count, d->form->stems[k], attribute);
}

static cot_status backward_call(differentiated *d, value *call) {
    joint_stage *s = d->stage;
    const branch_form *f = d->form;
    arena *a = s->b->graph->arena;
    arg *bodies = ARENA_ARRAY(a, arg, f->num_bodies);
    for (uint32_t k = 0; k < f->num_bodies; k++) {
        value body;
        TRY(backward_branch(d, k, &body));
        bodies[k] = arg_value(body);
    }
    arg_list items = {0}, args = {0};
    for (uint32_t i = 0; i < d->operands->count; i++)
        if (d->passed[i]) *VEC_PUSH(a, &items) = d->operands->list[i];
    for (uint32_t part = 0; part < d->num_outputs + d->kept.count; part++)
        if (d->parts[part]) *VEC_PUSH(a, &items) = arg_value(control_part(s, part));
    for (uint32_t i = 0; i < d->num_outputs; i++)
        if (d->tangents[i]) *VEC_PUSH(a, &items) = arg_value(s->grads[i]);
    *VEC_PUSH(a, &args) = s->args[f->first];
    if (f->listed) *VEC_PUSH(a, &args) = arg_list_of(bodies, f->num_bodies);
    for (uint32_t k = 0; !f->listed && k < f->num_bodies; k++) *VEC_PUSH(a, &args) = bodies[k];
    *VEC_PUSH(a, &args) = (arg){.kind = ARG_TUPLE, .list = items.data, .count = items.count};
    type t;
    TRY(f->shape(s->b->graph, args.data, args.count, &t, s->b->error));
    *call = emit_raw(s->b, s->call->op, args.data, args.count, &t, NULL);
    return s->b->status;
}

/* An operand that any branch of the backward takes. */
static bool is_passed(const differentiated *d, uint32_t i) {
    bool passed = d->needs[i];
    for (uint32_t k = 0; k < d->form->num_bodies; k++) passed |= control_reads(&d->branches[k].halves, i);
    return passed;
}

cot_status control_branch_joint(joint_stage *s, const branch_form *form) {
    arena *a = s->b->graph->arena;
    const arg *operands = &s->args[form->operands];
    const uint32_t first = s->args[form->first].kind == ARG_VALUE;
    uint32_t k = first;
    differentiated d = {.stage = s, .form = form, .operands = operands, .num_outputs = s->call->type.count};
    d.branches = ARENA_ARRAY(a, branch, form->num_bodies);
    d.needs = control_needs(s, operands, &k);
    d.tangents = ARENA_ARRAY(a, bool, d.num_outputs + 1u);
    for (uint32_t i = 0; i < d.num_outputs; i++) d.tangents[i] = s->grads[i] != NO_VALUE;
    TRY(halve(&d));
    d.passed = ARENA_ARRAY(a, bool, operands->count + 1u);
    for (uint32_t i = 0; i < operands->count; i++) d.passed[i] = is_passed(&d, i);
    TRY(keep(&d));
    value call = NO_VALUE;
    TRY(backward_call(&d, &call));
    k = first;
    for (uint32_t i = 0, part = 0; i < operands->count; i++) {
        if (operands->list[i].kind != ARG_VALUE) continue;
        if (d.needs[i]) s->out[k] = emit_get(s->b, call, part++);
        k++;
    }
    return s->b->status;
}
