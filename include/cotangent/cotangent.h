/* SPDX-License-Identifier: MIT
 * cotangent.h — the library in one include.
 *
 * cotangent turns a tensor program into a training step ahead of time. A whole use, errors left out:
 *
 *     cot_context *ctx;  cot_context_create(NULL, &ctx, &err);
 *     cot_graph *model;  cot_graph_read(ctx, "model.fx", &model, &err);
 *     cot_executable *step;
 *     cot_compile(model, &(cot_compile_options){.mode = COT_MODE_STEP, .optimizer = COT_OPTIMIZER_ADAMW}, &step, &err);
 *     cot_frame *frame;  cot_frame_create(step, NULL, 0, &frame, &err);
 *     … cot_frame_bind_input(frame, i, &tensor, &err) for each input …
 *     while (training) { fill the batch; cot_step(frame, &err); }
 *
 * error.h       statuses and errors          types.h    element types
 * context.h     memory, threads, log         graph.h    reading and printing programs
 * build.h       writing programs in C         compile.h  from a program to code
 * run.h         frames, inputs, gradients     operator.h operators and objects of the caller's
 * safetensors.h weights in files            control.h  higher-order operators of the caller's
 * transform.h   grad, vmap … of programs */
#ifndef COTANGENT_COTANGENT_H
#define COTANGENT_COTANGENT_H

#include <cotangent/build.h>
#include <cotangent/compile.h>
#include <cotangent/context.h>
#include <cotangent/control.h>
#include <cotangent/error.h>
#include <cotangent/graph.h>
#include <cotangent/operator.h>
#include <cotangent/run.h>
#include <cotangent/safetensors.h>
#include <cotangent/transform.h>
#include <cotangent/types.h>

#endif
