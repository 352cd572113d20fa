/* SPDX-License-Identifier: MIT
 * operands.c — which operands a captured call has: what its body uses of outside, in which order, with which sizes. */
#include "ops/op.h"
#include "tests/capture/capture.h"

/* How many arguments the call of `packet` has, the body among them. */
static uint32_t arguments(const cot_graph *g, const char *packet) {
    const node *n = find_call(g, packet);
    return n ? n->nargs : 0;
}

static uint32_t calls(const cot_graph *g) {
    uint32_t count = 0;
    for (value v = 0; v < g->nodes.count; v++)
        count += graph_node(g, v)->op->kind == OP_CALL || graph_node(g, v)->op->kind == OP_GETITEM;
    return count;
}

static cot_value wrap(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    cot_argument arguments[8] = {{.kind = COT_ARGUMENT_BODY, .body = body, .user = user}};
    for (uint32_t i = 0; i < count; i++)
        arguments[i + 1] = (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = operands[i]};
    return cot_call(b, "higher_order.wrap", arguments, count + 1);
}

/* "x w add": the inputs of a body by name. */
static void check_inputs(const cot_graph *body, const char *expected, const char *what) {
    char found[256] = "";
    for (uint32_t i = 0; body && i < body->inputs.count; i++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", i ? " " : "",
                 graph_node(body, body->inputs.data[i])->name);
    tap_same_text(found, expected, what, __FILE__, __LINE__);
}

static const cot_graph *body_of(const cot_graph *g, uint32_t i) {
    return i < g->children.count ? g->children.data[i].graph : NULL;
}

/* ---- what is an operand --------------------------------------------------------------------------------------------
 */

static cot_value sine(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_sin(b, operands[0]);
}

static cot_value free_only(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const cot_value free = *(cot_value *)user, parts[] = {cot_sin(b, free), cot_cos(b, free)};
    (void)operands, (void)count;
    return cot_tuple(b, parts, 2);
}

static cot_value returns_free(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const cot_value free = *(cot_value *)user, parts[] = {cot_sin(b, operands[0]), free, free};
    (void)count;
    return cot_tuple(b, parts, 3);
}

/* An outer value by way of another function. */
static cot_value add_free(cot_builder *b, cot_value x, const cot_value *free) { return cot_add(b, x, *free); }

static cot_value by_helper(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return add_free(b, operands[0], user);
}

static cot_value scaled(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_scale(b, operands[0], *(double *)user);
}

static void test_operands(void) {
    fixture f;
    begin(&f);
    cot_output(f.b, wrap(f.b, sine, NULL, &f.x, 1));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 2 && calls(f.graph) == 2);
    end(&f);

    begin(&f);
    cot_output(f.b, wrap(f.b, free_only, &f.w, &f.x, 1));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 2); /* an unused argument is none, a used one is one */
    check_inputs(body_of(f.graph, 0), "w", "used twice, lifted once");
    end(&f);

    begin(&f);
    const cot_value result = wrap(f.b, returns_free, &f.w, &f.x, 1);
    cot_output(f.b, cot_part(f.b, result, 0));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 3);
    CHECK(calls(f.graph) == 2 && body_of(f.graph, 0)->output.count == 3); /* what nobody takes has no getitem */
    check_round_trip(&f, "a body that returns what it was given");
    end(&f);

    begin(&f);
    cot_output(f.b, wrap(f.b, by_helper, &f.w, &f.x, 1));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 3);
    end(&f);
}

static void test_constants(void) {
    fixture f;
    double four = 4, five = 5;
    begin(&f);
    const cot_value x[] = {f.x, cot_text(f.b, "mean"), cot_none(f.b), cot_real(f.b, 0.5)};
    const cot_value a = cot_invoke(f.b, scaled, &four, x, 4), c = cot_invoke(f.b, scaled, &five, x, 4);
    cot_output(f.b, cot_add(f.b, a, cot_add(f.b, c, cot_invoke(f.b, scaled, &four, x, 4))));
    CHECK(!finish(&f) && f.graph->children.count == 2); /* constants are in the body: 4 and 5 are two, 4 and 4 one */
    CHECK(arguments(f.graph, "invoke_subgraph") == 3);
    check_inputs(body_of(f.graph, 0), "x", "no operand is a constant");
    end(&f);
}

/* ---- order ---------------------------------------------------------------------------------------------------------
 */

typedef struct outside {
    cot_value x, y, w;
} outside;

static cot_value interleaved(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    const cot_value first = cot_add(b, operands[1], o->w), second = cot_add(b, cot_add(b, first, operands[0]), o->y);
    const cot_value parts[] = {second, cot_none(b)};
    return cot_tuple(b, parts, 2);
}

static cot_value innermost(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    return cot_add(b, cot_add(b, operands[0], o->y), o->x);
}

static cot_value middle(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const outside *o = user;
    (void)count;
    outside inner = {.x = o->w, .y = cot_sin(b, operands[0])}; /* made here: an operand of the inner body alone */
    return wrap(b, innermost, &inner, operands, 1);
}

static void test_order(void) {
    fixture f;
    begin(&f);
    outside o = {f.x, f.y, f.w};
    const cot_value xs = cot_input(f.b, "xs", COT_F32, 2, (int64_t[]){5, 3});
    cot_output(f.b, cot_part(f.b, cot_scan(f.b, interleaved, &o, f.x, xs, 0, 0), 0));
    CHECK(!finish(&f));
    check_inputs(body_of(f.graph, 0), "arg0_1 arg1_1 w y", "inputs of its own first, lifted ones in order of use");
    end(&f);

    begin(&f);
    o = (outside){f.x, f.y, f.w};
    cot_output(f.b, wrap(f.b, middle, &o, &f.x, 1));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 3);
    check_inputs(body_of(f.graph, 0), "x w", "a value made in a body is no operand of that body");
    check_inputs(body_of(body_of(f.graph, 0), 0), "x sin w", "… but of the one inside");
    check_round_trip(&f, "a body in a body");
    end(&f);
}

/* ---- sizes ---------------------------------------------------------------------------------------------------------
 */

static cot_value products(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_matmul(b, operands[0], *(cot_value *)user);
}

static cot_value around(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    return wrap(b, products, user, operands, count);
}

static void test_shared_symbols(void) {
    fixture f;
    begin(&f);
    const int64_t n = cot_dynamic(f.b, 2, 64), k = cot_dynamic(f.b, 2, -1), m = cot_dynamic(f.b, 2, 64);
    const cot_value x = cot_input(f.b, "left", COT_F32, 2, (int64_t[]){n, k});
    cot_value y = cot_input(f.b, "right", COT_F32, 2, (int64_t[]){k, m});
    cot_output(f.b, wrap(f.b, around, &y, &x, 1));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 6);
    check_inputs(body_of(f.graph, 0), "sym_size sym_size_1 left sym_size_2 right",
                 "symbols before the first tensor that needs them, each once");
    check_inputs(body_of(body_of(f.graph, 0), 0), "sym_size sym_size_1 left sym_size_2 right", "… at every level");
    check_round_trip(&f, "shared symbols");
    end(&f);
}

static cot_value by_size(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    return cot_mul(b, operands[1], operands[0]);
}

static void test_size_operand(void) {
    fixture f;
    begin(&f);
    const cot_value still[] = {cot_size(f.b, f.x, 0), f.x};
    cot_output(f.b, wrap(f.b, by_size, NULL, still, 2));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 2); /* 3 is a constant of the body */
    end(&f);

    begin(&f);
    const int64_t n = cot_dynamic(f.b, 2, 64);
    const cot_value x = cot_input(f.b, "x_", COT_F32, 1, &n), moving[] = {cot_size(f.b, x, 0), x};
    cot_output(f.b, wrap(f.b, by_size, NULL, moving, 2));
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 3); /* the size that is passed is the size of the tensor */
    check_round_trip(&f, "a size as an operand");
    end(&f);
}

/* x[:x.size(0) - 2] in a body, the bound computed outside. */
static cot_value slice(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_call(b, "slice.Tensor",
                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = operands[0]},
                                     {.kind = COT_ARGUMENT_INT, .integer = 0},
                                     {.kind = COT_ARGUMENT_INT, .integer = 0},
                                     {.kind = COT_ARGUMENT_VALUE, .value = *(cot_value *)user}},
                    4);
}

static void test_compound(void) {
    fixture f;
    begin(&f);
    const int64_t n = cot_dynamic(f.b, 4, 64), m = cot_dynamic(f.b, 2, 64);
    const cot_value x = cot_input(f.b, "x_", COT_F32, 2, (int64_t[]){n, m});
    cot_value bound = cot_operator(f.b, "-", cot_size(f.b, x, 0), cot_int(f.b, 2));
    const cot_value y = wrap(f.b, slice, &bound, &x, 1);
    int64_t sizes[COT_MAX_DIMS];
    CHECK(cot_value_shape(f.b, y, sizes, NULL) == 2 && sizes[0] < 0 && sizes[0] != n && sizes[1] == m);
    cot_output(f.b, y);
    CHECK(!finish(&f) && arguments(f.graph, "wrap") == 5);
    check_inputs(body_of(f.graph, 0), "sym_size sym_size_1 x_ sub", "symbols, the tensor, what is computed of them");
    check_round_trip(&f, "a computed bound");
    end(&f);
}

/* ---- sizes and numbers that only data tell --------------------------------------------------------------------------
 */

static cot_value total(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    const cot_value own = cot_sum(b, operands[0]); /* C does not say which argument is evaluated first */
    return cot_add(b, own, cot_sum(b, *(cot_value *)user));
}

static cot_value multiply(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count;
    return cot_mul(b, operands[0], *(cot_value *)user);
}

static cot_value with_size(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    const cot_value scaled = multiply(b, operands, count, user);
    return cot_add(b, scaled, cot_sum(b, operands[1]));
}

static cot_value of_one(cot_builder *b, const char *name, cot_value x) {
    return cot_call(b, name, &(cot_argument){.kind = COT_ARGUMENT_VALUE, .value = x}, 1);
}

static void test_unbacked(void) {
    fixture f;
    begin(&f);
    cot_value found = of_one(f.b, "nonzero.default", f.x), more = of_one(f.b, "nonzero.default", f.y);
    cot_output(f.b, wrap(f.b, total, &found, &f.x, 1));
    const cot_value both[] = {found, more};
    cot_value all =
        cot_call(f.b, "cat.default", &(cot_argument){.kind = COT_ARGUMENT_VALUES, .values = both, .count = 2}, 1);
    cot_output(f.b, wrap(f.b, total, &all, &f.x, 1));
    cot_value number = of_one(f.b, "item.default", cot_sum(f.b, f.x));
    cot_output(f.b, wrap(f.b, multiply, &number, &f.x, 1));
    cot_value size = cot_size(f.b, found, 0);
    const cot_value operands[] = {f.x, found};
    cot_output(f.b, wrap(f.b, with_size, &size, operands, 2));
    CHECK(!finish(&f));
    check_inputs(body_of(f.graph, 0), "x sym_size nonzero", "the size that data tell comes before the tensor");
    check_inputs(body_of(f.graph, 1), "x sym_size sym_size_1 cat", "two of them before a tensor that has their sum");
    check_inputs(body_of(f.graph, 2), "x item", "a number is an operand");
    check_inputs(body_of(f.graph, 3), "x sym_size nonzero", "a size that is held by hand is the tensor's: one operand");
    check_round_trip(&f, "sizes that data tell");
    end(&f);
}

static void test_sizes_refused(void) {
    fixture f;
    begin(&f);
    cot_input(f.b, "negative", COT_F32, 1, (int64_t[]){-1});
    check_refused(&f, COT_SHAPE, "size -1 of dimension 0 is negative", "a size that nobody declared");
    end(&f);
    begin(&f);
    cot_dynamic(f.b, 8, 4);
    check_refused(&f, COT_INVALID, "the range of a size is empty or begins below 0", "an empty range");
    end(&f);
}

int main(void) {
    test_operands();
    test_constants();
    test_order();
    test_shared_symbols();
    test_size_operand();
    test_compound();
    test_unbacked();
    test_sizes_refused();
    return tap_done();
}
