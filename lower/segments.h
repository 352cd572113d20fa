/* SPDX-License-Identifier: MIT
 * segments.h — loops that keep their carries once for each segment.
 *
 * The backward of a loop of unknown length reads the carries before each iteration. Under a memory budget such a loop
 * becomes one over segments of k iterations, each a loop of its own: what the outer loop keeps is one row a segment,
 * and its backward runs a segment again, keeping k rows, before it goes back through it. With half of what it may use
 * for either, a loop of k² iterations stays within its share of the budget, at the price of a second forward. */
#ifndef LOWER_SEGMENTS_H
#define LOWER_SEGMENTS_H

#include "graph/graph.h"

/* A functional graph that computes the same; NULL where there is no such loop that is differentiated.
 * keeps: inputs, outputs, names. Loops that draw random numbers stay: what a segment drew would be drawn elsewhere. */
cot_status loops_in_segments(const cot_graph *functional, uint64_t budget, cot_graph **out, cot_error *error);

#endif
