/* SPDX-License-Identifier: MIT
 * tags.h — what a comment says of checkpoints, for reader and printer. */
#ifndef TEXT_TAGS_H
#define TEXT_TAGS_H

#include "graph/graph.h"

/* Passes "ac_graph_id: 2 - PREFER_RECOMPUTE " or "recompute: MUST_SAVE " at *from; gives node_flags and the number. */
void tags_read(const char **from, const char *to, uint32_t *policy, uint32_t *checkpoint);
/* Appends the same for a node; nothing where it has no tags. */
void tags_print(const node *n, text *out);

#endif
