/* SPDX-License-Identifier: MIT
 * results.c — asking an executable what it takes and gives, and a frame what came out. */
#include "runtime/frame.h"
#include "base/error.h"
#include <string.h>

/* ---- executables --------------------------------------------------------------------------------------------- */

uint32_t cot_executable_num_inputs(const cot_executable *executable) { return executable->num_inputs; }

cot_status cot_executable_input(const cot_executable *executable, uint32_t index, cot_input_info *info) {
    if (index >= executable->num_inputs) return COT_INVALID;
    *info = executable->inputs[index].info;
    return COT_OK;
}

int cot_executable_find_input(const cot_executable *executable, const char *name) {
    for (int by_target = 0; by_target < 2; by_target++)
        for (uint32_t i = 0; i < executable->num_inputs; i++) {
            const cot_input_info *info = &executable->inputs[i].info;
            const char *candidate = by_target ? info->target : info->name;
            if (candidate && !strcmp(candidate, name)) return (int)i;
        }
    return -1;
}

int cot_executable_input_is_mutated(const cot_executable *executable, uint32_t index) {
    return index < executable->num_inputs && executable->inputs[index].mutated;
}

int cot_executable_input_is_used(const cot_executable *executable, uint32_t index) {
    return index < executable->num_inputs && executable->inputs[index].needed;
}

int cot_executable_input_has_gradient(const cot_executable *executable, uint32_t index) {
    return index < executable->num_gradients && executable->gradients[index].slot != SLOT_NONE;
}

static void describe(const tensor_desc *d, cot_tensor *out) {
    *out = (cot_tensor){.dtype = (cot_dtype)d->dtype, .ndim = d->ndim};
    memcpy(out->sizes, d->sizes, sizeof d->sizes);
    memcpy(out->strides, d->strides, sizeof d->strides);
}

cot_status cot_executable_final(const cot_executable *executable, uint32_t index, cot_tensor *tensor) {
    if (!cot_executable_input_is_mutated(executable, index)) return COT_INVALID;
    describe(&executable->inputs[index].final, tensor);
    return COT_OK;
}

uint32_t cot_executable_num_outputs(const cot_executable *executable) { return executable->num_outputs; }

cot_status cot_executable_output(const cot_executable *executable, uint32_t index, cot_output_info *info) {
    if (index >= executable->num_outputs) return COT_INVALID;
    *info = executable->outputs[index].info;
    return COT_OK;
}

void cot_executable_stats(const cot_executable *executable, cot_stats *stats) { *stats = executable->stats; }

/* ---- frames -------------------------------------------------------------------------------------------------- */

cot_status cot_frame_output(const cot_frame *frame, uint32_t index, cot_tensor *tensor, cot_error *error) {
    if (index >= frame->exe->num_outputs)
        return fail(error, COT_INVALID, "there is no output %u: the executable has %u", index, frame->exe->num_outputs);
    const exe_output *out = &frame->exe->outputs[index];
    if (out->info.kind != COT_OUTPUT_TENSOR) return fail(error, COT_INVALID, "output %u is no tensor", index);
    if (frame->state == FRAME_FRESH) return fail(error, COT_INVALID, "output %u is asked for before a run", index);
    describe(&out->desc, tensor);
    tensor->data = frame->bases[out->at.slot] + out->at.offset;
    if (!out->is_stack) return COT_OK;
    const grown_stack *stack = tensor->data;
    tensor->sizes[0] = stack->rows;
    tensor->data = stack->data;
    return COT_OK;
}

cot_status cot_frame_number(const cot_frame *frame, uint32_t index, double *number, int64_t *integer,
                            cot_error *error) {
    if (index >= frame->exe->num_outputs)
        return fail(error, COT_INVALID, "there is no output %u: the executable has %u", index, frame->exe->num_outputs);
    const exe_output *out = &frame->exe->outputs[index];
    if (out->info.kind == COT_OUTPUT_TENSOR || out->info.kind == COT_OUTPUT_NONE)
        return fail(error, COT_INVALID, "output %u is no number", index);
    if (number) *number = out->number;
    if (integer) *integer = out->integer;
    return COT_OK;
}

cot_status cot_frame_gradient(const cot_frame *frame, uint32_t input, cot_tensor *tensor, cot_error *error) {
    if (input >= frame->exe->num_inputs)
        return fail(error, COT_INVALID, "there is no input %u: the executable has %u", input, frame->exe->num_inputs);
    *tensor = (cot_tensor){0};
    if (!cot_executable_input_has_gradient(frame->exe, input)) return COT_OK;
    if (frame->state != FRAME_BACKWARD_DONE)
        return fail(error, COT_INVALID, "the gradient of %s is asked for before a backward",
                    frame->exe->inputs[input].info.name);
    if (!frame->has_gradient[input]) return COT_OK;
    const exe_gradient *g = &frame->exe->gradients[input];
    const bound *b = &frame->gradients[input];
    describe(b->is_bound ? &b->desc : &g->desc, tensor);
    tensor->data = b->is_bound ? b->data : frame->bases[g->slot];
    return COT_OK;
}
