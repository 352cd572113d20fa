/* SPDX-License-Identifier: MIT
 * refuse.c — what eager PyTorch refuses, refused in its words (torch/csrc/autograd/variable.cpp,
 * aten/src/ATen/MemoryOverlap.cpp). */
#include "functionalize/walk.h"

#include <ctype.h>

static void refuse(walk *w, const char *text) { builder_fail(&w->b, COT_REFUSED, "%s", text); }

/* ---- views that must not be written ---------------------------------------------------------------------------- */

/* The name of the operator's node in PyTorch's backward graph: "split_with_sizes" is SplitWithSizes. */
static const char *camel_case(walk *w, const char *packet) {
    char *name = arena_string(w->scratch, packet, strlen(packet)), *to = name;
    bool upper = true;
    for (const char *p = packet; *p; p++) {
        if (*p != '_') *to++ = upper ? (char)toupper((unsigned char)*p) : *p;
        upper = *p == '_';
    }
    *to = '\0';
    return name;
}

/* `act`: what happened to the view. */
static void refuse_view(walk *w, const view *v, const char *act) {
    const char *who = "A view was created in no_grad mode", *when = " with grad mode enabled";
    if (!v->from_no_grad && walk_view(w, v->root)->requires_grad) {
        who = arena_printf(w->scratch, "Output %u of %s is a view", v->part == NONE ? 0 : v->part,
                           camel_case(w, v->op->packet));
        when = "";
    }
    const char *why =
        v->from_multi
            ? " This view is the output of a function that returns multiple views. Such functions do not allow the "
              "output "
              "views to be modified inplace. You should replace the inplace operation by an out-of-place one."
            : " Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by "
              "moving "
              "both the view and the inplace either both inside the no_grad block (if you don't want the inplace to be "
              "tracked) or both outside (if you want the inplace to be tracked).";
    refuse(w, arena_printf(w->scratch, "%s and %s modified inplace%s.%s", who, act, when, why));
}

void refuse_read(walk *w, uint32_t t) {
    const view *v = walk_view(w, walk_tensor(w, t)->view);
    bool grad = walk_view(w, v->root)->requires_grad;
    if ((v->from_multi && grad) || v->from_no_grad) refuse_view(w, v, "its base or another view of its base has been");
}

void refuse_detach(walk *w, uint32_t t) {
    const view *v = walk_view(w, walk_tensor(w, t)->view);
    if (v->parent != NONE && walk_view(w, v->root)->requires_grad)
        refuse(w, "Can't detach views in-place. Use detach() instead.");
}

/* ---- memory ---------------------------------------------------------------------------------------------------- */

static bool overlaps_itself(const type *t) {
    for (uint32_t i = 0; i < t->ndim; i++)
        if (t->strides[i] == 0 && t->sizes[i] != 0 && !dim_is_one(t->sizes[i])) return true;
    return false;
}

/* First and one past the last element; false when not known or empty. */
static bool extent(const type *t, int64_t *from, int64_t *to) {
    if (t->kind != TYPE_TENSOR || !type_is_static(t)) return false;
    *from = *to = t->offset;
    for (uint32_t i = 0; i < t->ndim; i++) {
        if (t->sizes[i] == 0) return false;
        *to += (t->sizes[i] - 1) * t->strides[i];
    }
    ++*to;
    return true;
}

/* Elements fill their extent without gap or repetition: only then does PyTorch look closer. */
static bool is_dense(const type *t, int64_t extent) {
    int64_t numel = 1;
    for (uint32_t i = 0; i < t->ndim; i++) numel *= t->sizes[i];
    return numel == extent && !overlaps_itself(t);
}

static bool overlaps_partly(const type *a, const type *b) {
    int64_t from_a, to_a, from_b, to_b;
    if (!extent(a, &from_a, &to_a) || !extent(b, &from_b, &to_b)) return false;
    if (!is_dense(a, to_a - from_a) || !is_dense(b, to_b - from_b)) return false;
    if (from_a != from_b || to_a != to_b) return from_a < to_b && from_b < to_a;
    for (uint32_t i = 0; i < a->ndim; i++)
        if (a->ndim != b->ndim || (a->sizes[i] != 1 && a->strides[i] != b->strides[i])) return true;
    return a->ndim != b->ndim;
}

typedef struct neighbours {
    walk *walk;
    uint32_t tensor;
    value self;
    bool partly;
} neighbours;

static void look_at(void *user, value u) {
    neighbours *n = user;
    walk *w = n->walk;
    uint32_t t = w->bound[u].tensor;
    if (t == NONE || t == n->tensor) return;
    if (walk_storage_of(w, walk_tensor(w, t)->view) != walk_storage_of(w, walk_tensor(w, n->tensor)->view)) return;
    n->partly |= overlaps_partly(graph_type(w->source, n->self), graph_type(w->source, u));
}

static void refuse_memory(walk *w, uint32_t t, const node *n) {
    if (overlaps_itself(graph_type(w->b.graph, walk_tensor(w, t)->current)))
        refuse(w, "unsupported operation: more than one element of the written-to tensor refers to a single memory "
                  "location. Please clone() the tensor before performing the operation.");
    neighbours near = {.walk = w, .tensor = t, .self = arg_as_value(&n->args[0])};
    bool elementwise = n->op->functional->traits & OP_POINTWISE;
    for (uint32_t i = 1; elementwise && i < n->nargs; i++) arg_each(&n->args[i], look_at, &near);
    if (near.partly)
        refuse(w,
               "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single "
               "memory location. Please clone() the tensor before performing the operation.");
}

/* ---- the write ------------------------------------------------------------------------------------------------- */

typedef struct operands {
    walk *walk;
    bool grad;
} operands;

static void ask(void *user, value u) {
    operands *o = user;
    uint32_t t = o->walk->bound[u].tensor;
    if (t != NONE) o->grad |= walk_root_of(o->walk, walk_tensor(o->walk, t)->view)->requires_grad;
}

void refuse_write(walk *w, uint32_t t, const node *n, bool differentiable) {
    const view *v = walk_view(w, walk_tensor(w, t)->view);
    operands any = {.walk = w};
    for (uint32_t i = 0; i < n->nargs; i++) arg_each(&n->args[i], ask, &any);
    bool tracked = any.grad && differentiable && !walk_no_grad(w);
    if (tracked && (v->from_multi || v->from_no_grad)) refuse_view(w, v, "is being");
    if (!w->b.status) refuse_memory(w, t, n);
}
