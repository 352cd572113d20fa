/* SPDX-License-Identifier: MIT
 * emit.c — writing calls: binding to schemas, defaults dropped, overloads chosen, expressions of operator records,
 * sizes as nodes, composites taken apart, and what is said when something does not fit. */
#include "tests/unit/tap.h"
#include "ops/emit.h"

static cot_context *ctx;
static cot_error error;
static builder b;

static value tensor(cot_dtype dtype, const dim *sizes, uint32_t ndim) {
    type t = type_tensor(b.graph->arena, ctx->syms, dtype, sizes, ndim);
    return emit_placeholder(&b, "x", &t);
}

static void begin(void) { builder_init(&b, graph_create(ctx, "test"), &error); }

static const char *type_text(value v) {
    text t = {.arena = ctx->arena};
    type_print(ctx->syms, TYPE_OF(&b, v), true, false, &t);
    return t.data;
}

static const char *target(value v) { return v == NO_VALUE ? "nothing" : graph_node(b.graph, v)->op->name; }

static void test_calls(void) {
    begin();
    value x = tensor(COT_F32, (dim[]){2, 3}, 2), y = tensor(COT_F32, (dim[]){3}, 1);
    value sum = emit(&b, "add.Tensor", "vv", x, y);
    CHECK_TEXT(type_text(sum), "f32[2, 3][3, 1]");
    CHECK(graph_node(b.graph, sum)->npos == 2 && graph_node(b.graph, sum)->kwmask == 0); /* alpha=1 is the default */
    value scaled = emit(&b, "add.Tensor", "vv,alpha=f", x, y, 2.0);
    CHECK(graph_node(b.graph, scaled)->kwmask == 1u << 2);
    value parts = emit(&b, "split.Tensor", "vi", x, (int64_t)1);
    CHECK_TEXT(type_text(emit_get(&b, parts, 1)), "f32[1, 3][3, 1]");
    CHECK_TEXT(target(emit(&b, "view", "vI", x, (int64_t[]){3, -1}, 2u)), "torch.ops.aten.view.default");
    CHECK(emit_get(&b, emit_pack(&b, (value[]){x, y}, 2), 1) == y);
    CHECK(b.status == COT_OK);
    graph_destroy(b.graph);
}

static void test_errors(void) {
    begin();
    value x = tensor(COT_F32, (dim[]){2, 3}, 2);
    CHECK(emit(&b, "transpose.int", "vs", x, "a") == NO_VALUE && b.status == COT_SCHEMA);
    CHECK_TEXT(error.text, "torch.ops.aten.transpose.int: argument 2 ('dim0'): expected int, found str");
    CHECK(emit(&b, "t", "v", x) == NO_VALUE); /* the first error stays */
    CHECK(b.status == COT_SCHEMA);
    graph_destroy(b.graph);
    begin();
    x = tensor(COT_F32, (dim[]){2, 3}, 2);
    CHECK(emit(&b, "view", "vI", x, (int64_t[]){4, 2}, 2u) == NO_VALUE && b.status == COT_SHAPE);
    CHECK_TEXT(error.text, "view: sizes with 8 elements do not fit an input of 6");
    graph_destroy(b.graph);
}

static void test_expressions(void) {
    static const char *const names[] = {"self", "dim", "list"};
    begin();
    value x = tensor(COT_F32, (dim[]){2, 3}, 2);
    arg items[] = {arg_int(4), arg_int(5)};
    arg args[] = {arg_value(x), arg_int(-1), arg_list_of(items, 2)};
    CHECK_TEXT(target(emit_expression(&b, "-self * 2 + 1", names, args, 3)), "torch.ops.aten.add.Tensor");
    CHECK_TEXT(target(emit_expression(&b, "self ** 2", names, args, 3)), "torch.ops.aten.pow.Tensor_Scalar");
    CHECK_TEXT(target(emit_expression(&b, "2 - self", names, args, 3)), "torch.ops.aten.rsub.Scalar");
    CHECK_TEXT(target(emit_expression(&b, "self.transpose(0, dim)", names, args, 3)), "torch.ops.aten.transpose.int");
    CHECK_TEXT(target(emit_expression(&b, "y = cos(self); y * y", names, args, 3)), "torch.ops.aten.mul.Tensor");
    arg r = evaluate_expression(&b, "list[1] * (3 + dim) // 4", names, args, 3);
    CHECK(r.kind == ARG_INT && r.i == 2);
    r = evaluate_expression(&b, "[self.size(dim), self.dim(), 2 ** 5, -7 // 2]", names, args, 3);
    CHECK(r.kind == ARG_LIST && r.list[0].i == 3 && r.list[1].i == 2 && r.list[2].i == 32 && r.list[3].i == -4);
    CHECK(b.status == COT_OK);
    CHECK(emit_expression(&b, "self + nobody", names, args, 3) == NO_VALUE && b.status == COT_INTERNAL);
    graph_destroy(b.graph);
}

static void test_sizes(void) {
    begin();
    dim s0 = dim_symbol(ctx->syms, "s0", 2);
    value x = tensor(COT_F32, (dim[]){s0, 3}, 2);
    arg size = emit_dim(&b, dim_add(ctx->syms, dim_mul(ctx->syms, s0, 2), 1));
    CHECK_TEXT(target(arg_as_value(&size)), "_operator.add");
    arg again = emit_dim(&b, s0), once = emit_dim(&b, s0);
    CHECK(arg_as_value(&again) == arg_as_value(&once)); /* asked for once */
    CHECK_TEXT(type_text(emit(&b, "slice.Tensor", "vii", x, (int64_t)0, (int64_t)2)), "f32[s0 - 2, 3][3, 1]");
    CHECK_TEXT(type_text(emit(&b, "view", "vI", x, (int64_t[]){-1}, 1u)), "f32[3*s0][1]");
    graph_destroy(b.graph);
}

static void test_composites(void) {
    begin();
    b.decompose = true;
    value x = tensor(COT_F32, (dim[]){2, 3}, 2), turned = emit(&b, "t", "v", x);
    value flat = emit(&b, "reshape", "vI", turned, (int64_t[]){6}, 1u);
    CHECK_TEXT(target(flat), "torch.ops.aten._unsafe_view.default"); /* of a copy: the strides allow no view */
    CHECK_TEXT(target(emit(&b, "reshape", "vI", x, (int64_t[]){6}, 1u)), "torch.ops.aten.view.default");
    CHECK(emit(&b, "contiguous", "v", x) == x && emit(&b, "to.dtype", "vt", x, (int)COT_F32) == x);
    CHECK(emit(&b, "contiguous", "v", turned) != turned);
    CHECK_TEXT(type_text(emit(&b, "permute_copy", "vI", x, (int64_t[]){1, 0}, 2u)), "f32[3, 2][2, 1]");
    graph_destroy(b.graph);
}

static void test_table(void) {
    const op *add = op_find(ctx, "torch.ops.aten.add_.Tensor"), *squeeze = op_find(ctx, "squeeze_");
    CHECK(add && add->functional == op_find(ctx, "add.Tensor") && (add->traits & OP_MUTATES));
    CHECK(squeeze && squeeze->functional && (squeeze->functional->traits & OP_VIEW));
    CHECK(op_find(ctx, "select_copy.int")->view == op_find(ctx, "select.int"));
    CHECK(op_find(ctx, "pow_.Scalar")->functional == op_find(ctx, "pow.Tensor_Scalar"));
    CHECK(op_find(ctx, "nothing.at_all") == NULL);
    CHECK_TEXT(op_nearest(ctx, "torch.ops.aten.reshap.default"), "torch.ops.aten.reshape.default");
}

int main(void) {
    if (cot_context_create(NULL, &ctx, &error)) return 1;
    guard g;
    if (GUARD_ENTER(&g, ctx)) return 1;
    test_table();
    test_calls();
    test_errors();
    test_expressions();
    test_sizes();
    test_composites();
    guard_leave(&g);
    cot_context_destroy(&ctx);
    return tap_done();
}
