/* SPDX-License-Identifier: MIT
 * joint.h — derivatives in. */
#ifndef AUTOGRAD_JOINT_H
#define AUTOGRAD_JOINT_H

#include "graph/graph.h"

/* Who splits joints of loop bodies into forward and backward (the partitioner, which autograd does not know): both
 * become children of root. */
typedef struct joint_splitter {
    cot_status (*split)(void *user, const cot_graph *joint, cot_graph *root, cot_graph **forward, cot_graph **backward,
                        cot_error *error);
    void *user;
    bool as_reference; /* only where PyTorch splits, too */
} joint_splitter;

/* joint.c — from a functional graph to forward and backward in one graph.
 * needs: a functional graph with input_specs[].requires_grad. gives: inputs primals_1 …, tangents_1 … (one for each
 * differentiable, not purely aliased output: mutated inputs, outputs, bases in order); outputs (forward outputs…, a
 * gradient or None for each input). Nodes of the backward carry NODE_BACKWARD and their forward node. keeps: order and
 * names of forward nodes. cost: linear. Refuses, in PyTorch's words, a derivative through a value that was saved and
 * written later. Without a splitter (NULL) loops compute their forward again in the backward. When no output needs a
 * gradient, *out is NULL and the status is COT_OK: the program is inference only.
 */
cot_status joint_build(const cot_graph *functional, const joint_splitter *splitter, cot_graph **out, cot_error *error);

#endif
