/* SPDX-License-Identifier: MIT
 * golden.c — programs with bodies that are built must be what PyTorch prints for the same functions: its own texts, up
 * to the names of values, and again what their print is read as. */
#include "tests/capture/capture.h"

#define HEAD "class GraphModule(torch.nn.Module):\n"
#define V3 "\"f32[3]\""

static cot_value scalar_call(cot_builder *b, const char *name, cot_value x, int64_t i) {
    return cot_call(
        b, name, (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = x}, {.kind = COT_ARGUMENT_INT, .integer = i}},
        2);
}

static void check(fixture *f, const char *text, const char *what) {
    const cot_status status = finish(f);
    tap_check(!status, what, __FILE__, __LINE__);
    if (status) printf("# %s\n", f->error.text);
    if (!status) check_round_trip(f, what);
    if (!status) check_same(f, text, what);
    end(f);
}

/* ---- invoke_subgraph: one body, two calls; operands in order of use ------------------------------------------------
 */

static const char twice[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        subgraph_0 = self.subgraph_0\n"
         "        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', y, x)\n"
         "        getitem: " V3 " = invoke_subgraph[0]\n"
         "        subgraph_1 = self.subgraph_0\n"
         "        invoke_subgraph_1 = torch.ops.higher_order.invoke_subgraph(subgraph_1, 'subgraph_0', x, y)\n"
         "        getitem_1: " V3 " = invoke_subgraph_1[0]\n"
         "        add: " V3 " = getitem + getitem_1\n"
         "        return (add,)\n"
         "\n"
         "    class subgraph_0(torch.nn.Module):\n"
         "        def forward(self, l_y_: " V3 ", l_x_: " V3 "):\n"
         "            sin: " V3 " = l_y_.sin()\n"
         "            mul: " V3 " = sin * l_x_\n"
         "            return (mul,)\n";

static cot_value sine_times(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_mul(b, cot_sin(b, operands[1]), operands[0]);
}

static void test_invoke(void) {
    fixture f;
    begin(&f);
    const cot_value here[] = {f.x, f.y, f.w}, there[] = {f.y, f.x, f.w};
    const cot_value first = cot_invoke(f.b, sine_times, NULL, here, 3);
    cot_output(f.b, cot_add(f.b, first, cot_invoke(f.b, sine_times, NULL, there, 3)));
    check(&f, twice, "invoke_subgraph: one body of two calls, operands in order of use, unused ones none");
}

/* ---- a body in a body: the innermost's free variable is an operand of both ------------------------------------------
 */

static const char nested[] = HEAD
    "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
    "        body_1 = self.body_1\n"
    "        invoke_subgraph = torch.ops.higher_order.invoke_subgraph(body_1, 'subgraph_0', x, w)\n"
    "        getitem: " V3 " = invoke_subgraph[0]\n"
    "        return (getitem,)\n"
    "\n"
    "    class body_1(torch.nn.Module):\n"
    "        def forward(self, l_x_: " V3 ", g_free_: " V3 "):\n"
    "            add: " V3 " = l_x_ + 1\n"
    "            body_0 = self.body_0\n"
    "            invoke_subgraph = torch.ops.higher_order.invoke_subgraph(body_0, 'subgraph_0', l_x_, add, g_free_)\n"
    "            getitem: " V3 " = invoke_subgraph[0]\n"
    "            return (getitem,)\n"
    "\n"
    "        class body_0(torch.nn.Module):\n"
    "            def forward(self, l_x_: " V3 ", add: " V3 ", g_free_: " V3 "):\n"
    "                add_1: " V3 " = l_x_ + add\n"
    "                add_2: " V3 " = add_1 + g_free_\n"
    "                return (add_2,)\n";

typedef struct closure {
    cot_value z, free;
} closure;

static cot_value innermost(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const closure *c = user;
    (void)count;
    return cot_add(b, cot_add(b, operands[0], c->z), c->free);
}

static cot_value middle(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    closure *c = user;
    (void)count;
    c->z = scalar_call(b, "add.Tensor", operands[0], 1);
    return cot_invoke(b, innermost, c, operands, 1);
}

static void test_nested(void) {
    fixture f;
    begin(&f);
    closure c = {.free = f.w};
    cot_output(f.b, cot_invoke(f.b, middle, &c, &f.x, 1));
    check(&f, nested, "nested bodies: a free variable goes through every level");
}

/* ---- cond: inputs of the branches merged ---------------------------------------------------------------------------
 */

static const char branches[] =
    HEAD "    def forward(self, p: " V3 ", x: " V3 ", y: " V3 ", u: " V3 ", v: " V3 ", w: " V3 "):\n"
         "        sum_1: \"f32[]\" = p.sum()\n"
         "        gt: \"b8[]\" = sum_1 > 0\n"
         "        cond_true_0 = self.cond_true_0\n"
         "        cond_false_0 = self.cond_false_0\n"
         "        cond = torch.ops.higher_order.cond(gt, cond_true_0, cond_false_0, (v, w, y, u, x))\n"
         "        getitem: " V3 " = cond[0]\n"
         "        return (getitem,)\n"
         "\n"
         "    class cond_true_0(torch.nn.Module):\n"
         "        def forward(self, g_v_: " V3 ", g_w__true_branch: " V3 ", l_y__true_branch: " V3
         ", g_u__false_branch: " V3 ", l_x__false_branch: " V3 "):\n"
         "            g_v__1 = g_v_\n"
         "            add: " V3 " = l_y__true_branch + g_v__1\n"
         "            mul: " V3 " = add * g_w__true_branch\n"
         "            return (mul,)\n"
         "\n"
         "    class cond_false_0(torch.nn.Module):\n"
         "        def forward(self, g_v_: " V3 ", g_w__true_branch: " V3 ", l_y__true_branch: " V3
         ", g_u__false_branch: " V3 ", l_x__false_branch: " V3 "):\n"
         "            g_v__1 = g_v_\n"
         "            cos: " V3 " = l_x__false_branch.cos()\n"
         "            mul: " V3 " = cos * g_v__1\n"
         "            mul_1: " V3 " = mul * g_u__false_branch\n"
         "            return (mul_1,)\n";

typedef struct outside {
    cot_value u, v, w;
} outside;

static cot_value on_true(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_mul(b, cot_add(b, operands[1], o->v), o->w);
}

static cot_value on_false(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_mul(b, cot_mul(b, cot_cos(b, operands[0]), o->v), o->u);
}

static void begin_named(fixture *f, const char *const *names, uint32_t count, cot_value *values) {
    memset(f, 0, sizeof *f);
    if (cot_context_create(NULL, &f->ctx, &f->error) || cot_builder_create(f->ctx, NULL, &f->b, &f->error)) abort();
    for (uint32_t i = 0; i < count; i++) values[i] = vector(f->b, names[i]);
}

static void test_cond(void) {
    static const char *const names[] = {"p", "x", "y", "u", "v", "w"};
    fixture f;
    cot_value in[6];
    begin_named(&f, names, 6, in);
    outside o = {.u = in[3], .v = in[4], .w = in[5]};
    const cot_value predicate = scalar_call(f.b, "gt.Scalar", cot_sum(f.b, in[0]), 0);
    cot_output(f.b, cot_cond(f.b, predicate, on_true, on_false, &o, &in[1], 2));
    check(&f, branches, "cond: shared inputs, then those of the branches, each by name");
}

/* ---- while_loop: a bare condition, inputs merged -------------------------------------------------------------------
 */

static const char loop[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", v: " V3 ", w: " V3 "):\n"
         "        cond_fn_0 = self.cond_fn_0\n"
         "        body_fn_0 = self.body_fn_0\n"
         "        while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (y, x), (v, w))\n"
         "        getitem: " V3 " = while_loop[0]\n"
         "        getitem_1: " V3 " = while_loop[1]\n"
         "        return (getitem, getitem_1)\n"
         "\n"
         "    class cond_fn_0(torch.nn.Module):\n"
         "        def forward(self, child: " V3 ", child_1: " V3 ", g_v_: " V3 ", g_w__body_fn: " V3 "):\n"
         "            g_v__1 = g_v_\n"
         "            sum_1: \"f32[]\" = child.sum()\n"
         "            sum_2: \"f32[]\" = g_v__1.sum()\n"
         "            lt: \"b8[]\" = sum_1 < sum_2\n"
         "            return lt\n"
         "\n"
         "    class body_fn_0(torch.nn.Module):\n"
         "        def forward(self, child_2: " V3 ", child_3: " V3 ", g_v_: " V3 ", g_w__body_fn: " V3 "):\n"
         "            g_v__1 = g_v_\n"
         "            child: " V3 " = child_2 + 1\n"
         "            mul: " V3 " = child_3 * g_w__body_fn\n"
         "            child_4: " V3 " = mul + g_v__1\n"
         "            return (child, child_4)\n";

static cot_value condition(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    const cot_value left = cot_sum(b, carries[0]);
    return cot_operator(b, "<", left, cot_sum(b, o->v));
}

static cot_value iteration(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    const cot_value next = scalar_call(b, "add.Tensor", carries[0], 1);
    const cot_value results[] = {next, cot_add(b, cot_mul(b, carries[1], o->w), o->v)};
    return cot_tuple(b, results, 2);
}

static void test_while(void) {
    static const char *const names[] = {"x", "y", "v", "w"};
    fixture f;
    cot_value in[4];
    begin_named(&f, names, 4, in);
    outside o = {.v = in[2], .w = in[3]};
    const cot_value carries[] = {in[1], in[0]};
    cot_output(f.b, cot_while(f.b, condition, iteration, &o, carries, 2));
    check(&f, loop, "while_loop: carries, then what both read, then what one reads");
}

/* A number among the carries: a symbol in each body, another outside. */
static cot_value below_size(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_operator(b, "<", carries[0], cot_size(b, carries[1], 0));
}

static cot_value count_up(cot_builder *b, const cot_value *carries, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value results[] = {cot_operator(b, "+", carries[0], cot_int(b, 1)),
                                 cot_add(b, cot_sin(b, carries[1]), carries[0])};
    return cot_tuple(b, results, 2);
}

static const char counter[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        cond_fn_0 = self.cond_fn_0\n"
         "        body_fn_0 = self.body_fn_0\n"
         "        while_loop = torch.ops.higher_order.while_loop(cond_fn_0, body_fn_0, (0, x), ())\n"
         "        getitem_2: \"Sym(u2)\" = while_loop[0]\n"
         "        getitem_1: " V3 " = while_loop[1]\n"
         "        return (getitem_2, getitem_1)\n"
         "\n"
         "    class cond_fn_0(torch.nn.Module):\n"
         "        def forward(self, unbacked_symint: \"Sym(u0)\", child: " V3 "):\n"
         "            lt: \"Sym(u0 < 3)\" = unbacked_symint < 3\n"
         "            return lt\n"
         "\n"
         "    class body_fn_0(torch.nn.Module):\n"
         "        def forward(self, unbacked_symint_0: \"Sym(u1)\", child_1: " V3 "):\n"
         "            add: \"Sym(u1 + 1)\" = unbacked_symint_0 + 1\n"
         "            sin: " V3 " = child_1.sin()\n"
         "            child: " V3 " = sin + unbacked_symint_0\n"
         "            return (add, child)\n";

static void test_counter(void) {
    fixture f;
    begin(&f);
    const cot_value carries[] = {cot_int(f.b, 0), f.x};
    cot_output(f.b, cot_while(f.b, below_size, count_up, NULL, carries, 2));
    check(&f, counter, "while_loop: a number is carried");
}

static void test_stack(void) {
    static const char *const names[] = {"x", "y", "v", "w"};
    fixture f;
    cot_value in[4];
    begin_named(&f, names, 4, in);
    outside o = {.v = in[2], .w = in[3]};
    const cot_value carries[] = {in[1], in[0]};
    const cot_value stacks =
        cot_call(f.b, "higher_order.while_loop_stack_output",
                 (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = condition, .user = &o},
                                  {.kind = COT_ARGUMENT_BODY, .body = iteration, .user = &o},
                                  {.kind = COT_ARGUMENT_VALUE, .value = cot_tuple(f.b, carries, 2)},
                                  {.kind = COT_ARGUMENT_VALUE, .value = cot_tuple(f.b, NULL, 0)}},
                 4);
    int64_t sizes[COT_MAX_DIMS];
    CHECK(cot_value_shape(f.b, cot_part(f.b, stacks, 0), sizes, NULL) == 2 && sizes[0] < 0 && sizes[1] == 3);
    cot_output(f.b, stacks);
    CHECK(!finish(&f));
    check_round_trip(&f, "while_loop_stack_output: as many rows as a run has iterations");
    end(&f);
}

/* ---- scan, associative_scan, map (the forms of torch.export) -------------------------------------------------------
 */

static const char steps[] = HEAD "    def forward(self, x: \"f32[5, 3]\", w: " V3 "):\n"
                                 "        x_1: " V3 " = torch.zeros_like(w)\n"
                                 "        scan_combine_fn_0 = self.scan_combine_fn_0\n"
                                 "        scan = torch.ops.higher_order.scan(scan_combine_fn_0, [x_1], [x], (w,))\n"
                                 "        carry: " V3 " = scan[0]\n"
                                 "        out: \"f32[5, 3]\" = scan[1]\n"
                                 "        return (carry, out)\n"
                                 "\n"
                                 "    class scan_combine_fn_0(torch.nn.Module):\n"
                                 "        def forward(self, child: " V3 ", child_1: " V3 ", g_w_: " V3 "):\n"
                                 "            mul: " V3 " = child * child_1\n"
                                 "            child_2: " V3 " = mul + g_w_\n"
                                 "            sin: " V3 " = child.sin()\n"
                                 "            child_3: " V3 " = sin + child_1\n"
                                 "            return [child_2, child_3]\n";

static cot_value step(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    const cot_value carry = cot_add(b, cot_mul(b, operands[0], operands[1]), *(cot_value *)user);
    const cot_value results[] = {carry, cot_add(b, cot_sin(b, operands[0]), operands[1])};
    return cot_tuple(b, results, 2);
}

static void begin_rows(fixture *f) {
    memset(f, 0, sizeof *f);
    if (cot_context_create(NULL, &f->ctx, &f->error) || cot_builder_create(f->ctx, NULL, &f->b, &f->error)) abort();
    f->x = cot_input(f->b, "x", COT_F32, 2, (int64_t[]){5, 3});
    f->w = vector(f->b, "w");
}

static void test_scan(void) {
    fixture f;
    begin_rows(&f);
    const cot_value zeros = cot_call(f.b, "zeros_like", &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = f.w}, 1);
    cot_output(f.b, cot_scan(f.b, step, &f.w, zeros, f.x, 0, 0));
    check(&f, steps, "scan: carries, items, then what the body reads of outside");
}

static const char products[] =
    HEAD "    def forward(self, x: \"f32[5, 3]\", w: " V3 "):\n"
         "        combine = self.combine\n"
         "        associative_scan = torch.ops.higher_order.associative_scan(combine, [x], ())\n"
         "        getitem: \"f32[5, 3]\" = associative_scan[0]\n"
         "        return (getitem,)\n"
         "\n"
         "    class combine(torch.nn.Module):\n"
         "        def forward(self, arg0_1: " V3 ", arg1_1: " V3 "):\n"
         "            mul: " V3 " = torch.ops.aten.mul.Tensor(arg0_1, arg1_1)\n"
         "            return [mul]\n";

static cot_value product(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_mul(b, operands[0], operands[1]);
}

static const char rows[] = HEAD "    def forward(self, x: \"f32[5, 3]\", w: " V3 "):\n"
                                "        body_graph_0 = self.body_graph_0\n"
                                "        map_impl = torch.ops.higher_order.map_impl(body_graph_0, [x], [w])\n"
                                "        getitem: \"f32[5, 3]\" = map_impl[0]\n"
                                "        return (getitem,)\n"
                                "\n"
                                "    class body_graph_0(torch.nn.Module):\n"
                                "        def forward(self, arg0_1: " V3 ", arg1_1: " V3 "):\n"
                                "            sin: " V3 " = torch.ops.aten.sin.default(arg0_1)\n"
                                "            mul: " V3 " = torch.ops.aten.mul.Tensor(sin, arg1_1)\n"
                                "            return (mul,)\n";

static cot_value row(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_mul(b, cot_sin(b, operands[0]), operands[1]);
}

static void test_map_and_prefixes(void) {
    fixture f;
    begin_rows(&f);
    cot_output(f.b, cot_associative_scan(f.b, product, NULL, f.x, 0, 0));
    check(&f, products, "associative_scan: items of both sides");
    begin_rows(&f);
    cot_output(f.b, cot_map(f.b, row, NULL, f.x, &f.w, 1));
    check(&f, rows, "map: an item, then the operands");
}

/* ---- autograd_function_apply: outputs and what is saved, gradients of the one and the other -------------------------
 */

static const char custom[] = HEAD
    "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
    "        fwd_body_0 = self.fwd_body_0\n"
    "        bwd_body_0 = self.bwd_body_0\n"
    "        call = torch.ops.higher_order.autograd_function_apply(fwd_body_0, bwd_body_0, x, non_differentiable_idx = "
    "[1], saved_for_backward_idx = [0])\n"
    "        getitem: " V3 " = call[0]\n"
    "        return (getitem,)\n"
    "\n"
    "    class fwd_body_0(torch.nn.Module):\n"
    "        def forward(self, l_x_: " V3 "):\n"
    "            y: " V3 " = l_x_.exp()\n"
    "            out: " V3 " = l_x_ * 3\n"
    "            return ((out, y), (l_x_,))\n"
    "\n"
    "    class bwd_body_0(torch.nn.Module):\n"
    "        def forward(self, g: " V3 ", _: " V3 ", l_x_: " V3 "):\n"
    "            mul: " V3 " = g * 3\n"
    "            add: " V3 " = mul + l_x_\n"
    "            return (add,)\n";

static cot_value exp_and_triple(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value y = cot_exp(b, operands[0]), outs[] = {scalar_call(b, "mul.Tensor", operands[0], 3), y};
    const cot_value parts[] = {cot_tuple(b, outs, 2), cot_tuple(b, operands, 1)};
    return cot_tuple(b, parts, 2);
}

static cot_value own_gradient(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user; /* of the outputs, then what was saved */
    const cot_value gradient = cot_add(b, scalar_call(b, "mul.Tensor", operands[0], 3), operands[2]);
    return cot_tuple(b, &gradient, 1);
}

static void test_custom(void) {
    fixture f;
    begin(&f);
    const int64_t fixed[] = {1};
    const cot_value results = cot_call(
        f.b, "higher_order.autograd_function_apply",
        (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = exp_and_triple},
                         {.kind = COT_ARGUMENT_BODY, .body = own_gradient},
                         {.kind = COT_ARGUMENT_VALUE, .value = f.x},
                         {.kind = COT_ARGUMENT_INTS, .keyword = "non_differentiable_idx", .ints = fixed, .count = 1}},
        4);
    cot_output(f.b, cot_part(f.b, results, 0));
    check(&f, custom, "autograd_function_apply: a derivative of the caller's");
}

/* ---- calls with options -------------------------------------------------------------------------------------------
 */

#define BODY(name)                                                                                                     \
    "    class " name "(torch.nn.Module):\n"                                                                           \
    "        def forward(self, x: " V3 "):\n"                                                                          \
    "            sin: " V3 " = x.sin()\n"                                                                              \
    "            return (sin,)\n"

static const char checkpointed[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        body = self.body\n"
         "        call = torch.ops.higher_order.tag_activation_checkpoint(body, x, use_reentrant = False)\n"
         "        getitem: " V3 " = call[0]\n"
         "        return (getitem,)\n" BODY("body");

static const char hinted[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        body = self.body\n"
         "        call = torch.ops.higher_order.hints_wrapper(body, (x,), {}, hints = {'level': 2})\n"
         "        getitem: " V3 " = call[0]\n"
         "        return (getitem,)\n" BODY("body");

static const char strict[] = HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
                                  "        body = self.body\n"
                                  "        call = torch.ops.higher_order.strict_mode(body, (x,))\n"
                                  "        getitem: " V3 " = call[0]\n"
                                  "        return (getitem,)\n" BODY("body");

static const char quantised[] = HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
                                     "        body = self.body\n"
                                     "        call = torch.ops.higher_order.invoke_quant(body, x, scheme = 'nf4')\n"
                                     "        getitem: " V3 " = call[0]\n"
                                     "        return (getitem,)\n" BODY("body");

static const char without_grad[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        body = self.body\n"
         "        call = torch.ops.higher_order.wrap_with_set_grad_enabled(False, body, x)\n"
         "        getitem: " V3 " = call[0]\n"
         "        return (getitem,)\n" BODY("body");

static cot_value sine(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_sin(b, operands[0]);
}

static void test_options(void) {
    static const char *const keys[] = {"level"};
    fixture f;
    begin(&f);
    cot_output(f.b, cot_checkpointed(f.b, sine, NULL, &f.x, 1));
    check(&f, checkpointed, "tag_activation_checkpoint");
    begin(&f);
    const cot_value level = cot_int(f.b, 2), hints = cot_dict(f.b, keys, &level, 1), x = cot_tuple(f.b, &f.x, 1);
    cot_output(f.b, cot_call(f.b, "higher_order.hints_wrapper",
                             (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = sine},
                                              {.kind = COT_ARGUMENT_VALUE, .value = x},
                                              {.kind = COT_ARGUMENT_VALUE, .keyword = "hints", .value = hints}},
                             3));
    check(&f, hinted, "hints_wrapper: a dict of constants");
    begin(&f);
    cot_output(f.b, cot_call(f.b, "higher_order.strict_mode",
                             (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = sine},
                                              {.kind = COT_ARGUMENT_VALUE, .value = cot_tuple(f.b, &f.x, 1)}},
                             2));
    check(&f, strict, "strict_mode: a tuple of operands");
    begin(&f);
    cot_output(f.b, cot_call(f.b, "higher_order.invoke_quant",
                             (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = sine},
                                              {.kind = COT_ARGUMENT_VALUE, .value = f.x},
                                              {.kind = COT_ARGUMENT_TEXT, .keyword = "scheme", .text = "nf4"}},
                             3));
    check(&f, quantised, "invoke_quant: an option by keyword");
    begin(&f);
    cot_output(f.b, cot_no_grad(f.b, sine, NULL, &f.x, 1));
    check(&f, without_grad, "wrap_with_set_grad_enabled: a constant in front");
}

/* ---- switch, and an operator in another dtype ----------------------------------------------------------------------
 */

static const char three[] =
    HEAD "    def forward(self, x: " V3 ", y: " V3 ", w: " V3 "):\n"
         "        argmax: \"i64[]\" = torch.ops.aten.argmax.default(x)\n"
         "        branch0 = self.branch0\n"
         "        branch1 = self.branch1\n"
         "        branch2 = self.branch2\n"
         "        call = torch.ops.higher_order.switch(argmax, [branch0, branch1, branch2], (x, w))\n"
         "        getitem: " V3 " = call[0]\n"
         "        return (getitem,)\n"
         "\n"
         "    class branch0(torch.nn.Module):\n"
         "        def forward(self, x: " V3 ", w_branch1: " V3 "):\n"
         "            sin: " V3 " = x.sin()\n"
         "            return (sin,)\n"
         "\n"
         "    class branch1(torch.nn.Module):\n"
         "        def forward(self, x: " V3 ", w_branch1: " V3 "):\n"
         "            mul: " V3 " = x * w_branch1\n"
         "            return (mul,)\n"
         "\n"
         "    class branch2(torch.nn.Module):\n"
         "        def forward(self, x: " V3 ", w_branch1: " V3 "):\n"
         "            sin: " V3 " = x.sin()\n"
         "            return (sin,)\n";

static cot_value times_w(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_mul(b, operands[0], *(cot_value *)user);
}

static const char wide[] =
    HEAD "    def forward(self, x: \"i8[2, 3]\", y: \"i8[3, 4]\"):\n"
         "        out: \"i32[2, 4]\" = torch.ops.higher_order.out_dtype(torch.ops.aten.mm.default, torch.int32, x, y)\n"
         "        return (out,)\n";

static void test_switch_and_dtype(void) {
    static const cot_body bodies[] = {sine, times_w, sine};
    fixture f;
    begin(&f);
    const cot_value index =
        cot_call(f.b, "argmax.default", &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = f.x}, 1);
    cot_output(f.b, cot_switch(f.b, index, bodies, 3, &f.w, &f.x, 1));
    check(&f, three, "switch: three branches, inputs merged");
    begin_named(&f, NULL, 0, NULL);
    const cot_value x = cot_input(f.b, "x", COT_I8, 2, (int64_t[]){2, 3});
    const cot_value y = cot_input(f.b, "y", COT_I8, 2, (int64_t[]){3, 4});
    cot_output(f.b, cot_call(f.b, "higher_order.out_dtype",
                             (cot_argument[]){{.kind = COT_ARGUMENT_TEXT, .text = "aten.mm.default"},
                                              {.kind = COT_ARGUMENT_DTYPE, .integer = COT_I32},
                                              {.kind = COT_ARGUMENT_VALUE, .value = x},
                                              {.kind = COT_ARGUMENT_VALUE, .value = y}},
                             4));
    check(&f, wide, "out_dtype: an operator as an argument");
}

int main(void) {
    test_invoke();
    test_nested();
    test_cond();
    test_while();
    test_counter();
    test_stack();
    test_scan();
    test_map_and_prefixes();
    test_custom();
    test_options();
    test_switch_and_dtype();
    return tap_done();
}
