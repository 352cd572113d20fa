/* SPDX-License-Identifier: MIT
 * kernel.c — the fast kernel of an operator against its reference, for dtypes and layouts; shape rule and text on the
 * way. */
#include "tests/ops/ops.h"

#include "kernels/cpu/dispatch.h"
#include "kernels/element.h"
#include "ops/emit.h"
#include "ops/prepare.h"
#include "runtime/move.h"
#include "runtime/plan.h"
#include "runtime/pool.h"

#include <cotangent/graph.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

KERNEL_DECLARE(kernel_fn, tile_run);
KERNEL_DECLARE(kernel_fn, tile_run_rows);

enum { MOST_TENSORS = 32, SENTINEL_BYTES = 64, SENTINEL = 0x5a };

static cot_error error;

/* ---- text -------------------------------------------------------------------------------------------------------- */

/* Printing and reading again gives the same graph. */
static bool round_trips(cot_context *ctx, const cot_graph *g) {
    char *printed = NULL;
    cot_graph *again = NULL;
    bool same = !cot_graph_print(g, &printed, &error) &&
                !cot_graph_parse(ctx, printed, strlen(printed), "again", &again, &error) && graph_equal(g, again);
    if (!same) printf("# does not round-trip: %s\n%s", error.text, printed ? printed : "");
    cot_graph_destroy(&again);
    if (printed) cot_text_free(ctx, &printed);
    return same;
}

/* ---- one call ---------------------------------------------------------------------------------------------------- */

typedef struct call {
    const op *o;
    prepare_call prepare;
    tensor_desc tensors[MOST_TENSORS];
    void *data[MOST_TENSORS];       /* results of the fast kernel, operands */
    void *expected[MOST_TENSORS];   /* results of the reference, operands */
    char *blocks[2 * MOST_TENSORS]; /* to be freed; sentinels behind each */
    size_t bytes[2 * MOST_TENSORS];
    uint32_t num_blocks, count;
    bool copied; /* some operand: then the plan merges nothing */
} call;

static void *block(call *c, size_t bytes) {
    char *p = aligned_alloc(64, (bytes + SENTINEL_BYTES + 127) / 64 * 64);
    memset(p, 0, bytes);
    memset(p + bytes, SENTINEL, SENTINEL_BYTES);
    c->bytes[c->num_blocks] = bytes;
    return c->blocks[c->num_blocks++] = p;
}

static bool sentinels_hold(const call *c) {
    for (uint32_t i = 0; i < c->num_blocks; i++)
        for (uint32_t k = 0; k < SENTINEL_BYTES; k++)
            if (c->blocks[i][c->bytes[i] + k] != SENTINEL) return false;
    return true;
}

static size_t extent(const tensor_desc *t) {
    int64_t last = 0;
    for (uint32_t d = 0; d < t->ndim; d++) last += (t->sizes[d] - 1) * t->strides[d];
    return t->numel > 0 ? (size_t)(last + 1) * t->item_bytes : 0;
}

static const node *the_call(const cot_graph *g, value *at) {
    for (value v = 0; v < g->nodes.count; v++)
        if (graph_node(g, v)->op->kind == OP_CALL) return *at = v, graph_node(g, v);
    return NULL;
}

static void add_operand(call *c, const cot_graph *g, const arg *a) {
    tensor_desc *t = &c->tensors[c->count];
    if (c->count == MOST_TENSORS - 1) return;
    *t = (tensor_desc){.numel = -1};
    if (a->kind == ARG_VALUE && graph_type(g, a->value)->kind == TYPE_TENSOR)
        *t = type_describe(graph_type(g, a->value));
    c->count++;
}

/* Descriptors of results and operands, and the kernel. */
static cot_status prepare(call *c, cot_graph *g, uint32_t threads) {
    value v;
    const node *n = the_call(g, &v);
    const op *o = n->op;
    uint32_t *first = ARENA_ARRAY(g->arena, uint32_t, o->num_params + 1u);
    const type *t = &n->type;
    const uint32_t results = t->kind == TYPE_TUPLE ? t->count : 1;
    for (uint32_t i = 0; i < results; i++) c->tensors[i] = type_describe(t->kind == TYPE_TUPLE ? &t->parts[i] : t);
    c->count = results;
    for (uint32_t i = 0; i < o->num_params; i++) {
        first[i] = c->count - results;
        if (o->params[i].type != PARAM_TENSOR) continue;
        const arg *a = &n->args[i];
        if (a->kind == ARG_LIST || a->kind == ARG_TUPLE)
            for (uint32_t k = 0; k < a->count; k++) add_operand(c, g, &a->list[k]);
        else add_operand(c, g, a);
    }
    first[o->num_params] = c->count - results;
    c->o = o;
    c->prepare = (prepare_call){.graph = g,
                                .node = v,
                                .op = o,
                                .args = n->args,
                                .arena = g->arena,
                                .scratch = g->arena,
                                .results = c->tensors,
                                .operands = c->tensors + results,
                                .num_results = results,
                                .num_operands = c->count - results,
                                .first = first,
                                .threads = threads,
                                .error = &error,
                                .reference = o->record->reference};
    TRY(o->record->prepare(&c->prepare));
    for (uint32_t i = 0; i < c->prepare.num_operands && i < 64; i++) { /* what the plan would copy */
        tensor_desc *operand = &c->tensors[results + i];
        const bool asked = c->prepare.contiguous >> i & 1 && operand->numel >= 0;
        c->copied |= asked && !operand->contiguous;
        if (asked) *operand = tensor_describe((cot_dtype)operand->dtype, operand->ndim, operand->sizes, NULL);
    }
    return COT_OK;
}

static void allocate(call *c, const double *domain, bool rising) {
    uint64_t state = 42;
    const filling how = {domain, c->o->traits & OP_POINTWISE, rising};
    for (uint32_t i = 0; i < c->count; i++) {
        const tensor_desc *t = &c->tensors[i];
        c->data[i] = c->expected[i] = NULL;
        if (t->numel < 0) continue;
        c->data[i] = c->expected[i] = block(c, extent(t));
        if (i < c->prepare.num_results) c->expected[i] = block(c, extent(t));
        else random_fill(&state, (cot_dtype)t->dtype, c->data[i], (int64_t)(extent(t) / t->item_bytes), &how);
    }
}

static void release(call *c) {
    for (uint32_t i = 0; i < c->num_blocks; i++) free(c->blocks[i]);
    c->num_blocks = 0;
}

static void run(call *c, kernel_fn kernel, void **data, uint32_t threads) {
    pool p = {.threads = threads};
    const size_t bytes = c->prepare.scratch_bytes;
    void *scratch = bytes ? block(c, bytes) : NULL;
    const kernel_call k = {.tensors = c->tensors,
                           .data = data,
                           .num_results = c->prepare.num_results,
                           .num_operands = c->prepare.num_operands,
                           .attributes = c->prepare.attributes,
                           .scratch = scratch,
                           .pool = (struct pool *)&p,
                           .seed = 7,
                           .step = 1};
    kernel(&k);
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static double tolerance(uint8_t dtype) {
    switch (dtype) {
    case COT_F64: return 1e-11;
    case COT_F32:
    case COT_C64: return 2e-5;
    case COT_F16: return 2e-3;
    case COT_BF16: return 1.6e-2;
    default: return 0;
    }
}

static bool finite_results(const call *c) {
    for (uint32_t i = 0; i < c->prepare.num_results; i++)
        for (int64_t k = 0; k < c->tensors[i].numel; k++)
            if (!isfinite(element_load(c->tensors[i].dtype, c->expected[i], element_offset(&c->tensors[i], k))))
                return false;
    return true;
}

static bool same_results(const call *c) {
    for (uint32_t i = 0; i < c->prepare.num_results; i++) {
        const tensor_desc *t = &c->tensors[i];
        double scale = 1, worst = 0;
        for (int64_t k = 0; k < t->numel; k++) {
            const int64_t at = element_offset(t, k);
            const double x = element_load(t->dtype, c->data[i], at), y = element_load(t->dtype, c->expected[i], at);
            if (isfinite(y) && fabs(y) > scale) scale = fabs(y);
            const double difference = x == y || (isnan(x) && isnan(y)) ? 0
                                      : isfinite(x) && isfinite(y)     ? fabs(x - y)
                                                                       : INFINITY;
            worst = fmax(worst, difference);
        }
        if (worst <= tolerance(t->dtype) * scale) continue;
        printf("# result %u: largest difference %g (values up to %g)\n", i, worst, scale);
        return false;
    }
    return true;
}

/* The same call as a tile program, which the plan may merge with its neighbours. */
static bool test_form(call *c, uint32_t threads) {
    if (!c->prepare.form || c->copied) return true;
    const tile_program *p = tile_finish(c->prepare.form, c->prepare.arena);
    if (!p) return true;
    c->prepare.attributes = (void *)p;
    c->prepare.scratch_bytes = tile_scratch_bytes(p, threads);
    for (uint32_t i = 0; i < c->prepare.num_results; i++)
        if (c->tensors[i].numel >= 0) memset(c->data[i], 0x5a, extent(&c->tensors[i]));
    run(c, p->has_rows ? KERNEL_SELECT(tile_run_rows) : KERNEL_SELECT(tile_run), c->data, threads);
    return same_results(c);
}

/* ---- a program --------------------------------------------------------------------------------------------------- */

static bool test_program(cot_context *ctx, const char *program, bool must, bool rising, uint32_t threads) {
    cot_graph *g = NULL;
    call c = {0};
    bool good = true;
    if (cot_graph_parse(ctx, program, strlen(program), "sample", &g, &error)) {
        if (must) printf("# %s\n", error.text);
        return !must;
    }
    value v;
    const node *n = the_call(g, &v);
    if (threads == 1) good = round_trips(ctx, g);
    if (!n || !n->op->record->prepare || !n->op->record->reference || n->op->traits & (OP_RANDOM | OP_COMPOSITE))
        goto done;
    const cot_status status = prepare(&c, g, threads);
    if (status) {
        if (status != COT_NO_KERNEL || must) printf("# %s\n", error.text);
        good = status == COT_NO_KERNEL && !must;
        goto done;
    }
    if (!c.prepare.reference) goto done;
    for (uint32_t d = 0; d < NUM_DOMAINS; d++) {
        release(&c);
        allocate(&c, domains[d], rising);
        run(&c, c.prepare.reference, c.expected, threads);
        if (finite_results(&c)) break;
    }
    run(&c, c.prepare.kernel, c.data, threads);
    good = good && same_results(&c);
    if (!test_form(&c, threads)) {
        printf("# as a tile program\n");
        good = false;
    }
    if (!sentinels_hold(&c)) {
        printf("# something was written behind a buffer\n");
        good = false;
    }
done:
    release(&c);
    cot_graph_destroy(&g);
    return good;
}

bool test_kernels(cot_context *ctx, const op *o, const char *sample, sample_marks marks) {
    static const variant variants[] = {{"f32", "f32"}, {"f32", "f64"}, {"f32", "bf16"}, {"f32", "f16"}, {"i64", "i32"},
                                       {"i64", "i16"}, {"i64", "i8"},  {"i64", "u8"},   {"f32", "i64"}};
    arena *a = arena_create(ctx);
    bool good = true;
    for (size_t v = 0; v < COUNT_OF(variants); v++)
        for (layout l = 0; l < LAYOUT_COUNT; l++)
            for (uint32_t threads = 1; threads <= 3; threads += 2) {
                const char *program = sample_program(a, o, sample, &variants[v], l);
                const bool must = v == 0 && l == LAYOUT_CONTIGUOUS;
                /* Elsewhere integers are indices, and floats are asked for; our own operators say what they take. */
                const bool other_integers = v > 3 && !(o->traits & (OP_POINTWISE | OP_REDUCTION));
                if (v > 0 && (other_integers || strcmp(o->namespace_, "aten") || !strstr(sample, variants[v].from)))
                    continue;
                if (test_program(ctx, program, must, marks.rising, threads)) continue;
                printf("# %s, threads %u:\n# %s\n", variants[v].to, threads, strstr(program, "forward"));
                good = false;
            }
    arena_destroy(a);
    return good;
}
