/* SPDX-License-Identifier: MIT
 * lanes.c — the machine that runs loops on a few numbers (kernels/lanes.h). */
#include "kernels/lanes.h"
#include "kernels/cpu/isa.h"
#include "kernels/cpu/tile_step.h"

enum { LOOK_AFTER = 256 }; /* times round between two looks at `cancel` */

static void run_gather(const lane_op *op, char *file) {
    char *to = file + op->y;
    if (op->block == sizeof(float)) {
        for (uint32_t i = 0; i < op->count; i++) memcpy(to + i * sizeof(float), file + op->from[i], sizeof(float));
    } else if (op->block == sizeof(double)) {
        for (uint32_t i = 0; i < op->count; i++) memcpy(to + i * sizeof(double), file + op->from[i], sizeof(double));
    } else {
        for (uint32_t i = 0; i < op->count; i++) memcpy(to + i * op->block, file + op->from[i], op->block);
    }
}

#define ONE_LANE(file, op, sign)                                                                                       \
    (*(float *)(void *)((file) + (op)->y) = *(const float *)(const void *)((file) + (op)->x[0]) sign *                 \
                                            (const float *)(const void *)((file) + (op)->x[1]))

static inline void run_code(const lane_code *code, char *file) {
    for (uint32_t i = 0; i < code->count; i++) {
        const lane_op *op = &code->ops[i];
        const void *x[TILE_MAX_OPERANDS];
        switch (op->step) {
        case LANE_APPLY:
            for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) x[k] = file + op->x[k];
            run_instruction(&op->in, file + op->y, x, op->count);
            break;
        case LANE_SPREAD:
            KERNEL(tile_loads)[op->class][class_dtypes[op->class]](file + op->y, file + op->x[0], 0, op->count);
            break;
        case LANE_ADD: ONE_LANE(file, op, +); break;
        case LANE_SUB: ONE_LANE(file, op, -); break;
        case LANE_MUL: ONE_LANE(file, op, *); break;
        default: run_gather(op, file); break;
        }
    }
}

static inline void load(const lane_port *p, char *file, const char *memory) {
    if (p->width == 1 && p->dtype == COT_F32 && p->class == TILE_F32) memcpy(file + p->at, memory, sizeof(float));
    else KERNEL(tile_loads)[p->class][p->dtype](file + p->at, memory, 1, p->width);
}

static inline void store(const lane_port *p, const char *file, char *memory) {
    if (p->width == 1 && p->dtype == COT_F32 && p->class == TILE_F32) memcpy(memory, file + p->at, sizeof(float));
    else KERNEL(tile_stores)[p->class][p->dtype](memory, file + p->at, 1, p->width);
}

static void begin(const lanes_call *c) {
    const lanes_program *p = c->program;
    for (uint32_t i = 0; i < p->num_constants; i++) {
        const lane_port *to = &p->constants[i];
        const float narrow = (float)p->numbers[i].f;
        const void *number = to->class == TILE_F32 ? (const void *)&narrow : (const void *)&p->numbers[i];
        KERNEL(tile_loads)[to->class][class_dtypes[to->class]](c->file + to->at, number, 0, to->width);
    }
    for (uint32_t i = 0; i < p->num_fixed; i++)
        load(&p->fixed[i], c->file, c->inputs[p->fixed[i].tensor] + p->fixed[i].offset);
    for (uint32_t i = 0; i < p->num_carries; i++)
        load(&p->carries[i], c->file, c->inputs[p->carries[i].tensor] + p->carries[i].offset);
    run_code(&p->before, c->file);
}

int64_t KERNEL(lanes_run)(const lanes_call *c) {
    const lanes_program *p = c->program;
    int64_t k = 0;
    begin(c);
    for (; k < c->count; k++) {
        if (k % LOOK_AFTER == 0 && atomic_load_explicit(c->cancel, memory_order_relaxed)) return -1;
        if (p->test.count || p->tested.width) {
            run_code(&p->test, c->file);
            char more[sizeof(double)] = {0};
            store(&p->tested, c->file, more);
            if (!more[0]) break;
        }
        for (uint32_t i = 0; i < p->num_items; i++) {
            const lane_port *x = &p->items[i];
            load(x, c->file, c->inputs[x->tensor] + x->offset + k * c->item_bytes[x->tensor - p->num_carries]);
        }
        run_code(&p->body, c->file);
        for (uint32_t i = 0; i < p->num_stacked; i++) {
            const lane_port *y = &p->stacked[i];
            store(y, c->file, c->outputs[y->tensor] + k * c->row_bytes[y->tensor]);
        }
        for (uint32_t i = 0; i < p->num_turns; i++) {
            const lane_move *m = &p->turns[i];
            if (m->bytes == sizeof(float)) memcpy(c->file + m->to, c->file + m->from, sizeof(float));
            else memcpy(c->file + m->to, c->file + m->from, m->bytes);
        }
    }
    for (uint32_t i = 0; i < p->num_carries; i++) store(&p->carries[i], c->file, c->outputs[p->carries[i].tensor]);
    return k;
}
