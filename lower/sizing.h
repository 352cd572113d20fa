/* SPDX-License-Identifier: MIT
 * sizing.h — which numbers that only a run knows must be known when what follows is planned. */
#ifndef LOWER_SIZING_H
#define LOWER_SIZING_H

#include "base/map.h"
#include "graph/graph.h"

/* Marks the symbols that count as sizes in a graph and its bodies; its first num_outputs outputs are numbers that the
 * caller reads. cost: linear. */
void sizing_find(const cot_graph *g, uint32_t num_outputs, arena *scratch, map *marks);
/* Whether the number has one of these symbols. */
bool sizing_has(const map *marks, const syms *symbols, const type *t);

#endif
