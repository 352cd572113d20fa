/* SPDX-License-Identifier: MIT
 * numbers.h — numbers that only a run knows.
 *
 * A loop may carry a number and compute with it; a program may read one out of a tensor. In a plan numbers are
 * constants; these become tensors of no dimensions, and what is done with them operators on such tensors
 * (op_record.on_numbers), but for those that count as sizes (sizing.h). Nobody outside sees it. */
#ifndef LOWER_NUMBERS_H
#define LOWER_NUMBERS_H

#include "lower/sizing.h"

/* A graph that computes the same; NULL where nothing is to be changed. `sized`: of sizing_find. keeps: names of nodes,
 * order of inputs and outputs. cost: linear. */
cot_status numbers_to_tensors(const cot_graph *g, const binding *known, const map *sized, cot_graph **out,
                              cot_error *error);

#endif
