/* SPDX-License-Identifier: MIT
 * form.c — see form.h. */
#include "ops/form.h"

#include <string.h>

/* ---- layout ---------------------------------------------------------------------------------------------------- */

/* All tensors of the call, results first. */
static tensor_desc *tensors_of(const prepare_call *c) {
    tensor_desc *tensors = ARENA_ARRAY(c->scratch, tensor_desc, c->num_results + c->num_operands);
    memcpy(tensors, c->results, c->num_results * sizeof *tensors);
    memcpy(tensors + c->num_results, c->operands, c->num_operands * sizeof *tensors);
    return tensors;
}

static void finish(prepare_call *c, tile_builder *b, const tensor_desc *space, const tensor_desc *tensors,
                   uint32_t rows) {
    tile_lay_out(b, space, tensors, rows);
    c->form = arena_copy(c->scratch, b, sizeof *b);
    c->form_strided = true;
}

void form_copy(prepare_call *c) {
    const cot_dtype from = (cot_dtype)c->operands[0].dtype, to = (cot_dtype)c->results[0].dtype;
    const tile_class in = tile_class_of(from), out = tile_class_of(to);
    tile_builder b = {.arena = c->scratch};
    if (c->results[0].numel <= 0 || dtype_is_complex(from) || dtype_is_complex(to)) return;
    tile_store(&b, tile_load(&b, c->num_results, from, in == TILE_F64 || out == TILE_I64 ? in : out), 0, to);
    finish(c, &b, &c->results[0], tensors_of(c), 0);
}

/* A result without the reduced dimensions as one that has them with size 1. */
static tensor_desc with_reduced(const tensor_desc *result, const tensor_desc *in, uint32_t mask) {
    tensor_desc d = *result;
    if (result->ndim == in->ndim) return d;
    for (uint32_t i = 0, k = 0; i < in->ndim; i++) {
        const bool reduced = mask >> i & 1;
        d.sizes[i] = reduced ? 1 : result->sizes[k];
        d.strides[i] = reduced ? 0 : result->strides[k++];
    }
    d.ndim = in->ndim;
    return d;
}

typedef enum walk_kind { WALK_NONE, WALK_ROWS, WALK_COLUMNS, WALK_ALL } walk_kind;

/* Whether what is reduced is what lies side by side in memory, or what is kept. */
static walk_kind walk_of(const tensor_desc *in, uint32_t mask, int64_t *length) {
    int64_t low[2] = {INT64_MAX, INT64_MAX}, high[2] = {0, 0}, count[2] = {1, 1};
    for (uint32_t d = 0; d < in->ndim; d++) {
        const uint32_t reduced = mask >> d & 1;
        if (in->sizes[d] == 1) continue;
        if (in->strides[d] <= 0) return WALK_NONE;
        low[reduced] = MIN(low[reduced], in->strides[d]);
        high[reduced] = MAX(high[reduced], in->strides[d]);
        count[reduced] *= in->sizes[d];
    }
    if (count[0] == 1) return WALK_ALL;
    *length = count[high[1] < low[0]];
    if (count[1] == 1 || low[0] == low[1]) return WALK_NONE;
    if (*length > TILE_LONGEST_ROW) return WALK_NONE;
    return high[1] < low[0] ? WALK_ROWS : high[0] < low[1] ? WALK_COLUMNS : WALK_NONE;
}

static uint32_t all_but(const tensor_desc *in, uint32_t mask) { return ((1u << in->ndim) - 1) & ~mask; }

/* ---- reductions ------------------------------------------------------------------------------------------------ */

void form_reduction(prepare_call *c, uint32_t mask, tile_class class, tile_combine combine, double scale) {
    const tensor_desc *in = &c->operands[0];
    int64_t length = 1;
    if (class == TILE_I64 || in->numel <= 1) return;
    const walk_kind walk = walk_of(in, mask, &length);
    if (walk == WALK_NONE) return;
    tensor_desc *tensors = tensors_of(c);
    tensors[0] = with_reduced(&c->results[0], in, mask);
    tile_builder b = {.arena = c->scratch};
    const uint16_t x = tile_load(&b, c->num_results, (cot_dtype)in->dtype, class);
    const cot_dtype out = (cot_dtype)c->results[0].dtype;
    if (walk == WALK_ROWS) tile_store(&b, tile_reduce(&b, x, combine, scale), 0, out);
    else tile_store_combined(&b, x, 0, out, combine, scale);
    finish(c, &b, in, tensors, walk == WALK_ROWS ? mask : walk == WALK_COLUMNS ? all_but(in, mask) : 0);
}

static uint16_t apply(tile_builder *b, uint32_t element, uint16_t x, uint16_t y) {
    return tile_apply(b, element, (tile_class)b->classes.data[x], (const uint16_t[]){x, y}, 2, NULL);
}

static uint16_t apply_one(tile_builder *b, uint32_t element, uint16_t x) { return apply(b, element, x, x); }

static uint16_t plus(tile_builder *b, uint16_t x, double number) {
    const tile_class class = (tile_class)b->classes.data[x];
    return apply(b, TILE_add, x, tile_constant(b, class, (tile_number){.f = number}));
}

void form_variance(prepare_call *c, uint32_t mask, tile_class class, double correction, bool root) {
    const tensor_desc *in = &c->operands[0];
    int64_t length = 1;
    if (class == TILE_I64 || in->numel <= 1 || walk_of(in, mask, &length) != WALK_ROWS || length <= correction) return;
    tensor_desc *tensors = tensors_of(c);
    for (uint32_t i = 0; i < c->num_results; i++) tensors[i] = with_reduced(&c->results[i], in, mask);
    tile_builder b = {.arena = c->scratch};
    const uint16_t x = tile_load(&b, c->num_results, (cot_dtype)in->dtype, class);
    const uint16_t mean = tile_reduce(&b, x, TILE_SUM, 1 / (double)length);
    uint16_t y = tile_reduce(&b, apply(&b, TILE_sub, x, mean), TILE_SQUARES, 1 / ((double)length - correction));
    if (root) y = apply_one(&b, TILE_sqrt, y);
    tile_store(&b, y, 0, (cot_dtype)c->results[0].dtype);
    if (c->num_results > 1) tile_store(&b, mean, 1, (cot_dtype)c->results[1].dtype);
    finish(c, &b, in, tensors, mask);
}

/* ---- layer norm ------------------------------------------------------------------------------------------------ */

/* The last dimensions, if they are a row; 0 where there is no row, or a longer one than a tile can be. */
static uint32_t last_dims(const tensor_desc *in, uint32_t dims, int64_t *length) {
    *length = 1;
    if (in->numel <= 1 || in->ndim < dims) return 0;
    for (uint32_t d = in->ndim; d-- > in->ndim - dims; *length *= in->sizes[d])
        if (in->sizes[d] != 1 && in->strides[d] != *length) return 0;
    return *length > 1 && *length <= TILE_LONGEST_ROW && *length < in->numel ? ((1u << dims) - 1) << (in->ndim - dims)
                                                                             : 0;
}

static tile_class class_of(const tensor_desc *t) { return t->dtype == COT_F64 ? TILE_F64 : TILE_F32; }

static uint16_t load_param(const prepare_call *c, tile_builder *b, uint32_t param, tile_class class) {
    const uint32_t flat = c->first[param];
    return tile_load(b, c->num_results + flat, (cot_dtype)c->operands[flat].dtype, class);
}

static void store(const prepare_call *c, tile_builder *b, uint16_t x, uint32_t result) {
    tile_store(b, x, result, (cot_dtype)c->results[result].dtype);
}

void form_layer_norm(prepare_call *c, uint32_t dims, double eps) {
    const tensor_desc *in = &c->operands[0];
    const tile_class class = class_of(in);
    int64_t length;
    const uint32_t rows = last_dims(in, dims, &length);
    if (!rows) return;
    tile_builder b = {.arena = c->scratch};
    const uint16_t x = load_param(c, &b, 0, class), mean = tile_reduce(&b, x, TILE_SUM, 1 / (double)length);
    const uint16_t d = apply(&b, TILE_sub, x, mean);
    const uint16_t rstd =
        apply_one(&b, TILE_rsqrt, plus(&b, tile_reduce(&b, d, TILE_SQUARES, 1 / (double)length), eps));
    uint16_t y = apply(&b, TILE_mul, d, rstd);
    if (prepare_has(c, 2)) y = apply(&b, TILE_mul, y, load_param(c, &b, 2, class));
    if (prepare_has(c, 3)) y = apply(&b, TILE_add, y, load_param(c, &b, 3, class));
    store(c, &b, y, 0);
    store(c, &b, mean, 1);
    store(c, &b, rstd, 2);
    finish(c, &b, in, tensors_of(c), rows);
}

/* With x̂ = (x - mean) · rstd and g = dy · weight: dx = rstd · (g - mean(g) - x̂ · mean(g · x̂)). */
void form_layer_norm_backward(prepare_call *c, uint32_t dims) {
    const tensor_desc *in = prepare_operand(c, 1);
    const tile_class class = class_of(in);
    int64_t length;
    const uint32_t rows = last_dims(in, dims, &length);
    if (!rows || !last_dims(&c->operands[0], dims, &length)) return;
    tile_builder b = {.arena = c->scratch};
    const uint16_t dy = load_param(c, &b, 0, class), x = load_param(c, &b, 1, class);
    const uint16_t mean = load_param(c, &b, 3, class), rstd = load_param(c, &b, 4, class);
    const uint16_t normal = apply(&b, TILE_mul, apply(&b, TILE_sub, x, mean), rstd);
    if (c->results[0].numel >= 0) {
        const double scale = 1 / (double)length;
        const uint16_t g = prepare_has(c, 5) ? apply(&b, TILE_mul, dy, load_param(c, &b, 5, class)) : dy;
        const uint16_t first = tile_reduce(&b, g, TILE_SUM, scale);
        const uint16_t second = tile_reduce(&b, apply(&b, TILE_mul, g, normal), TILE_SUM, scale);
        const uint16_t rest = apply(&b, TILE_sub, apply(&b, TILE_sub, g, first), apply(&b, TILE_mul, normal, second));
        store(c, &b, apply(&b, TILE_mul, rest, rstd), 0);
    }
    if (c->results[1].numel >= 0)
        tile_store_combined(&b, apply(&b, TILE_mul, dy, normal), 1, (cot_dtype)c->results[1].dtype, TILE_SUM, 1);
    if (c->results[2].numel >= 0) tile_store_combined(&b, dy, 2, (cot_dtype)c->results[2].dtype, TILE_SUM, 1);
    if (b.stores.count) finish(c, &b, in, tensors_of(c), rows);
}

/* ---- softmax --------------------------------------------------------------------------------------------------- */

void form_softmax(prepare_call *c, bool logarithm) {
    const tensor_desc *in = &c->operands[0];
    const tile_class class = class_of(&c->results[0]);
    int64_t length;
    const uint32_t rows = last_dims(in, 1, &length);
    if (!rows || in->dtype > COT_BF16) return;
    tile_builder b = {.arena = c->scratch};
    const uint16_t x = load_param(c, &b, 0, class);
    const uint16_t d = apply(&b, TILE_sub, x, tile_reduce(&b, x, TILE_LARGEST, 1));
    const uint16_t e = apply_one(&b, TILE_exp, d), sum = tile_reduce(&b, e, TILE_SUM, 1);
    store(c, &b,
          logarithm ? apply(&b, TILE_sub, d, apply_one(&b, TILE_log, sum))
                    : apply(&b, TILE_mul, e, apply_one(&b, TILE_reciprocal, sum)),
          0);
    finish(c, &b, in, tensors_of(c), rows);
}

void form_softmax_backward(prepare_call *c, bool logarithm) {
    const tensor_desc *out = &c->operands[1];
    const tile_class class = class_of(out);
    int64_t length;
    const uint32_t rows = last_dims(out, 1, &length);
    if (!rows || !last_dims(&c->operands[0], 1, &length) || out->dtype > COT_BF16 || c->operands[0].dtype > COT_BF16)
        return;
    tile_builder b = {.arena = c->scratch};
    const uint16_t g = load_param(c, &b, 0, class), y = load_param(c, &b, 1, class);
    if (logarithm) {
        const uint16_t sum = tile_reduce(&b, g, TILE_SUM, 1);
        store(c, &b, apply(&b, TILE_sub, g, apply(&b, TILE_mul, apply_one(&b, TILE_exp, y), sum)), 0);
    } else {
        const uint16_t sum = tile_reduce(&b, apply(&b, TILE_mul, g, y), TILE_SUM, 1);
        store(c, &b, apply(&b, TILE_mul, apply(&b, TILE_sub, g, sum), y), 0);
    }
    finish(c, &b, out, tensors_of(c), rows);
}
