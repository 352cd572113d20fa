/* SPDX-License-Identifier: MIT
 * structures.c — lists, tuples, dicts and structs of C as operands and results of bodies: flattened into the call,
 * rebuilt around it, constants and all. */
#include "ops/op.h"
#include "tests/capture/capture.h"

static cot_value wrap(cot_builder *b, cot_body body, void *user, cot_value operand) {
    return cot_call(b, "higher_order.wrap",
                    (cot_argument[]){{.kind = COT_ARGUMENT_BODY, .body = body, .user = user},
                                     {.kind = COT_ARGUMENT_VALUE, .value = operand}},
                    2);
}

/* ---- operands ------------------------------------------------------------------------------------------------------
 */

/* {'y': (x, [w, x]), 'scale': 0.5}: leaves by path; w is used last */
static cot_value by_path(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value y = cot_field(b, operands[0], "y"), list = cot_part(b, y, 1);
    const cot_value sum = cot_add(b, cot_part(b, y, 0), cot_part(b, list, 1));
    return cot_mul(b, cot_add(b, sum, cot_part(b, list, 0)), cot_field(b, operands[0], "scale"));
}

static void test_operands(void) {
    static const char *const keys[] = {"y", "scale"};
    fixture f;
    begin(&f);
    const cot_value pair[] = {f.w, f.x};
    const cot_value both[] = {f.x, cot_list(f.b, pair, 2)};
    const cot_value items[] = {cot_tuple(f.b, both, 2), cot_real(f.b, 0.5)};
    cot_output(f.b, wrap(f.b, by_path, NULL, cot_dict(f.b, keys, items, 2)));
    CHECK(!finish(&f));
    CHECK(find_call(f.graph, "wrap")->nargs == 3); /* x by two paths is one operand, 0.5 is none */
    check_same(&f,
               "class GraphModule(torch.nn.Module):\n"
               "    def forward(self, x: \"f32[3]\", y: \"f32[3]\", w: \"f32[3]\"):\n"
               "        wrap_body_0 = self.wrap_body_0\n"
               "        wrap = torch.ops.higher_order.wrap(wrap_body_0, x, w)\n"
               "        getitem: \"f32[3]\" = wrap[0]\n"
               "        return (getitem,)\n"
               "    class wrap_body_0(torch.nn.Module):\n"
               "        def forward(self, x: \"f32[3]\", w: \"f32[3]\"):\n"
               "            add: \"f32[3]\" = x + x\n"
               "            add_1: \"f32[3]\" = add + w\n"
               "            mul: \"f32[3]\" = add_1 * 0.5\n"
               "            return (mul,)\n",
               "a dict of a tuple of a list");
    end(&f);
}

/* x.view(n): the number is a constant where it is one, an operand where only a run knows it. */
static cot_value view(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value size = cot_part(b, operands[0], 1);
    return cot_call(b, "view.default",
                    (cot_argument[]){{.kind = COT_ARGUMENT_VALUE, .value = cot_part(b, operands[0], 0)},
                                     {.kind = COT_ARGUMENT_VALUES, .values = &size, .count = 1}},
                    2);
}

static void test_sizes(void) {
    for (int dynamic = 0; dynamic < 2; dynamic++) {
        fixture f;
        begin(&f);
        const int64_t n = dynamic ? cot_dynamic(f.b, 2, 64) : 3;
        const cot_value x = cot_input(f.b, "x_", COT_F32, 1, &n), both[] = {x, cot_size(f.b, x, 0)};
        cot_output(f.b, wrap(f.b, view, NULL, cot_tuple(f.b, both, 2)));
        CHECK(!finish(&f));
        tap_check(find_call(f.graph, "wrap")->nargs == (dynamic ? 3 : 2),
                  dynamic ? "a size is an operand" : "a constant", __FILE__, __LINE__);
        check_round_trip(&f, "a structure with a size");
        end(&f);
    }
}

/* ---- structs -------------------------------------------------------------------------------------------------------
 */

typedef struct state {
    cot_value h, c;
} state;

static const cot_member members[] = {{"h", offsetof(state, h)}, {"c", offsetof(state, c)}};

static cot_value cell(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    state s;
    cot_struct_read(b, operands[0], members, 2, &s);
    s.c = cot_add(b, cot_mul(b, s.c, cot_sigmoid(b, operands[1])), s.h);
    s.h = cot_tanh(b, s.c);
    const cot_value parts[] = {cot_struct(b, members, 2, &s), cot_list(b, (const cot_value[]){cot_sin(b, s.h)}, 1)};
    return cot_tuple(b, parts, 2);
}

static void test_struct(void) {
    fixture f;
    begin(&f);
    state s = {.h = f.x, .c = f.y};
    const cot_value xs = cot_input(f.b, "xs", COT_F32, 2, (int64_t[]){5, 3});
    const cot_value result = cot_scan(f.b, cell, NULL, cot_struct(f.b, members, 2, &s), xs, 0, 0);
    state last = {0};
    cot_struct_read(f.b, cot_part(f.b, result, 0), members, 2, &last);
    int64_t sizes[COT_MAX_DIMS];
    CHECK(cot_value_shape(f.b, last.c, sizes, NULL) == 1 && sizes[0] == 3);
    CHECK(cot_value_shape(f.b, cot_part(f.b, cot_part(f.b, result, 1), 0), sizes, NULL) == 2 && sizes[0] == 5);
    cot_output(f.b, cot_add(f.b, last.h, last.c));
    CHECK(!finish(&f));
    CHECK(find_call(f.graph, "scan")->args[1].count == 2 && find_call(f.graph, "scan")->type.count == 3);
    check_round_trip(&f, "a struct as the carry of a scan");
    end(&f);
}

/* ---- results -------------------------------------------------------------------------------------------------------
 */

/* ((sin x,), {'n': 3, 'nothing': None, 'cos': cos x}) */
static cot_value nested(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    static const char *const keys[] = {"n", "nothing", "cos"};
    (void)count, (void)user;
    const cot_value first = cot_sin(b, operands[0]);
    const cot_value fields[] = {cot_int(b, 3), cot_none(b), cot_cos(b, operands[0])};
    const cot_value parts[] = {cot_tuple(b, &first, 1), cot_dict(b, keys, fields, 3)};
    return cot_tuple(b, parts, 2);
}

static void test_results(void) {
    fixture f;
    begin(&f);
    const cot_value result = cot_invoke(f.b, nested, NULL, &f.x, 1), fields = cot_part(f.b, result, 1);
    CHECK(cot_count(f.b, result) == 2 && cot_count(f.b, cot_part(f.b, result, 0)) == 1 && cot_count(f.b, fields) == 3);
    const cot_value sine = cot_part(f.b, cot_part(f.b, result, 0), 0);
    cot_output(f.b, cot_mul(f.b, cot_add(f.b, sine, cot_field(f.b, fields, "cos")), cot_field(f.b, fields, "n")));
    CHECK(!finish(&f));
    CHECK(find_call(f.graph, "invoke_subgraph")->type.count == 2); /* 3 and None are put back outside */
    check_round_trip(&f, "constants among the results");
    end(&f);
}

static cot_value one(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value parts[] = {cot_int(b, 1), cot_sin(b, operands[0])};
    return cot_tuple(b, parts, 2);
}

static cot_value one_too(cot_builder *b, const cot_value *operands, uint32_t count, void *user) {
    (void)count, (void)user;
    const cot_value parts[] = {cot_int(b, 1), cot_cos(b, operands[0])};
    return cot_tuple(b, parts, 2);
}

static void test_branches(void) {
    fixture f;
    begin(&f);
    const cot_value p = cot_operator(f.b, ">", cot_sum(f.b, f.x), cot_int(f.b, 0));
    const cot_value result = cot_cond(f.b, p, one, one_too, NULL, &f.x, 1);
    cot_output(f.b, cot_mul(f.b, cot_part(f.b, result, 1), cot_part(f.b, result, 0)));
    CHECK(!finish(&f));
    CHECK(find_call(f.graph, "cond")->type.count == 1); /* what both branches say is a constant */
    end(&f);

    begin(&f);
    const cot_value known = cot_cond(f.b, cot_bool(f.b, 0), one, one_too, NULL, &f.x, 1);
    cot_output(f.b, cot_part(f.b, known, 1));
    CHECK(!finish(&f) && !find_call(f.graph, "cond") && f.graph->children.count == 0);
    check_same(&f,
               "class GraphModule(torch.nn.Module):\n"
               "    def forward(self, x: \"f32[3]\", y: \"f32[3]\", w: \"f32[3]\"):\n"
               "        cos: \"f32[3]\" = x.cos()\n"
               "        return (cos,)\n",
               "a constant predicate picks its branch");
    end(&f);
}

static void test_refused(void) {
    fixture f;
    begin(&f);
    const cot_value pair[] = {f.x, f.y};
    cot_sin(f.b, cot_tuple(f.b, pair, 2));
    check_refused(&f, COT_SCHEMA, "expected Tensor, found tuple", "a structure where a tensor is expected");
    end(&f);
    begin(&f);
    cot_part(f.b, cot_tuple(f.b, (const cot_value[]){f.x}, 1), 1);
    check_refused(&f, COT_INVALID, "part 1 of a value with 1 parts", "a part that is not there");
    end(&f);
    begin(&f);
    cot_field(f.b, f.x, "h");
    check_refused(&f, COT_INVALID, "there is no field 'h'", "a field that is not there");
    end(&f);
}

int main(void) {
    test_operands();
    test_sizes();
    test_struct();
    test_results();
    test_branches();
    test_refused();
    return tap_done();
}
