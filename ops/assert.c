/* SPDX-License-Identifier: MIT
 * assert.c — checks of data: a run in which one fails ends with its text. */
#include "ops/prepare.h"
#include "ops/shape.h"

#include "kernels/element.h"

typedef struct attributes {
    const char *text;
    uint64_t token_bytes; /* of the result, a copy of the last operand */
} attributes;

static void run(const kernel_call *k) {
    const attributes *a = k->attributes;
    if (element_load(k->tensors[k->num_results].dtype, k->data[k->num_results], 0) == 0)
        kernel_fail(k, COT_INVALID, a->text);
    if (k->num_results && a->token_bytes) memcpy(k->data[0], k->data[2], a->token_bytes);
}

static cot_status check_one(shape_call *c) {
    const type *t = shape_tensor(c, 0);
    const dim numel = type_numel(c->syms, t);
    if (t->kind == TYPE_TENSOR && dim_is_static(numel) && numel != 1)
        return shape_fail(c, numel ? "Boolean value of Tensor with more than one value is ambiguous"
                                   : "Boolean value of Tensor with no values is ambiguous");
    return COT_OK;
}

static cot_status shape_check(shape_call *c) {
    c->result = (type){0};
    return check_one(c);
}

static cot_status shape_functional(shape_call *c) {
    TRY(check_one(c));
    return shape_result_like(c, (cot_dtype)shape_tensor(c, 2)->dtype, shape_tensor(c, 2));
}

static cot_status prepare(prepare_call *c) {
    attributes *a = PREPARE_ATTRIBUTES(c, attributes);
    a->text = c->op->num_params > 1 && c->args[1].kind == ARG_STRING
                  ? arena_string(c->arena, c->args[1].s, strlen(c->args[1].s))
                  : "Expected Tensor with single nonzero value, but got zero";
    if (c->num_results) {
        c->contiguous |= 2;
        a->token_bytes = (uint64_t)c->results[0].numel * c->results[0].item_bytes;
    }
    c->kernel = run;
    return COT_OK;
}

#define CHECK OP_EFFECT | OP_NO_HISTORY

const op_record ops_assert[] = {
    {.schema = "_assert_async(Tensor self) -> ()", .shape = shape_check, .prepare = prepare, .traits = CHECK},
    {.schema = "_assert_async.msg(Tensor self, str assert_msg) -> ()",
     .shape = shape_check,
     .prepare = prepare,
     .traits = CHECK},
    {.schema = "_functional_assert_async.msg(Tensor self, str assert_msg, Tensor dep_token) -> Tensor",
     .shape = shape_functional,
     .prepare = prepare,
     .traits = CHECK},
};
const uint32_t ops_assert_count = COUNT_OF(ops_assert);
