/* SPDX-License-Identifier: MIT
 * refusals.c — what a body may not do, what it may not return, and calls that cannot be: each with its text. */
#include "tests/capture/capture.h"

#define WHOLE                                                                                                          \
    "This higher order operator doesn't work unless it is captured completely with torch.compile. Got graph "          \
    "break/error:\n"
#define SIDE_EFFECT "HigherOrderOperator: Mutating a variable not in the current scope (SideEffects)"
#define ALIASING "Encountered aliasing during higher order op tracing"
#define MUTATION "Encountered input mutation during higher order op tracing"

/* What the bodies below use of outside. */
typedef struct outside {
    cot_builder *b; /* the builder around */
    cot_value x, y, cell;
} outside;

static cot_value twice(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_scale(b, operands[0], 2);
}

/* ---- changes of what lies outside ----------------------------------------------------------------------------------
 */

static cot_value sets_cell(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    const cot_value y = cot_sin(b, operands[0]);
    cot_cell_set(b, o->cell, y);
    return cot_cos(b, y);
}

static cot_value sets_number(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    cot_cell_set(b, o->cell, cot_int(b, 7));
    return cot_sin(b, operands[0]);
}

/* x.append(…): the cell holds a list */
static cot_value appends(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    const cot_value list[] = {cot_cell_get(b, o->cell), operands[0]};
    cot_cell_set(b, o->cell, cot_list(b, list, 2));
    return cot_sin(b, operands[0]);
}

static cot_value empties(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    cot_cell_set(b, o->cell, cot_none(b));
    return cot_sin(b, operands[0]);
}

static cot_value uses_builder(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_add(b, operands[0], cot_sin(o->b, o->x));
}

static cot_value makes_output(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    cot_output(o->b, o->x);
    return cot_sin(b, operands[0]);
}

static cot_value makes_input(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_add(b, vector(o->b, "late"), operands[0]);
}

static void test_side_effects(void) {
    static const struct {
        cot_body body;
        const char *what;
    } cases[] = {{sets_cell, "a body sets a cell outside"},    {sets_number, "… to a number"},
                 {appends, "… appends to a list in it"},       {empties, "… empties it"},
                 {uses_builder, "… uses the builder outside"}, {makes_output, "… gives the program an output"},
                 {makes_input, "… gives the program an input"}};
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f);
        outside o = {.b = f.b, .x = f.x, .cell = cot_cell(f.b, f.y)};
        cot_call(f.b, "higher_order.wrap",
                 (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = cases[i].body, .user = &o},
                                  {.kind = COT_ARGUMENT_VALUE, .value = f.x}},
                 2);
        check_refused(&f, COT_REFUSED, WHOLE SIDE_EFFECT, cases[i].what);
        end(&f);
    }
}

/* ---- the escape hatch ----------------------------------------------------------------------------------------------
 */

static cot_value allowed(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    cot_allow_side_effects(b);
    return sets_cell(b, operands, count, user);
}

static cot_value allowed_around(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    cot_allow_side_effects(b);
    return cot_invoke(b, sets_cell, user, operands, 1);
}

static void test_allowed(void) {
    fixture f;
    begin(&f);
    outside o = {.cell = cot_cell(f.b, f.y)};
    const cot_value result = cot_invoke(f.b, allowed, &o, &f.x, 1);
    cot_output(f.b, cot_add(f.b, result, cot_cell_get(f.b, o.cell)));
    CHECK(!finish(&f));
    check_same(&f,
               "class GraphModule(torch.nn.Module):\n"
               "    def forward(self, x: \"f32[3]\", y: \"f32[3]\", w: \"f32[3]\"):\n"
               "        subgraph_0 = self.subgraph_0\n"
               "        call = torch.ops.higher_order.invoke_subgraph(subgraph_0, 'subgraph_0', x)\n"
               "        getitem: \"f32[3]\" = call[0]\n"
               "        getitem_1: \"f32[3]\" = call[1]\n"
               "        add: \"f32[3]\" = getitem + getitem_1\n"
               "        return (add,)\n"
               "    class subgraph_0(torch.nn.Module):\n"
               "        def forward(self, x: \"f32[3]\"):\n"
               "            sin: \"f32[3]\" = x.sin()\n"
               "            cos: \"f32[3]\" = sin.cos()\n"
               "            return (cos, sin)\n",
               "what an allowed body puts into a cell is one more result");
    end(&f);

    begin(&f);
    o = (outside){.cell = cot_cell(f.b, f.y)};
    cot_invoke(f.b, allowed_around, &o, &f.x, 1);
    check_refused(&f, COT_REFUSED, SIDE_EFFECT, "a body inside an allowed one is checked");
    end(&f);
}

/* ---- aliasing and mutation -----------------------------------------------------------------------------------------
 */

static cot_value same(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)b, (void)count, (void)user;
    return operands[0];
}

static cot_value both(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value y = cot_sin(b, operands[0]), parts[] = {y, cot_transpose(b, y, 0, 0)};
    return cot_tuple(b, parts, 2);
}

static cot_value inputs(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_add(b, operands[0], o->y);
}

static cot_value writes(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_sin(b, cot_copy_into(b, operands[0], cot_cos(b, operands[0])));
}

static void test_memory(void) {
    static const struct {
        cot_body body;
        const char *text, *what;
    } cases[] = {{same, ALIASING, "an output is an input"},
                 {both, ALIASING, "an output is a view of another"},
                 {inputs, ALIASING, "two inputs share storage"},
                 {writes, MUTATION, "an input is written"}};
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f);
        outside o = {.y = cot_transpose(f.b, f.x, 0, 0)};
        const cot_value p = cot_operator(f.b, ">", cot_sum(f.b, f.x), cot_int(f.b, 0));
        cot_cond(f.b, p, cases[i].body, cases[i].body, &o, &f.x, 1);
        check_refused(&f, COT_REFUSED, cases[i].text, cases[i].what);
        end(&f);
    }
    fixture f;
    begin(&f);
    cot_invoke(f.b, same, NULL, &f.x, 1);
    check_refused(&f, COT_REFUSED, "Found in invoke_subgraph", "the operator is named");
    end(&f);
    begin(&f);
    cot_output(f.b, cot_invoke(f.b, writes, NULL, &f.x, 1));
    tap_check(!finish(&f), "a region may write its inputs", __FILE__, __LINE__);
    end(&f);
}

/* ---- what bodies return --------------------------------------------------------------------------------------------
 */

static cot_value gives_real(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)operands, (void)count, (void)user;
    return cot_real(b, 1.5);
}

static cot_value gives_text(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)operands, (void)count, (void)user;
    return cot_text(b, "a");
}

static cot_value gives_nothing(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)b, (void)operands, (void)count, (void)user;
    return COT_NO_VALUE;
}

static cot_value gives_pair(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value parts[] = {cot_sin(b, operands[0]), cot_cos(b, operands[0])};
    return cot_tuple(b, parts, 2);
}

static cot_value gives_sum(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_sum(b, operands[0]);
}

static cot_value fails(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_matmul(b, operands[0], cot_reshape(b, operands[0], 2, (int64_t[]){2, 5}));
}

static void test_results(void) {
    static const struct {
        cot_body on_true, on_false;
        cot_status status;
        const char *text, *what;
    } cases[] = {
        {twice, gives_real, COT_SCHEMA,
         WHOLE "HigherOrderOperator body's output must consist of tensors or ints/bools only but got <class 'float'>.\n"
               "  Higher Order Operator: torch.cond",
         "a body returns a float"},
        {twice, gives_text, COT_SCHEMA, "only but got <class 'str'>", "a body returns a text"},
        {twice, gives_nothing, COT_INVALID, "the body returned no value", "a body returns nothing"},
        {twice, gives_pair, COT_SCHEMA, "Expected branches to return the same pytree structure.",
         "branches return other structures"},
        {twice, fails, COT_SHAPE, WHOLE, "an operator in a body fails"},
    };
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f);
        const cot_value p = cot_operator(f.b, ">", cot_sum(f.b, f.x), cot_int(f.b, 0));
        cot_cond(f.b, p, cases[i].on_true, cases[i].on_false, NULL, &f.x, 1);
        check_refused(&f, cases[i].status, cases[i].text, cases[i].what);
        end(&f);
    }
}

/* ---- loops ---------------------------------------------------------------------------------------------------------
 */

static cot_value always(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)operands, (void)count;
    return cot_bool(b, user != NULL);
}

static cot_value all_of(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_operator(b, "<", operands[0], cot_int(b, 1));
}

static cot_value any_of(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_operator(b, "<", cot_sum(b, operands[0]), cot_int(b, 1));
}

static void test_while(void) {
    fixture f;
    int yes = 1;
    begin(&f);
    cot_while(f.b, always, twice, &yes, &f.x, 1);
    check_refused(&f, COT_REFUSED,
                  "Infinite loop detected because while_loop's cond_fn always returns the same value True.",
                  "a condition that always holds");
    end(&f);

    begin(&f);
    cot_output(f.b, cot_while(f.b, always, twice, NULL, &f.x, 1));
    tap_check(!finish(&f) && !find_call(f.graph, "while"), "one that never does: the carries as they are", __FILE__,
              __LINE__);
    end(&f);

    begin(&f);
    cot_while(f.b, all_of, twice, NULL, &f.x, 1);
    check_refused(&f, COT_SHAPE, "Expected cond_fn to return a scalar tensor or a bool but got torch.Size([3]).",
                  "a condition of several elements");
    end(&f);

    begin(&f);
    cot_while(f.b, any_of, gives_sum, NULL, &f.x, 1);
    check_refused(&f, COT_SHAPE,
                  "Expected body_fn_output and carried_inputs to have same metadata but found:\npair[0] differ in "
                  "'shape: torch.Size([]) vs torch.Size([3])', where lhs is f32[] and rhs is f32[3]",
                  "a carry that changes its sizes");
    end(&f);

    begin(&f);
    cot_while(f.b, any_of, gives_pair, NULL, &f.x, 1);
    check_refused(&f, COT_SHAPE, "2 values for 1 carries", "more carries than before");
    end(&f);
}

static cot_value no_pair(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_add(b, operands[0], operands[1]);
}

static cot_value other_dtype(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value wide = cot_call(b, "to.dtype",
                                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = operands[0]},
                                                     {.kind = COT_ARGUMENT_DTYPE, .integer = COT_F64}},
                                    2);
    const cot_value parts[] = {wide, cot_none(b)};
    return cot_tuple(b, parts, 2);
}

static cot_value two_carries(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value carry[] = {cot_sin(b, operands[0]), cot_cos(b, operands[0])};
    const cot_value parts[] = {cot_tuple(b, carry, 2), cot_none(b)};
    return cot_tuple(b, parts, 2);
}

static void test_scan(void) {
    static const struct {
        cot_body body;
        cot_status status;
        const char *text, *what;
    } cases[] = {
        {no_pair, COT_SCHEMA, "Expect combine_fn to return a tuple (next_carry, y) but got", "no pair is returned"},
        {other_dtype, COT_SHAPE,
         "Expected init and carry to have same metadata but found:\npair[0] differ in 'dtype: torch.float32 vs "
         "torch.float64', where lhs is f32[3] and rhs is f64[3]",
         "a carry that changes its dtype"},
        {two_carries, COT_SHAPE,
         "Expected init and carry to have same number of outputs but got lhs:[f32[3]] and rhs:[f32[3], f32[3]]",
         "a carry more"},
    };
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        begin(&f);
        const cot_value xs = cot_input(f.b, "xs", COT_F32, 2, (int64_t[]){5, 3});
        cot_scan(f.b, cases[i].body, NULL, f.x, xs, 0, 0);
        check_refused(&f, cases[i].status, cases[i].text, cases[i].what);
        end(&f);
    }
    fixture f;
    begin(&f);
    cot_scan(f.b, no_pair, NULL, cot_real(f.b, 0.5), f.x, 0, 0);
    check_refused(&f, COT_SCHEMA,
                  "scan with body that accepts non-Tensors as input. Got type <class 'float'> at index 0.",
                  "a constant where a body takes a tensor of its own");
    end(&f);
    begin(&f);
    cot_scan(f.b, two_carries, NULL, f.x, cot_sum(f.b, f.x), 0, 0);
    check_refused(&f, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions", "xs without a dimension");
    end(&f);
}

/* ---- calls ---------------------------------------------------------------------------------------------------------
 */

static cot_value endless(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    return cot_invoke(b, endless, user, operands, count);
}

static cot_value leaks(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    *(cot_value *)user = cot_sin(b, operands[0]);
    return cot_cos(b, operands[0]);
}

static void test_calls(void) {
    fixture f;
    begin(&f);
    cot_call(f.b, "higher_order.no_such_thing", NULL, 0);
    check_refused(&f, COT_UNKNOWN_OPERATOR, "Unable to create higher order operator variable for no_such_thing.",
                  "an unknown operator");
    end(&f);

    begin(&f);
    cot_cond(f.b, f.x, twice, twice, NULL, &f.x, 1);
    check_refused(&f, COT_SCHEMA, "Expected `pred` to be a bool or a boolean tensor with a single item but got f32[3]",
                  "a predicate that is no bool");
    end(&f);

    begin(&f);
    cot_call(f.b, "higher_order.cond",
             (cot_argument[]){{.kind = COT_ARGUMENT_BOOL, .integer = 1}, {.kind = COT_ARGUMENT_BODY, .body = twice}},
             2);
    check_refused(
        &f, COT_SCHEMA,
        "torch.cond expects 4 positional arguments (got 2) and no keyword arguments (got 0) Usage: cond(pred, "
        "cond_fn, body_fn, operands)",
        "too few arguments");
    end(&f);

    begin(&f);
    cot_invoke(f.b, endless, NULL, &f.x, 1);
    check_refused(&f, COT_INVALID, "does a body call itself?", "a body that calls itself for ever");
    end(&f);

    begin(&f);
    cot_value leaked = COT_NO_VALUE;
    cot_invoke(f.b, leaks, &leaked, &f.x, 1);
    cot_sin(f.b, leaked);
    check_refused(&f, COT_INVALID, "a value of a body is used outside it: return it from the body instead",
                  "a value that left its body");
    end(&f);

    begin(&f);
    cot_invoke(f.b, leaks, &leaked, &f.x, 1);
    cot_invoke(f.b, twice, NULL, &leaked, 1);
    check_refused(&f, COT_INVALID, "a value of a body is used outside it", "… even in another body");
    end(&f);
}

int main(void) {
    test_side_effects();
    test_allowed();
    test_memory();
    test_results();
    test_while();
    test_scan();
    test_calls();
    return tap_done();
}
