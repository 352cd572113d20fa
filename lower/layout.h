/* SPDX-License-Identifier: MIT
 * layout.h — which layout the values inside a program have.
 *
 * Convolutions are fastest with channels innermost (performance.md, section 6), so their images are turned once, at
 * the edge of a region, and everything that follows keeps that layout. Nobody outside sees it: inputs, outputs and
 * gradients have the strides that the stages print. */
#ifndef LOWER_LAYOUT_H
#define LOWER_LAYOUT_H

#include "graph/graph.h"

/* A graph that computes the same; NULL where nothing is to be changed. `forward` is NULL, or what this function gave
 * for the forward: placeholders of `g` then have the layouts that values of their names have there. needs: a functional
 * graph.   keeps: names of nodes, order and types of inputs (but those) and outputs, except what a forward saves. cost:
 * linear. */
void layout_choose(const cot_graph *g, const cot_graph *forward, cot_graph **out);

#endif
