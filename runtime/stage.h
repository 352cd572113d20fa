/* SPDX-License-Identifier: MIT
 * stage.h — what executable.c (steps) and tables.c (outputs, tangents, gradients) share while a program is planned. */
#ifndef RUNTIME_STAGE_H
#define RUNTIME_STAGE_H

#include "runtime/executable.h"

typedef struct stage_planner {
    cot_executable *e;
    planner *p;
    const cot_graph *functional, *forward, *backward; /* forward: of a whole step, the step */
    plan_value *forward_values, *backward_values;
    arg_list outputs; /* leaves of forward */
    arg_list functional_outputs;
    const uint32_t *tangent_outputs; /* for each tangent: index among `outputs` */
    uint32_t first_input;            /* storage of the first input; the others follow */
    plan_writes writes;
    location *tangent_at, *gradient_at;
    location *output_copies; /* by user output: see copy_expanded */
} stage_planner;

/* The input in whose memory user output k is seen, or NO_INDEX. */
uint32_t stage_output_input(const stage_planner *s, uint32_t k);
/* Where the caller sees output k, and its layout there. */
location stage_output_location(const stage_planner *s, uint32_t k, tensor_desc *desc);
/* Which tangents of the caller's go where. Before lifetimes: gradients that are nothing but folds get memory. */
void stage_find_folds(stage_planner *s);
/* After lifetimes: each gradient's storage becomes a slot. */
void stage_gradient_slots(stage_planner *s);
/* After placing: offsets, outputs, what must be bound. */
void stage_fill_tables(stage_planner *s);

#endif
