/* SPDX-License-Identifier: MIT
 * around.c — what stands around the plan in a run: tangents in, gradients out. */
#include "runtime/frame.h"

static void move(kernel_fn kernel, pool *p, const tensor_desc *to, void *to_data, const bound *from) {
    tensor_desc tensors[2] = {*to, from->desc};
    void *data[2] = {to_data, from->data};
    kernel_call call = {.tensors = tensors, .data = data, .num_results = 1, .num_operands = 1, .pool = p};
    kernel(&call);
}

/* What arrives at the source of a fold; NULL: nothing. */
static const bound *arriving(const cot_frame *f, const exe_fold *fold) {
    const bound *b = fold->is_final ? &f->finals[fold->source] : &f->tangents[fold->source];
    if (b->is_bound) return b;
    bool lone = !f->num_tangents_bound && !fold->is_final && fold->source == f->exe->lone_output;
    return lone ? &f->one : NULL;
}

static bool is_whole(const exe_fold *fold, const tensor_desc *target) {
    return fold->offset == 0 && fold->view.numel == target->numel && tensor_same_layout(&fold->view, target);
}

/* A tangent that one tensor gives whole is read where the caller has it; any other is put together in the arena. */
static void tangent_in(cot_frame *f, pool *p, const exe_tangent *t) {
    const exe_fold *only = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->num_folds; i++) {
        if (!arriving(f, &t->folds[i])) continue;
        only = &t->folds[i];
        count++;
    }
    const bound *b = count == 1 && is_whole(only, &t->desc) ? arriving(f, only) : NULL;
    if (b && tensor_same_layout(&b->desc, &t->desc)) {
        f->bases[t->slot] = b->data;
        return;
    }
    char *memory = f->arena + t->offset;
    f->bases[t->slot] = memory;
    if (b) {
        move(move_copy, p, &t->desc, memory, b);
        return;
    }
    move_zero(p, &t->desc, memory);
    for (uint32_t i = 0; i < t->num_folds; i++) {
        const bound *part = arriving(f, &t->folds[i]);
        if (part) move(move_add, p, &t->folds[i].view, memory + t->folds[i].offset, part);
    }
}

void frame_tangents_in(cot_frame *f, pool *p) {
    for (uint32_t t = 0; t < f->exe->num_tangents; t++) tangent_in(f, p, &f->exe->tangents[t]);
}

static void gradient_out(cot_frame *f, pool *p, uint32_t i) {
    const exe_gradient *g = &f->exe->gradients[i];
    const bound *b = &f->gradients[i];
    char *memory = f->bases[g->slot];
    bool present = g->computed;
    for (uint32_t k = 0; k < g->num_folds; k++) {
        const bound *part = arriving(f, &g->folds[k]);
        if (!part) continue;
        if (!present) move_zero(p, &g->desc, memory);
        present = true;
        move(move_add, p, &g->folds[k].view, memory + g->folds[k].offset, part);
    }
    f->has_gradient[i] = present;
    if (!present || !b->is_bound || memory == b->data) return;
    bound own = {.data = memory, .desc = g->desc};
    move(b->accumulate ? move_add : move_copy, p, &b->desc, b->data, &own);
}

void frame_gradients_out(cot_frame *f, pool *p) {
    for (uint32_t i = 0; i < f->exe->num_gradients; i++)
        if (f->exe->gradients[i].slot) gradient_out(f, p, i);
}
