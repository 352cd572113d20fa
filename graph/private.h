/* SPDX-License-Identifier: MIT
 * private.h — what the files of graph/ share. */
#ifndef GRAPH_PRIVATE_H
#define GRAPH_PRIVATE_H

#include "graph/graph.h"

/* In graph.names: a name that is given out, whose node is not appended (yet). */
#define NAME_TAKEN (UINT32_MAX - 1)

#endif
