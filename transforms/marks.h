/* SPDX-License-Identifier: MIT
 * marks.h — regions of vmap that a program carries as marks. */
#ifndef TRANSFORMS_MARKS_H
#define TRANSFORMS_MARKS_H

#include "graph/graph.h"

/* marks.c — needs: a functional graph. gives: the same program with its marked regions written out; *g is replaced
 * where there are any. cost: linear for each level of nesting. */
cot_status marks_expand(cot_graph **g, cot_error *error);

#endif
