/* SPDX-License-Identifier: MIT
 * frame.c — the memory of one run: making it, binding tensors to it, running it.
 *
 * Everything is checked when it is bound; a run looks at a few flags and goes. */
#include "runtime/frame.h"
#include "base/error.h"
#include "runtime/live.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* ---- memory -------------------------------------------------------------------------------------------------- */

enum { ALIGNMENT = 64, HUGE_PAGE = 2 << 20 };

typedef struct layout {
    uint64_t bases, input_bound, input_new, tangents, finals, gradients, has_gradient, arena, bytes;
} layout;

static uint64_t take(uint64_t *end, uint64_t count, uint64_t item) {
    uint64_t at = *end;
    *end = (at + count * item + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return at;
}

static layout frame_layout(const cot_executable *e) {
    layout l = {0};
    uint64_t end = 0;
    take(&end, 1, sizeof(cot_frame));
    l.bases = take(&end, e->plan.stack_words, sizeof(char *));
    l.input_bound = take(&end, e->num_inputs, sizeof(bool));
    l.input_new = take(&end, e->num_inputs, sizeof(bool));
    l.tangents = take(&end, e->num_outputs, sizeof(bound));
    l.finals = take(&end, e->num_inputs, sizeof(bound));
    l.gradients = take(&end, e->num_gradients, sizeof(bound));
    l.has_gradient = take(&end, e->num_gradients, sizeof(bool));
    l.arena = take(&end, e->segments ? 0 : e->plan.arena_bytes, 1); /* else it grows as sizes ask for */
    l.bytes = end;
    return l;
}

uint64_t cot_executable_frame_bytes(const cot_executable *executable) { return frame_layout(executable).bytes; }

static void frame_init(cot_frame *f, const cot_executable *e, live *live, char *memory, char *arena) {
    layout l = frame_layout(e);
    memset(memory, 0, l.arena);
    f->exe = e;
    f->live = live;
    f->grown.allocator = &e->ctx->allocator;
    f->late.ctx = e->ctx;
    f->bases = live ? live_bases(live) : (char **)(void *)(memory + l.bases);
    f->input_bound = (bool *)(void *)(memory + l.input_bound);
    f->input_new = (bool *)(void *)(memory + l.input_new);
    f->tangents = (bound *)(void *)(memory + l.tangents);
    f->finals = (bound *)(void *)(memory + l.finals);
    f->gradients = (bound *)(void *)(memory + l.gradients);
    f->has_gradient = (bool *)(void *)(memory + l.has_gradient);
    f->arena = arena;
    f->bases[SLOT_ARENA] = arena;
    for (uint32_t t = 0; t < e->num_tangents; t++) f->bases[e->tangents[t].slot] = arena + e->tangents[t].offset;
    for (uint32_t i = 0; i < e->num_gradients; i++)
        if (e->gradients[i].slot) f->bases[e->gradients[i].slot] = arena + e->gradients[i].offset;
    for (uint32_t i = 0; i < e->num_inputs; i++) f->unbound += e->inputs[i].needed && e->inputs[i].info.is_tensor;
    if (e->lone_output == NO_INDEX) return;
    f->one = (bound){.data = f->one_value, .desc = e->outputs[e->lone_output].desc, .is_bound = true};
    move_one((cot_dtype)f->one.desc.dtype, f->one_value);
}

typedef struct touching {
    char *memory;
    uint64_t bytes;
} touching;

static void touch_pages(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    UNUSED(worker);
    memset(((touching *)arg)->memory + begin, 0, (size_t)(end - begin));
}

/* The first write to a page costs far more than any later one; all threads share it. */
static void touch(void *arg, pool *p) {
    parallel_for(p, (int64_t)((touching *)arg)->bytes, HUGE_PAGE, touch_pages, arg);
}

cot_status cot_frame_create(const cot_executable *executable, void *memory, uint64_t bytes, cot_frame **out,
                            cot_error *error) {
    layout l = frame_layout(executable);
    live *live;
    *out = NULL;
    if (memory) {
        if ((uintptr_t)memory % ALIGNMENT)
            return fail(error, COT_INVALID, "the frame's memory must be aligned to %d bytes", ALIGNMENT);
        if (bytes < l.bytes)
            return fail(error, COT_INVALID, "the frame's memory has %" PRIu64 " bytes, expected at least %" PRIu64,
                        bytes, l.bytes);
        TRY(live_create(executable, &live, error));
        *out = memory;
        frame_init(*out, executable, live, memory, (char *)memory + l.arena);
        return COT_OK;
    }
    const cot_allocator *a = &executable->ctx->allocator;
    bool huge = !executable->segments && executable->plan.arena_bytes >= 2 * HUGE_PAGE;
    uint64_t total = l.bytes + (huge ? HUGE_PAGE : 0);
    TRY(live_create(executable, &live, error));
    char *block = total > SIZE_MAX / 2 ? NULL : a->allocate(a->user, (size_t)total);
    if (!block) live_destroy(live);
    if (!block) return fail(error, COT_NO_MEMORY, "out of memory: a frame needs %" PRIu64 " bytes", total);
    char *arena = block + l.arena;
    if (huge) {
        arena += (HUGE_PAGE - (uintptr_t)arena % HUGE_PAGE) % HUGE_PAGE;
#ifdef MADV_HUGEPAGE
        madvise(arena, executable->plan.arena_bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
#endif
    }
    *out = (cot_frame *)(void *)block;
    frame_init(*out, executable, live, block, arena);
    (*out)->memory = block;
    (*out)->memory_bytes = total;
    touching t = {arena, executable->segments ? 0 : executable->plan.arena_bytes};
    pool_run(executable->ctx, executable->threads, touch, &t);
    return COT_OK;
}

void cot_frame_destroy(cot_frame **frame) {
    cot_frame *f = *frame;
    *frame = NULL;
    if (f) grown_free(&f->grown);
    if (f) late_free(&f->late);
    const cot_allocator *a = f ? f->grown.allocator : NULL;
    if (f) live_destroy(f->live);
    if (!f || !f->memory) return;
    a->release(a->user, f->memory, (size_t)f->memory_bytes);
}

/* ---- binding
 * ---------------------------------------------------------------------------------------------------------- */

static cot_status check_index(const char *what, uint32_t index, uint32_t count, cot_error *error) {
    if (index < count) return COT_OK;
    return fail(error, COT_INVALID, "there is no %s %u: the executable has %u", what, index, count);
}

static void print_sizes(char *to, size_t room, const int64_t *sizes, uint32_t n) {
    size_t used = (size_t)snprintf(to, room, "[");
    for (uint32_t d = 0; d < n && used < room; d++)
        used += (size_t)snprintf(to + used, room - used, "%s%" PRId64, d ? ", " : "", sizes[d]);
    if (used < room) snprintf(to + used, room - used, "]");
}

static bool same_sizes(uint32_t ndim, const int64_t *sizes, const tensor_desc *expected) {
    bool same = ndim == expected->ndim;
    for (uint32_t d = 0; same && d < ndim; d++)
        same = sizes[d] == expected->sizes[d] || (expected->sizes[d] < 0 && sizes[d] >= 0);
    return same;
}

static cot_status refuse_sizes(const char *what, const char *name, uint32_t ndim, const int64_t *sizes,
                               const tensor_desc *expected, cot_error *error) {
    char found[192], wanted[192];
    print_sizes(found, sizeof found, sizes, MIN(ndim, (uint32_t)COT_MAX_DIMS));
    print_sizes(wanted, sizeof wanted, expected->sizes, expected->ndim);
    return fail(error, COT_SHAPE, "%s %s: sizes %s, expected %s", what, name, found, wanted);
}

/* Reads the caller's tensor and checks it against what is expected; strides too where they matter. A size that is not
 * known yet is negative. */
static cot_status read_tensor(const char *what, const char *name, const cot_tensor *t, const tensor_desc *expected,
                              bool strides, bound *out, cot_error *error) {
    char found[192], wanted[192];
    if (!t) return fail(error, COT_INVALID, "%s %s: no tensor was given", what, name);
    if (t->dtype != (cot_dtype)expected->dtype)
        return fail(error, COT_SHAPE, "%s %s: dtype %s, expected %s", what, name, cot_dtype_name(t->dtype),
                    cot_dtype_name((cot_dtype)expected->dtype));
    if (!same_sizes(t->ndim, t->sizes, expected)) return refuse_sizes(what, name, t->ndim, t->sizes, expected, error);
    bool given = false;
    for (uint32_t d = 0; d < t->ndim; d++) given |= t->strides[d] != 0;
    *out = (bound){.data = t->data, .is_bound = true};
    out->desc = tensor_describe(t->dtype, t->ndim, t->sizes, given ? t->strides : NULL);
    uint64_t extent;
    bool negative = false;
    for (uint32_t d = 0; d < t->ndim; d++) negative |= out->desc.strides[d] < 0;
    if (negative || !tensor_extent(&out->desc, &extent))
        return fail(error, COT_SHAPE, "%s %s: strides out of range", what, name);
    if (strides && !tensor_same_layout(&out->desc, expected)) {
        print_sizes(found, sizeof found, out->desc.strides, t->ndim);
        print_sizes(wanted, sizeof wanted, expected->strides, expected->ndim);
        return fail(error, COT_SHAPE, "%s %s: strides %s, but the program was compiled for %s", what, name, found,
                    wanted);
    }
    uint32_t item = MIN(expected->item_bytes, 8u);
    if (out->desc.numel && !t->data) return fail(error, COT_INVALID, "%s %s: data is NULL", what, name);
    if ((uintptr_t)t->data % item)
        return fail(error, COT_INVALID, "%s %s: data is not aligned to its element size of %u bytes", what, name, item);
    return COT_OK;
}

cot_status cot_frame_bind_input(cot_frame *frame, uint32_t index, const cot_tensor *tensor, cot_error *error) {
    TRY(check_index("input", index, frame->exe->num_inputs, error));
    const exe_input *in = &frame->exe->inputs[index];
    if (!in->info.is_tensor) return fail(error, COT_INVALID, "input %s is no tensor", in->info.name);
    bound b;
    TRY(read_tensor("input", in->info.name, tensor, &in->desc, true, &b, error));
    frame->bases[in->slot] = b.data;
    if (in->needed && !frame->input_bound[index]) frame->unbound--;
    frame->input_bound[index] = true;
    frame->num_new += !frame->input_new[index];
    frame->input_new[index] = true;
    return COT_OK;
}

cot_status cot_frame_set_number(cot_frame *frame, uint32_t index, double number, cot_error *error) {
    TRY(check_index("input", index, frame->exe->num_inputs, error));
    const exe_input *in = &frame->exe->inputs[index];
    if (in->info.is_tensor) return fail(error, COT_INVALID, "input %s is a tensor, not a number", in->info.name);
    if (in->is_number && in->number != number)
        return fail(error, COT_INVALID, "input %s is %g, but the program was compiled for %g", in->info.name, number,
                    in->number);
    return COT_OK;
}

cot_status cot_frame_bind_gradient(cot_frame *frame, uint32_t index, const cot_tensor *tensor, int accumulate,
                                   cot_error *error) {
    TRY(check_index("input", index, frame->exe->num_gradients, error));
    const exe_gradient *g = &frame->exe->gradients[index];
    const char *name = frame->exe->inputs[index].info.name;
    if (!g->slot) return fail(error, COT_INVALID, "input %s has no gradient", name);
    bound b;
    TRY(read_tensor("the gradient of", name, tensor, &g->desc, false, &b, error));
    b.accumulate = accumulate != 0;
    frame->gradients[index] = b;
    /* Computed straight in the caller's memory where the layout is right and nothing is to be added. */
    bool direct = !accumulate && tensor_same_layout(&b.desc, &g->desc);
    frame->bases[g->slot] = direct ? b.data : frame->arena + g->offset;
    return COT_OK;
}

cot_status cot_frame_bind_tangent(cot_frame *frame, uint32_t index, const cot_tensor *tensor, cot_error *error) {
    TRY(check_index("output", index, frame->exe->num_outputs, error));
    const exe_output *out = &frame->exe->outputs[index];
    char name[16];
    snprintf(name, sizeof name, "%u", index);
    if (!out->info.has_gradient)
        return fail(error, COT_INVALID, "output %u is not differentiable: it has no tangent", index);
    bound b;
    tensor_desc expected = out->desc;
    if (frame->live) memcpy(expected.sizes, live_output_sizes(frame->live, index), sizeof expected.sizes);
    TRY(read_tensor("the tangent of output", name, tensor, &expected, false, &b, error));
    frame->num_tangents_bound += !frame->tangents[index].is_bound;
    frame->tangents[index] = b;
    return COT_OK;
}

static bool final_has_tangent(const cot_executable *e, uint32_t input) {
    for (uint32_t t = 0; t < e->num_tangents; t++)
        for (uint32_t k = 0; k < e->tangents[t].num_folds; k++)
            if (e->tangents[t].folds[k].is_final && e->tangents[t].folds[k].source == input) return true;
    return false;
}

cot_status cot_frame_bind_final_tangent(cot_frame *frame, uint32_t input, const cot_tensor *tensor, cot_error *error) {
    TRY(check_index("input", input, frame->exe->num_inputs, error));
    const exe_input *in = &frame->exe->inputs[input];
    if (!in->mutated || !final_has_tangent(frame->exe, input))
        return fail(error, COT_INVALID, "the final value of input %s has no tangent", in->info.name);
    bound b;
    TRY(read_tensor("the tangent of the final", in->info.name, tensor, &in->final, false, &b, error));
    frame->num_tangents_bound += !frame->finals[input].is_bound;
    frame->finals[input] = b;
    return COT_OK;
}

/* ---- running
 * ------------------------------------------------------------------------------------------------------------ */

typedef struct job {
    cot_frame *frame;
    bool forward, backward, done;
    cot_status status; /* of what is planned in the run */
    cot_error *error;
} job;

/* Sizes that were not known when a tangent was bound. */
static cot_status check_tangent_sizes(const cot_frame *f, cot_error *error) {
    for (uint32_t k = 0; k < f->exe->num_outputs; k++) {
        const bound *b = &f->tangents[k];
        const tensor_desc *expected = &f->exe->outputs[k].desc;
        char name[16];
        if (!b->is_bound || same_sizes(b->desc.ndim, b->desc.sizes, expected)) continue;
        snprintf(name, sizeof name, "%u", k);
        return refuse_sizes("the tangent of output", name, b->desc.ndim, b->desc.sizes, expected, error);
    }
    return COT_OK;
}

static void run_job(void *arg, pool *p) {
    job *j = arg;
    cot_frame *f = j->frame;
    if (f->watch.report) p->watch = &f->watch;
    p->grown = &f->grown;
    p->late = &f->late;
    p->failure = &f->failure;
    if (f->live && j->forward) j->status = live_begin(f, p, j->error);
    if (f->live && j->backward && !j->status) j->status = check_tangent_sizes(f, j->error);
    if (j->status) return;
    const plan *plan = &f->exe->plan;
    bool whole = f->exe->mode == COT_MODE_STEP;
    uint32_t middle = f->exe->forward_steps;
    j->done = true;
    if (whole) frame_tangents_in(f, p);
    if (j->forward) j->done = plan_run(plan, 0, middle, f->bases, p, f->key, &f->cancel);
    if (!j->done || !j->backward) return;
    if (!whole) frame_tangents_in(f, p);
    j->done = plan_run(plan, middle, plan->num_steps, f->bases, p, f->key, &f->cancel);
    if (j->done) frame_gradients_out(f, p);
}

static cot_status run(cot_frame *f, bool forward, bool backward, cot_error *error) {
    job j = {.frame = f, .forward = forward, .backward = backward, .error = error};
    f->state = FRAME_FRESH;
    f->failure.error.status = COT_OK;
    f->failure.cancel = &f->cancel;
    if (forward) f->key.step++, f->grown.used = 0;
    pool_run(f->exe->ctx, f->exe->threads, run_job, &j);
    if (f->grown.failed) {
        f->grown.failed = false;
        return fail(error, COT_NO_MEMORY, "out of memory: a loop of unknown length needs more for what it keeps");
    }
    if (f->failure.error.status) {
        atomic_store(&f->cancel, 0);
        if (error) *error = f->failure.error;
        return f->failure.error.status;
    }
    if (j.status && j.status != COT_CANCELLED) return j.status;
    if (!j.done) {
        atomic_store(&f->cancel, 0);
        return fail(error, COT_CANCELLED, "the run was cancelled");
    }
    f->state = backward ? FRAME_BACKWARD_DONE : FRAME_FORWARD_DONE;
    return COT_OK;
}

static bool shares_memory(const cot_frame *f, uint32_t i, uint32_t k) {
    const exe_input *a = &f->exe->inputs[i], *b = &f->exe->inputs[k];
    uint64_t bytes_a = 0, bytes_b = 0;
    const char *at_a = f->bases[a->slot], *at_b = f->bases[b->slot];
    tensor_extent(&a->desc, &bytes_a);
    tensor_extent(&b->desc, &bytes_b);
    return bytes_a && bytes_b && at_a < at_b + bytes_b && at_b < at_a + bytes_a;
}

/* Memory that a program writes must be that of one input: it is planned as if no two shared any. Looked at when
 * something has been bound, not in every run. */
static cot_status check_memory(cot_frame *f, cot_error *error) {
    const cot_executable *e = f->exe;
    for (uint32_t i = 0; f->num_new && i < e->num_inputs; i++) {
        if (!f->input_new[i]) continue;
        for (uint32_t k = 0; k < e->num_inputs; k++) {
            if (k == i || !(e->inputs[i].mutated || e->inputs[k].mutated)) continue;
            if (!f->input_bound[i] || !f->input_bound[k] || !e->inputs[i].needed || !e->inputs[k].needed) continue;
            if (!shares_memory(f, i, k)) continue;
            const bool writes = e->inputs[i].mutated;
            return fail(error, COT_INVALID,
                        "inputs %s and %s share memory, which the program writes as %s: two inputs that are one tensor "
                        "must be tied when the program is compiled, views of one storage named as such",
                        e->inputs[MIN(i, k)].info.name, e->inputs[MAX(i, k)].info.name,
                        e->inputs[writes ? i : k].info.name);
        }
        f->input_new[i] = false;
        f->num_new--;
    }
    return COT_OK;
}

static cot_status check_inputs(cot_frame *f, cot_error *error) {
    if (f->num_new && !f->unbound) TRY(check_memory(f, error));
    if (!f->unbound) return COT_OK;
    for (uint32_t i = 0; i < f->exe->num_inputs; i++)
        if (f->exe->inputs[i].needed && f->exe->inputs[i].info.is_tensor && !f->input_bound[i])
            return fail(error, COT_INVALID, "input %s is not bound", f->exe->inputs[i].info.name);
    return COT_OK;
}

static cot_status check_tangents(const cot_frame *f, cot_error *error) {
    if (!f->exe->has_backward)
        return fail(error, COT_INVALID, "the program has nothing to differentiate: there is no backward");
    if (f->num_tangents_bound || f->exe->lone_output != NO_INDEX) return COT_OK;
    return fail(error, COT_INVALID, "no tangent is bound, and grad can be implicitly created only for scalar outputs");
}

cot_status cot_forward(cot_frame *frame, cot_error *error) {
    if (frame->exe->mode == COT_MODE_STEP) return fail(error, COT_INVALID, "compiled as a whole step: use cot_step");
    TRY(check_inputs(frame, error));
    return run(frame, true, false, error);
}

cot_status cot_backward(cot_frame *frame, cot_error *error) {
    if (frame->exe->mode == COT_MODE_STEP) return fail(error, COT_INVALID, "compiled as a whole step: use cot_step");
    TRY(check_tangents(frame, error));
    if (frame->state == FRAME_BACKWARD_DONE)
        return fail(error, COT_INVALID,
                    "Trying to backward through the graph a second time: saved tensors are gone, run the forward");
    if (frame->state != FRAME_FORWARD_DONE) return fail(error, COT_INVALID, "backward before forward");
    return run(frame, false, true, error);
}

cot_status cot_step(cot_frame *frame, cot_error *error) {
    TRY(check_inputs(frame, error));
    TRY(check_tangents(frame, error));
    return run(frame, true, true, error);
}

void cot_frame_seed(cot_frame *frame, uint64_t seed) { frame->key = (run_key){.seed = seed}; }

void cot_frame_cancel(cot_frame *frame) { atomic_store(&frame->cancel, 1); }
