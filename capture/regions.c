/* SPDX-License-Identifier: MIT
 * regions.c — the higher-order operators as C functions: each is one cot_call; scans lay what they go along first, as
 * PyTorch's own front ends do. */
#include "capture/capture.h"

static cot_argument of_body(cot_body body, void *user) {
    return (cot_argument){.kind = COT_ARGUMENT_BODY, .body = body, .user = user};
}
static cot_argument of_value(cot_value v) { return (cot_argument){.kind = COT_ARGUMENT_VALUE, .value = v}; }
static cot_argument of_tuple(cot_builder *b, const cot_value *items, uint32_t count) {
    return of_value(cot_tuple(b, items, count));
}

/* name(first…, body, operands…) */
static cot_value call_with(cot_builder *b, const char *name, const cot_argument *first, uint32_t num_first,
                           cot_body body, void *user, const cot_value *operands, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    cot_argument *arguments = ARENA_ARRAY(b->b.graph->arena, cot_argument, num_first + 1u + count);
    for (uint32_t i = 0; i < num_first; i++) arguments[i] = first[i];
    arguments[num_first] = of_body(body, user);
    for (uint32_t i = 0; i < count; i++) arguments[num_first + 1 + i] = of_value(operands[i]);
    UNGUARDED();
    return cot_call(b, name, arguments, num_first + 1 + count);
}

cot_value cot_invoke(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    return call_with(b, "higher_order.invoke_subgraph", NULL, 0, body, user, operands, count);
}

cot_value cot_no_grad(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    const cot_argument enabled = {.kind = COT_ARGUMENT_BOOL, .integer = 0};
    return call_with(b, "higher_order.wrap_with_set_grad_enabled", &enabled, 1, body, user, operands, count);
}

cot_value cot_autocast(cot_builder *b, cot_dtype dtype, cot_body body, void *user, const cot_value *operands,
                       uint32_t count) {
    const cot_argument first[] = {{.kind = COT_ARGUMENT_TEXT, .text = "cpu"},
                                  {.kind = COT_ARGUMENT_DTYPE, .integer = dtype},
                                  {.kind = COT_ARGUMENT_BOOL, .integer = 1},
                                  {.kind = COT_ARGUMENT_BOOL, .integer = 1}};
    return call_with(b, "higher_order.wrap_with_autocast", first, 4, body, user, operands, count);
}

cot_value cot_checkpointed(cot_builder *b, cot_body body, void *user, const cot_value *operands, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    cot_argument *arguments = ARENA_ARRAY(b->b.graph->arena, cot_argument, count + 2u);
    arguments[0] = of_body(body, user);
    for (uint32_t i = 0; i < count; i++) arguments[i + 1] = of_value(operands[i]);
    arguments[count + 1] = (cot_argument){.kind = COT_ARGUMENT_BOOL, .keyword = "use_reentrant"};
    UNGUARDED();
    return cot_call(b, "higher_order.tag_activation_checkpoint", arguments, count + 2);
}

cot_value cot_custom(cot_builder *b, cot_body forward, cot_body backward, void *user, const cot_value *operands,
                     uint32_t count) {
    const cot_argument first = of_body(forward, user);
    return call_with(b, "higher_order.autograd_function_apply", &first, 1, backward, user, operands, count);
}

cot_value cot_cond(cot_builder *b, cot_value predicate, cot_body if_true, cot_body if_false, void *user,
                   const cot_value *operands, uint32_t count) {
    const cot_argument arguments[] = {of_value(predicate), of_body(if_true, user), of_body(if_false, user),
                                      of_tuple(b, operands, count)};
    return cot_call(b, "higher_order.cond", arguments, 4);
}

cot_value cot_switch(cot_builder *b, cot_value index, const cot_body *branches, uint32_t num_branches, void *user,
                     const cot_value *operands, uint32_t count) {
    GUARDED(b, COT_NO_VALUE);
    cot_argument *arguments = ARENA_ARRAY(b->b.graph->arena, cot_argument, num_branches + 2u);
    arguments[0] = of_value(index);
    for (uint32_t i = 0; i < num_branches; i++) arguments[i + 1] = of_body(branches[i], user);
    UNGUARDED();
    arguments[num_branches + 1] = of_tuple(b, operands, count);
    return cot_call(b, "higher_order.switch", arguments, num_branches + 2);
}

cot_value cot_while(cot_builder *b, cot_body condition, cot_body body, void *user, const cot_value *carries,
                    uint32_t count) {
    const cot_argument arguments[] = {of_body(condition, user), of_body(body, user), of_tuple(b, carries, count),
                                      of_tuple(b, NULL, 0)};
    return cot_call(b, "higher_order.while_loop", arguments, 4);
}

cot_value cot_map(cot_builder *b, cot_body body, void *user, cot_value xs, const cot_value *operands, uint32_t count) {
    const cot_argument arguments[] = {
        of_body(body, user), of_value(xs), {.kind = COT_ARGUMENT_VALUES, .values = operands, .count = count}};
    return cot_call(b, "higher_order.map_impl", arguments, 3);
}

/* ---- scans ---------------------------------------------------------------------------------------------------------
 */

typedef struct direction {
    cot_builder *b;
    int64_t from, to; /* dimensions */
    int reverse;
} direction;

static cot_value move_dim(cot_builder *b, cot_value x, int64_t from, int64_t to) {
    const cot_argument arguments[] = {
        of_value(x), {.kind = COT_ARGUMENT_INT, .integer = from}, {.kind = COT_ARGUMENT_INT, .integer = to}};
    return from == to ? x : cot_call(b, "movedim.int", arguments, 3);
}

static cot_value flip(cot_builder *b, cot_value x) {
    const cot_argument arguments[] = {of_value(x), {.kind = COT_ARGUMENT_INTS, .ints = (int64_t[]){0}, .count = 1}};
    return cot_call(b, "flip.default", arguments, 2);
}

static cot_value lay_in(void *user, cot_value x) {
    const direction *d = user;
    const cot_value moved = move_dim(d->b, x, d->from, 0);
    return d->reverse ? flip(d->b, moved) : moved;
}

static cot_value lay_out(void *user, cot_value x) {
    const direction *d = user;
    const handle *h = x == COT_NO_VALUE ? NULL : value_find(d->b, x);
    if (!h || h->kind != HANDLE_VALUE) return x;
    return move_dim(d->b, d->reverse ? flip(d->b, x) : x, 0, d->from);
}

static cot_value map_structure(cot_builder *b, cot_value v, cot_value (*each)(void *, cot_value), direction *d) {
    GUARDED(b, COT_NO_VALUE);
    const cot_value mapped = value_map(b, v, each, d);
    UNGUARDED();
    return mapped;
}

cot_value cot_scan(cot_builder *b, cot_body combine, void *user, cot_value carry, cot_value xs, int64_t dim,
                   int reverse) {
    direction d = {.b = b, .from = dim, .reverse = reverse};
    const cot_value items = map_structure(b, xs, lay_in, &d);
    const cot_argument arguments[] = {of_body(combine, user), of_value(carry), of_value(items), of_tuple(b, NULL, 0)};
    const cot_value result = cot_call(b, "higher_order.scan", arguments, 4);
    if (b->b.status) return COT_NO_VALUE;
    const cot_value parts[] = {cot_part(b, result, 0), map_structure(b, cot_part(b, result, 1), lay_out, &d)};
    return cot_tuple(b, parts, 2);
}

cot_value cot_associative_scan(cot_builder *b, cot_body combine, void *user, cot_value xs, int64_t dim, int reverse) {
    direction d = {.b = b, .from = dim, .reverse = reverse};
    const cot_value items = map_structure(b, xs, lay_in, &d);
    const cot_argument arguments[] = {of_body(combine, user), of_value(items), of_tuple(b, NULL, 0)};
    return map_structure(b, cot_call(b, "higher_order.associative_scan", arguments, 3), lay_out, &d);
}
