/* SPDX-License-Identifier: MIT
 * associative_scan.c — inclusive prefixes of an associative combination along the first dimension.
 *
 *     associative_scan(combine, [xs…], (additional…)) → (prefixes…)
 *     combine(so far…, next items…, additional…)
 *
 * The order of combining shows where the combination rounds, or is not associative at all: it is that of PyTorch's
 * recursion, less than 2n combinations. */
#include "ops/control/control.h"

#include "base/error.h"

enum { COMBINE, XS, ADDITIONAL, COUNT };

static cot_status shape(cot_graph *g, const arg *args, uint32_t nargs, type *result, cot_error *error) {
    if (nargs != COUNT || !control_is_list(&args[XS]) || !control_is_list(&args[ADDITIONAL]))
        return fail(error, COT_SCHEMA, "associative_scan: expected a body, a list of tensors and additional inputs");
    if (!args[XS].count) return fail(error, COT_SCHEMA, "Expected at least 1 xs leaf");
    cot_graph *body;
    arg_list outputs = {0};
    const uint32_t count = args[XS].count;
    TRY(control_read_body(g, &args[COMBINE], 2 * count + args[ADDITIONAL].count, "associative_scan", &body, &outputs,
                          error));
    if (outputs.count != count)
        return fail(error, COT_SHAPE, "associative_scan: the body gives %u values for %u xs", outputs.count, count);
    type *parts = ARENA_ARRAY(g->arena, type, count);
    for (uint32_t i = 0; i < count; i++) {
        const type *t = graph_type(g, arg_as_value(&args[XS].list[i]));
        if (t->kind != TYPE_TENSOR || !t->ndim)
            return fail(error, COT_SHAPE, "All xs leaves must have at least 'dim + 1' dimensions");
        parts[i] = control_result(g, body, &outputs.data[i], &t->sizes[0]);
        if (!type_equal(&parts[i], t, false))
            return fail(error, COT_SHAPE, "associative_scan: output %u of the body is not like an item of xs", i);
        if (!dim_equal(t->sizes[0], graph_type(g, args[XS].list[0].value)->sizes[0]))
            return fail(error, COT_SHAPE, "All xs leaves must have the same scan dimension size");
    }
    *result = type_tuple(g->arena, parts, count);
    return COT_OK;
}

static void run(const node *n, control_form *form) {
    *form = (control_form){.kind = CONTROL_PREFIX,
                           .bodies = {n->args[COMBINE].value, NO_VALUE},
                           .xs = n->args[XS],
                           .rest = n->args[ADDITIONAL]};
}

static const control_hooks hooks = {.shape = shape, .run = run};

const op_record ops_associative_scan[] = {
    {.schema = "higher_order::associative_scan", .traits = OP_CONTROL, .control = &hooks},
};
const uint32_t ops_associative_scan_count = COUNT_OF(ops_associative_scan);
