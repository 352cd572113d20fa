/* SPDX-License-Identifier: MIT
 * flex.c — attention with functions of C for scores and mask: as it prints, and against the matrix of scores written
 * out in the same program, values and gradients, for lengths that no block fits. */
#include "tests/capture/capture.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK = 16, ROWS = 5, COLUMNS = 6 };
enum { BATCH = 2, HEADS = 2, QUERIES = 70, KEYS = 90, WIDTH = 8 };

typedef struct net {
    cot_value table, length; /* f32[HEADS, QUERIES + KEYS], i64[BATCH] */
} net;

static cot_value at(cot_builder *b, cot_value tensor, const cot_value *indices, uint32_t count) {
    return cot_call(b, "index.Tensor",
                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = tensor},
                                     {.kind = COT_ARGUMENT_VALUES, .values = indices, .count = count}},
                    2);
}

/* tanh(score) + table[h, m - n + KEYS - 1] */
static cot_value bent(cot_builder *b, const cot_value *x, uint32_t count, void *user) {
    const net *n = user;
    (void)count;
    const cot_value distance = cot_operator(b, "+", cot_sub(b, x[3], x[4]), cot_int(b, KEYS - 1));
    return cot_add(b, cot_tanh(b, x[0]), at(b, n->table, (cot_value[]){x[2], distance}, 2));
}

/* n <= m + 15 and n < length[b] */
static cot_value near(cot_builder *b, const cot_value *x, uint32_t count, void *user) {
    const net *n = user;
    (void)count;
    const cot_value reach = cot_operator(b, "<=", x[3], cot_operator(b, "+", x[2], cot_int(b, 15)));
    return cot_operator(b, "&", reach, cot_operator(b, "<", x[3], at(b, n->length, &x[0], 1)));
}

static cot_value coordinate(cot_builder *b, int64_t size, uint32_t dim) {
    int64_t sizes[4] = {1, 1, 1, 1};
    sizes[dim] = size;
    return cot_reshape(
        b, cot_call(b, "arange.default", (cot_argument[]){{.kind = COT_ARGUMENT_INT, .integer = size}}, 1), 4, sizes);
}

static cot_value dense(cot_builder *b, const cot_value *qkv, net *n) {
    const cot_value c[4] = {coordinate(b, BATCH, 0), coordinate(b, HEADS, 1), coordinate(b, QUERIES, 2),
                            coordinate(b, KEYS, 3)};
    const cot_value raw = cot_scale(b, cot_matmul(b, qkv[0], cot_transpose(b, qkv[1], 2, 3)), 1 / sqrt(WIDTH));
    const cot_value scores = bent(b, (cot_value[]){raw, c[0], c[1], c[2], c[3]}, 5, n);
    const cot_value seen = near(b, c, 4, n);
    const cot_value masked = cot_call(b, "where.ScalarOther",
                                      (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = seen},
                                                       {.kind = COT_ARGUMENT_VALUE, .value = scores},
                                                       {.kind = COT_ARGUMENT_REAL, .real = -INFINITY}},
                                      3);
    return cot_matmul(b, cot_softmax(b, masked, 3), qkv[2]);
}

static cot_value weighted(cot_builder *b, cot_value x, cot_value w) { return cot_sum(b, cot_mul(b, x, w)); }

/* The flex loss, the dense one, the flex loss with lists of blocks. */
static cot_graph *program(cot_context *ctx, int which, cot_error *error) {
    cot_builder *b = NULL;
    cot_graph *g = NULL;
    if (cot_builder_create(ctx, NULL, &b, error)) return NULL;
    const int64_t q[4] = {BATCH, HEADS, QUERIES, WIDTH}, k[4] = {BATCH, HEADS, KEYS, WIDTH};
    const cot_value qkv[3] = {cot_parameter(b, "q", COT_F64, 4, q), cot_parameter(b, "k", COT_F64, 4, k),
                              cot_parameter(b, "v", COT_F64, 4, k)};
    net n = {.table = cot_parameter(b, "table", COT_F64, 2, (int64_t[]){HEADS, QUERIES + KEYS}),
             .length = cot_input(b, "length", COT_I64, 1, (int64_t[]){BATCH})};
    const cot_value w = cot_input(b, "w", COT_F64, 4, q);
    const int64_t counts[3] = {1, 1, ROWS}, lists[4] = {1, 1, ROWS, COLUMNS}, by_key[4] = {1, 1, COLUMNS, ROWS};
    const cot_block_mask blocks = {.query_size = BLOCK,
                                   .key_size = BLOCK,
                                   .counts = cot_input(b, "counts", COT_I32, 3, counts),
                                   .keys = cot_input(b, "keys", COT_I32, 4, lists),
                                   .full_counts = COT_NO_VALUE,
                                   .full_keys = COT_NO_VALUE,
                                   .query_counts = cot_input(b, "query_counts", COT_I32, 3, by_key),
                                   .queries = cot_input(b, "queries", COT_I32, 4, by_key),
                                   .full_query_counts = COT_NO_VALUE,
                                   .full_queries = COT_NO_VALUE};
    if (which == 2)
        cot_output(
            b, weighted(
                   b, cot_part(b, cot_flex_attention_blocks(b, qkv[0], qkv[1], qkv[2], bent, near, &n, 0, &blocks), 0),
                   w));
    else if (which) cot_output(b, weighted(b, dense(b, qkv, &n), w));
    else
        cot_output(b, weighted(b, cot_part(b, cot_flex_attention(b, qkv[0], qkv[1], qkv[2], bent, near, &n, 0), 0), w));
    cot_builder_finish(&b, &g, error);
    return g;
}

static void fill(double *x, size_t count, uint32_t seed) {
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        x[i] = (double)(seed >> 8) / (1 << 23) - 1;
    }
}

/* Row by row, however it lies. */
static void copy_out(double *to, const cot_tensor *t, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int64_t rest = (int64_t)i, from = 0;
        for (uint32_t d = t->ndim; d-- > 0; rest /= t->sizes[d]) from += rest % t->sizes[d] * t->strides[d];
        to[i] = ((const double *)t->data)[from];
    }
}

/* Blocks with keys up to 15 behind their queries: of row r those up to r + 1. */
static void list_blocks(int32_t *to, const char *name) {
    const int by_key = name[0] == 'q', rows = by_key ? COLUMNS : ROWS, columns = by_key ? ROWS : COLUMNS;
    const int counts = strstr(name, "counts") != NULL;
    for (int r = 0; r < rows; r++) {
        const int first = by_key && r > 0 ? r - 1 : 0, last = by_key ? ROWS - 1 : r + 1 < COLUMNS ? r + 1 : COLUMNS - 1;
        if (counts) to[r] = last - first + 1;
        for (int c = 0; c < columns && !counts; c++) to[r * columns + c] = c + first <= last ? first + c : 0;
    }
}

typedef struct answers {
    double loss;
    double *gradients[16];
    size_t counts[16];
} answers;

static cot_status run(const cot_graph *g, answers *out, cot_error *error) {
    cot_executable *exe = NULL;
    cot_frame *frame = NULL;
    double *memory[16] = {0};
    cot_status status = cot_compile(g, NULL, &exe, error);
    if (!status) status = cot_frame_create(exe, NULL, 0, &frame, error);
    for (uint32_t i = 0; !status && i < cot_executable_num_inputs(exe); i++) {
        cot_input_info info;
        cot_executable_input(exe, i, &info);
        size_t count = 1;
        for (uint32_t d = 0; d < info.ndim; d++) count *= (size_t)info.sizes[d];
        memory[i] = malloc(count * sizeof(double));
        fill(memory[i], count, i + 1);
        if (info.dtype == COT_I64) ((int64_t *)(void *)memory[i])[0] = 60, ((int64_t *)(void *)memory[i])[1] = KEYS;
        if (info.dtype == COT_I32) list_blocks((int32_t *)(void *)memory[i], info.name);
        cot_tensor t = {.data = memory[i], .dtype = info.dtype, .ndim = info.ndim};
        memcpy(t.sizes, info.sizes, sizeof t.sizes);
        status = cot_frame_bind_input(frame, i, &t, error);
        out->counts[i] = count;
    }
    cot_tensor t;
    if (!status) status = cot_forward(frame, error);
    if (!status) status = cot_backward(frame, error);
    if (!status && !(status = cot_frame_output(frame, 0, &t, error))) out->loss = *(double *)t.data;
    for (uint32_t i = 0; !status && i < 4; i++) {
        if ((status = cot_frame_gradient(frame, i, &t, error))) break;
        out->gradients[i] = malloc(out->counts[i] * sizeof(double));
        copy_out(out->gradients[i], &t, out->counts[i]);
    }
    cot_frame_destroy(&frame);
    cot_executable_destroy(&exe);
    for (int i = 0; i < 16; i++) free(memory[i]);
    return status;
}

static void compare(const answers *found, const answers *dense) {
    static const char *const names[] = {"q", "k", "v", "table"};
    tap_check(fabs(found->loss - dense->loss) < 1e-9 * (1 + fabs(dense->loss)), "the same loss", __FILE__, __LINE__);
    for (int i = 0; i < 4; i++) {
        double worst = 0, top = 0;
        for (size_t k = 0; found->gradients[i] && dense->gradients[i] && k < dense->counts[i]; k++) {
            worst = fmax(worst, fabs(found->gradients[i][k] - dense->gradients[i][k]));
            top = fmax(top, fabs(dense->gradients[i][k]));
        }
        tap_check(top > 0 && worst < 1e-10 * top, names[i], __FILE__, __LINE__);
    }
}

static void test_numbers(void) {
    static const char *const runs[] = {"flex_attention runs", "the matrix of scores runs", "lists of blocks run"};
    cot_context *ctx = NULL;
    cot_error error = {0};
    answers found[3] = {{0}, {0}, {0}};
    if (cot_context_create(NULL, &ctx, &error)) abort();
    for (int which = 0; which < 3; which++) {
        cot_graph *g = program(ctx, which, &error);
        const int done = g && !run(g, &found[which], &error);
        tap_check(done, runs[which], __FILE__, __LINE__);
        if (!done) printf("# %s\n", error.text);
        cot_graph_destroy(&g);
    }
    compare(&found[0], &found[1]);
    compare(&found[2], &found[1]);
    for (int which = 0; which < 3; which++)
        for (int i = 0; i < 4; i++) free(found[which].gradients[i]);
    cot_context_destroy(&ctx);
}

/* ---- as text ------------------------------------------------------------------------------------------------------
 */

static cot_value scaled(cot_builder *b, const cot_value *x, uint32_t count, void *user) {
    (void)count;
    return cot_mul(b, x[0], at(b, *(const cot_value *)user, &x[2], 1));
}

static const char printed[] =
    "class GraphModule(torch.nn.Module):\n"
    "    def forward(self, x: \"f32[3]\", q: \"f32[1, 3, 4, 8]\"):\n"
    "        new_zeros: \"f32[]\" = torch.ops.aten.new_zeros.default(q, [])\n"
    "        new_zeros_1: \"i32[]\" = torch.ops.aten.new_zeros.default(q, [], dtype = torch.int32)\n"
    "        ones: \"i32[1, 1, 1]\" = torch.ops.aten.ones.default([1, 1, 1], dtype = torch.int32)\n"
    "        zeros: \"i32[1, 1, 1, 1]\" = torch.ops.aten.zeros.default([1, 1, 1, 1], dtype = torch.int32)\n"
    "        score_mod_0 = self.score_mod_0\n"
    "        mask_fn_0 = self.mask_fn_0\n"
    "        flex_attention = torch.ops.higher_order.flex_attention(q, q, q, score_mod_0, (1, 1, ones, zeros, None, "
    "None, ones, zeros, None, None, None, None, None, None, 1073741824, 1073741824, mask_fn_0), 0.5, {}, (x,), ())\n"
    "        getitem: \"f32[1, 3, 4, 8]\" = flex_attention[0]\n"
    "        return (getitem,)\n"
    "\n"
    "    class score_mod_0(torch.nn.Module):\n"
    "        def forward(self, arg0_1: \"f32[]\", arg1_1: \"i32[]\", arg2_1: \"i32[]\", arg3_1: \"i32[]\", arg4_1: "
    "\"i32[]\", l_x_: \"f32[3]\"):\n"
    "            index: \"f32[]\" = torch.ops.aten.index.Tensor(l_x_, [arg2_1])\n"
    "            mul: \"f32[]\" = torch.ops.aten.mul.Tensor(arg0_1, index)\n"
    "            return mul\n"
    "\n"
    "    class mask_fn_0(torch.nn.Module):\n"
    "        def forward(self, arg0_1: \"i32[]\", arg1_1: \"i32[]\", arg2_1: \"i32[]\", arg3_1: \"i32[]\"):\n"
    "            new_ones: \"b8[]\" = torch.ops.aten.new_ones.default(arg0_1, [], dtype = torch.bool)\n"
    "            return new_ones\n";

static void test_text(void) {
    fixture f = {0};
    if (cot_context_create(NULL, &f.ctx, &f.error) || cot_builder_create(f.ctx, NULL, &f.b, &f.error)) abort();
    f.x = vector(f.b, "x");
    const cot_value q = cot_input(f.b, "q", COT_F32, 4, (int64_t[]){1, 3, 4, 8});
    cot_output(f.b, cot_part(f.b, cot_flex_attention(f.b, q, q, q, scaled, NULL, &f.x, 0.5), 0));
    const cot_status status = finish(&f);
    tap_check(!status, "a program with flex_attention is built", __FILE__, __LINE__);
    if (status) printf("# %s\n", f.error.text);
    if (!status) check_round_trip(&f, "read as it prints");
    if (!status) check_same(&f, printed, "as PyTorch captures it");
    end(&f);
}

static cot_value two(cot_builder *b, const cot_value *x, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_tuple(b, (cot_value[]){x[0], x[0]}, 2);
}

static void test_refused(void) {
    fixture f;
    begin(&f);
    const cot_value q = cot_input(f.b, "q", COT_F32, 4, (int64_t[]){1, 3, 4, 8});
    cot_flex_attention(f.b, q, q, q, two, NULL, NULL, 0);
    check_refused(&f, COT_SCHEMA, "score_mod and mask_mod must return one tensor", "a score_mod that returns two");
    end(&f);
}

int main(void) {
    test_text();
    test_numbers();
    test_refused();
    return tap_done();
}
