/* SPDX-License-Identifier: MIT
 * gemm_divide.c — a product in parts, one for each thread: whole items of a batch, else columns or rows, whichever are
 * more. The division depends on sizes and thread count alone: same bits in every run. */
#include "kernels/cpu/gemm_divide.h"

/* Below this many multiply-adds a part is not worth handing over. */
enum { SERIAL_WORK = 1 << 17 };

typedef struct division {
    const kernel_call *call;
    const gemm_attributes *g;
    gemm_part_fn part;
    int64_t item; /* of the batch, when one product is divided */
    bool by_rows;
} division;

static void run_part(const division *d, const gemm_part *p) {
    if (p->m > 0 && p->n > 0) d->part(d->call, d->g, p);
}

static void run_items(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const division *d = arg;
    for (int64_t i = begin; i < end; i++)
        run_part(d, &(gemm_part){.item = i, .terms = 1, .m = d->g->m, .n = d->g->n, .worker = worker});
}

static void run_slice(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const division *d = arg;
    gemm_part p = {.item = d->item, .terms = d->g->sum_batch ? d->g->batch : 1, .worker = worker};
    p.i = d->by_rows ? begin : 0;
    p.m = d->by_rows ? end - begin : d->g->m;
    p.j = d->by_rows ? 0 : begin;
    p.n = d->by_rows ? d->g->n : end - begin;
    run_part(d, &p);
}

void gemm_divide(const kernel_call *call, int64_t multiple, gemm_part_fn part) {
    const gemm_attributes *g = call->attributes;
    division d = {.call = call, .g = g, .part = part, .by_rows = g->n < g->m};
    const int64_t work = MAX(1, g->m) * MAX(1, g->n) * MAX(1, g->k);
    if (g->batch >= (int64_t)pool_threads(call->pool) && !g->sum_batch) {
        parallel_for(call->pool, g->batch, MAX(1, SERIAL_WORK / work), run_items, &d);
        return;
    }
    const int64_t count = d.by_rows ? g->m : g->n, each = MAX(1, work / MAX(1, count));
    const int64_t grain = (MAX(1, SERIAL_WORK / each) + multiple - 1) / multiple * multiple;
    for (; d.item < (g->sum_batch ? 1 : g->batch); d.item++) parallel_for(call->pool, count, grain, run_slice, &d);
}
