/* SPDX-License-Identifier: MIT
 * saved.c — the refusal of a derivative through a value that was saved and then written.
 *
 * Eager PyTorch saves tensors, not values: a write after the saving operator bumps the version counter, and backward
 * refuses. In a functional graph the old value is still there, but a program that PyTorch refuses we refuse as well:
 * functionalize says which node first made each value out of date (node.overwritten). */
#include "autograd/differentiate.h"
#include <ctype.h>

/* "Mul" from "mul": the name of the autograd node. */
static const char *history_name(arena *a, const op *o) {
    text t = {.arena = a};
    bool upper = true;
    for (const char *c = o->packet; *c; c++) {
        if (*c == '_') {
            upper = true;
            continue;
        }
        const char letter = upper ? (char)toupper((unsigned char)*c) : *c;
        text_add_bytes(&t, &letter, 1);
        upper = false;
    }
    return t.data;
}

static const char *tensor_class(cot_dtype dtype) {
    static const char *const names[COT_DTYPE_COUNT] = {
        [COT_F32] = "torch.FloatTensor",        [COT_F64] = "torch.DoubleTensor",
        [COT_F16] = "torch.HalfTensor",         [COT_BF16] = "torch.BFloat16Tensor",
        [COT_C64] = "torch.ComplexFloatTensor", [COT_C128] = "torch.ComplexDoubleTensor"};
    return dtype < COT_DTYPE_COUNT && names[dtype] ? names[dtype] : "torch.Tensor";
}

/* What an operator saved of its own is its; what it was given belongs to the last that wrote. */
static cot_status refuse(const differentiation *d, value n, value saved, value writer) {
    const cot_graph *f = d->functional;
    const node *w = graph_node(f, saved == n ? n : writer);
    const type *t = graph_type(f, saved);
    text sizes = {.arena = d->scratch};
    text_add(&sizes, "[");
    for (uint32_t i = 0; i < t->ndim; i++) {
        if (i) text_add(&sizes, ", ");
        dim_print(f->ctx->syms, t->sizes[i], &sizes);
    }
    text_add(&sizes, "]");
    return graph_fail(
        f, n, d->b.error, COT_REFUSED,
        "one of the variables needed for gradient computation has been modified by an inplace operation: "
        "[%s %s], which is output 0 of %s, is at version 1; expected version 0 instead. Hint: enable anomaly "
        "detection to find the operation that failed to compute its gradient, with "
        "torch.autograd.set_detect_anomaly(True, check_nan=False).",
        tensor_class(t->dtype), sizes.data, history_name(d->scratch, w->op));
}

typedef struct saved_walk {
    const differentiation *d;
    value n, saved; /* saved: the offending value, NO_VALUE so far */
} saved_walk;

static void look(void *user, value v) {
    saved_walk *w = user;
    if (v >= w->d->forward_end || w->saved != NO_VALUE) return;
    const value origin = w->d->origin[v];
    if (origin == NO_VALUE) return;
    const value writer = graph_node(w->d->functional, origin)->overwritten;
    if (writer != NO_VALUE && writer > w->n) w->saved = origin;
}

cot_status saved_check(const differentiation *d, value n, value begin) {
    saved_walk w = {d, n, NO_VALUE};
    for (value v = begin; v < d->b.graph->nodes.count; v++) {
        const node *made = graph_node(d->b.graph, v);
        if (made->op->traits & OP_CREATES) continue; /* zeros_like: reads the shape, not the values */
        for (uint32_t i = 0; i < made->nargs; i++) arg_each(&made->args[i], look, &w);
        if (w.saved != NO_VALUE) return refuse(d, n, w.saved, graph_node(d->functional, w.saved)->overwritten);
    }
    return COT_OK;
}
