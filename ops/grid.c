/* SPDX-License-Identifier: MIT
 * grid.c — grid_sampler: an image read at positions that a tensor gives (spatial transformers, Jaderberg et al. 2015).
 */
#include "kernels/grid.h"
#include "kernels/cpu/dispatch.h"
#include "ops/layout.h"
#include "ops/batch.h"

KERNEL_DECLARE_TABLE(kernel_fn, grid_sample);
KERNEL_DECLARE_TABLE(kernel_fn, grid_sample_backward);

static uint32_t spatial_of(const op *o) { return strncmp(o->packet, "grid_sampler_3d", 15) == 0 ? 3 : 2; }

static cot_status shape_grid(shape_call *c) {
    const type *input = shape_tensor(c, 0), *grid = shape_tensor(c, 1);
    uint32_t n = spatial_of(c->op);
    if (input->ndim != n + 2 || grid->ndim != n + 2 || (dim_is_static(grid->sizes[n + 1]) && grid->sizes[n + 1] != n))
        return shape_fail(c,
                          "expected input and grid of %u dimensions, the last of grid %u, found %u and %u dimensions",
                          n + 2, n, input->ndim, grid->ndim);
    if (input->dtype != grid->dtype)
        return shape_fail(c, "expected input and grid to have same dtype, but input has %s and grid has %s",
                          dtype_torch_name(input->dtype), dtype_torch_name(grid->dtype));
    if (arg_as_int(&c->args[2], 0) == GRID_CUBIC && n == 3)
        return shape_fail(c, "bicubic interpolation only supports 4D input");
    dim sizes[COT_MAX_DIMS] = {input->sizes[0], input->sizes[1]};
    for (uint32_t d = 0; d < n; d++) sizes[2 + d] = grid->sizes[1 + d];
    return shape_result(c, input->dtype, sizes, n + 2);
}

static cot_status shape_grid_backward(shape_call *c) {
    const type *input = shape_tensor(c, 1), *grid = shape_tensor(c, 2);
    int64_t mask[2] = {0};
    type parts[2] = {{0}};
    arg_as_ints(&c->args[6], mask, 2);
    if (mask[0]) parts[0] = type_tensor(c->arena, c->syms, input->dtype, input->sizes, input->ndim);
    if (mask[1]) parts[1] = type_tensor(c->arena, c->syms, grid->dtype, grid->sizes, grid->ndim);
    return layout_tuple(c, parts, 2);
}

static cot_status vjp_grid(vjp_call *c) {
    const arg *a = c->args;
    bool mask[2] = {vjp_needs(c, 0), vjp_needs(c, 1)};
    arg wanted = layout_bools(c->b, mask, 2);
    value all = emit(c->b, spatial_of(c->op) == 3 ? "grid_sampler_3d_backward" : "grid_sampler_2d_backward", "vaaaaaa",
                     c->grads[0], &a[0], &a[1], &a[2], &a[3], &a[4], &wanted);
    for (uint32_t i = 0; i < 2; i++)
        if (mask[i]) vjp_set(c, i, emit_get(c->b, all, i));
    return c->b->status;
}

static value decompose_grid_sampler(builder *b, const op *o, const arg *args) {
    UNUSED(o);
    uint32_t ndim = TYPE_OF(b, arg_as_value(&args[0]))->ndim;
    if (ndim != 4 && ndim != 5) {
        builder_fail(b, COT_SHAPE, "grid_sampler: the input has %u dimensions, expected 4 or 5", ndim);
        return NO_VALUE;
    }
    return emit(b, ndim == 5 ? "grid_sampler_3d" : "grid_sampler_2d", "aaaaa", &args[0], &args[1], &args[2], &args[3],
                &args[4]);
}

/* `at`: the index of interpolation_mode among the arguments. */
static grid_attributes *describe(prepare_call *c, const tensor_desc *input, const tensor_desc *grid, uint32_t at) {
    grid_attributes *a = PREPARE_ATTRIBUTES(c, grid_attributes);
    uint32_t n = spatial_of(c->op);
    a->spatial = (uint8_t)n;
    a->batch = input->sizes[0], a->channels = input->sizes[1];
    for (uint32_t d = 0; d < 3; d++) {
        bool real = d >= 3 - n;
        a->in[d] = real ? input->sizes[2 + d - (3 - n)] : 1;
        a->out[d] = real ? grid->sizes[1 + d - (3 - n)] : 1;
    }
    a->mode = (uint8_t)arg_as_int(&c->args[at], 0);
    a->padding = (uint8_t)arg_as_int(&c->args[at + 1], 0);
    a->align_corners = arg_as_bool(&c->args[at + 2], false);
    return a;
}

static cot_status prepare_grid(prepare_call *c) {
    describe(c, &c->operands[0], &c->operands[1], 2);
    return layout_kernel(c, KERNEL_SELECT(grid_sample));
}

static cot_status prepare_grid_backward(prepare_call *c) {
    grid_attributes *a = describe(c, &c->operands[1], &c->operands[2], 3);
    int64_t mask[2] = {0};
    arg_as_ints(&c->args[6], mask, 2);
    a->mask[0] = mask[0] != 0, a->mask[1] = mask[1] != 0;
    c->scratch_bytes = (size_t)(a->in[0] * a->in[1] * a->in[2]) * sizeof(double) * MAX(c->threads, 1);
    if (c->operands[0].dtype > COT_BF16) return prepare_no_kernel(c);
    c->kernel = KERNEL_SELECT(grid_sample_backward)[c->operands[0].dtype];
    return COT_OK;
}

#define GRID_SAMPLER(n, samples_)                                                                                      \
    {.schema = "grid_sampler_" #n "d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool "       \
               "align_corners) -> Tensor",                                                                             \
     .batch = &batch_samples##n##d,                                                                                    \
     .shape = shape_grid,                                                                                              \
     .vjp_fn = vjp_grid,                                                                                               \
     .prepare = prepare_grid,                                                                                          \
     .reference = ref_grid_sample,                                                                                     \
     .traits = OP_AUTOCAST_F32,                                                                                        \
     .samples = samples_},                                                                                             \
    {                                                                                                                  \
        .schema =                                                                                                      \
            "grid_sampler_" #n "d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, "    \
            "int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor)",                          \
        .batch = &batch_samples##n##d, .shape = shape_grid_backward, .prepare = prepare_grid_backward,                 \
        .reference = ref_grid_sample_backward                                                                          \
    }

const op_record ops_grid[] = {
    GRID_SAMPLER(2, "1 f32[2, 3, 4, 5], f32[2, 3, 2, 2], 0, 0, False; 1 f32[2, 3, 4, 5], f32[2, 3, 2, 2], 2, 1, True;"
                    "1 f32[2, 3, 4, 5], f32[2, 3, 2, 2], 0, 2, False"),
    GRID_SAMPLER(3, "1 f32[2, 3, 4, 5, 2], f32[2, 3, 2, 2, 3], 0, 0, False"),
    {
        .schema =
            "grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) "
            "-> Tensor",
        .decompose_fn = decompose_grid_sampler,
        .traits = OP_COMPOSITE | OP_AUTOCAST_F32,
    },
};
const uint32_t ops_grid_count = COUNT_OF(ops_grid);
