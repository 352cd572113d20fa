/* SPDX-License-Identifier: MIT
 * tile_rows.c — the machine that runs tile programs with rows: normalisations, softmax, and chains around sums over
 * rows or columns.
 *
 * A tile is some whole rows, so what a row comes to is known before the tile is left: a normalisation reads its operand
 * once. Sums over columns gather in totals of each worker (tile_totals.c). Where nothing is reduced along rows, long
 * rows are taken in parts. */
#include "kernels/cpu/isa.h"
#include "kernels/cpu/tile_step.h"

typedef struct machine {
    const tile_program *p;
    void *const *data;
    char *totals, *buffers;
    void **values;
    bool separate; /* some result lies over an operand: results go through tiles */
    int64_t row, rows, column, columns;
} machine;

static void *buffer_of(const machine *m, uint32_t value) {
    return m->buffers + (size_t)m->p->buffers[value] * m->p->buffer_bytes;
}

static int64_t items(const machine *m, uint32_t level) {
    return level == TILE_ELEMENTS ? m->rows * m->columns : m->rows;
}

/* Memory of the first element of a row, or of a part of it. */
static char *row_of(const machine *m, const tile_access *a, int64_t row, int64_t column) {
    const tile_program *p = m->p;
    int64_t offset = p->ndim > p->outer ? column * a->strides[p->ndim - 1] : 0; /* parts: one dimension of a row */
    if (p->outer == 1) offset += row * a->strides[0];
    else
        for (uint32_t d = p->outer; d-- > 0; row /= p->sizes[d]) offset += row % p->sizes[d] * a->strides[d];
    return (char *)m->data[a->tensor] + offset * item_bytes[a->dtype];
}

/* One row between memory and tile. */
static void move_row(const machine *m, const tile_access *a, bool store, char *memory, char *tile) {
    const tile_program *p = m->p;
    const move_fn move = (store ? KERNEL(tile_stores) : KERNEL(tile_loads))[a->class][a->dtype];
    const size_t bytes = item_bytes[class_dtypes[a->class]];
    const uint32_t inner = p->ndim - 1;
    const int64_t run = p->ndim == p->outer + 1 ? m->columns : p->ndim == p->outer ? 1 : p->sizes[inner];
    for (int64_t at = 0; at < m->columns; at += run, tile += (size_t)run * bytes) {
        int64_t offset = 0, left = at / run;
        for (uint32_t d = inner; d-- > p->outer; left /= p->sizes[d]) offset += left % p->sizes[d] * a->strides[d];
        char *from = memory + offset * item_bytes[a->dtype];
        if (store) move(from, tile, a->strides[inner], run);
        else move(tile, from, a->strides[inner], run);
    }
}

/* Whether a tile of elements lies in memory as it would in a buffer. */
static bool lies_dense(const machine *m, const tile_access *a) {
    const tile_program *p = m->p;
    if (a->dtype != class_dtypes[a->class] || p->ndim != p->outer + 1 || a->strides[p->outer] != 1) return false;
    return m->rows == 1 || (a->walk == TILE_DENSE && m->columns == p->row_length);
}

static void move_elements(const machine *m, const tile_access *a, bool store, char *tile) {
    const size_t bytes = (size_t)m->columns * item_bytes[class_dtypes[a->class]];
    for (int64_t r = 0; r < m->rows; r++)
        move_row(m, a, store, row_of(m, a, m->row + r, m->column), tile + (size_t)r * bytes);
}

static void move_numbers(const machine *m, const tile_access *a, bool store, char *tile) {
    const move_fn move = (store ? KERNEL(tile_stores) : KERNEL(tile_loads))[a->class][a->dtype];
    const size_t bytes = item_bytes[class_dtypes[a->class]];
    if (m->p->outer == 1) {
        char *memory = row_of(m, a, m->row, 0);
        if (store) move(memory, tile, a->strides[0], m->rows);
        else move(tile, memory, a->strides[0], m->rows);
        return;
    }
    for (int64_t r = 0; r < m->rows; r++) {
        char *memory = row_of(m, a, m->row + r, 0);
        if (store) move(memory, tile + (size_t)r * bytes, 1, 1);
        else move(tile + (size_t)r * bytes, memory, 1, 1);
    }
}

static void *load(const machine *m, const tile_access *a) {
    char *tile = buffer_of(m, a->value);
    const bool moved = m->separate && a->stored; /* a result may be written over it before it is stored */
    if (a->level == TILE_ELEMENTS && !moved && lies_dense(m, a)) return row_of(m, a, m->row, m->column);
    if (a->same_rows) return tile; /* filled before */
    if (a->level == TILE_ELEMENTS) move_elements(m, a, false, tile);
    else move_numbers(m, a, false, tile);
    return tile;
}

static void reduce(const machine *m, const tile_instruction *in, void *y, const void *x) {
    for (int64_t r = 0; r < m->rows; r++) {
        if (in->class == TILE_F32)
            ((float *)y)[r] = (float)(in->p[1].f * combine_run(TILE_F32, (uint32_t)in->p[0].i,
                                                               (const float *)x + r * m->columns, m->columns));
        else
            ((double *)y)[r] = in->p[1].f * combine_run(TILE_F64, (uint32_t)in->p[0].i,
                                                        (const double *)x + r * m->columns, m->columns);
    }
    if (in->round != COT_DTYPE_COUNT) round_run(in, y, m->rows);
}

static void expand(const machine *m, const tile_instruction *in, void *y, const void *x) {
    const size_t bytes = item_bytes[class_dtypes[in->class]];
    for (int64_t r = 0; r < m->rows; r++) KERNEL(tile_loads)
    [in->class][class_dtypes[in->class]]((char *)y + (size_t)(r * m->columns) * bytes,
                                         (const char *)x + (size_t)r * bytes, 0, m->columns);
}

static void add_columns(const machine *m, const tile_access *a, double *restrict total, const void *x) {
    total += m->column;
    for (int64_t r = 0; r < m->rows; r++) {
        const float *restrict f = (const float *)x + r * m->columns;
        const double *restrict d = (const double *)x + r * m->columns;
        if (a->combine == TILE_SUM && a->class == TILE_F32)
            for (int64_t i = 0; i < m->columns; i++) total[i] += f[i];
        else
            for (int64_t i = 0; i < m->columns; i++) {
                const double v = a->class == TILE_F32 ? f[i] : d[i];
                total[i] = fold(a->combine, total[i], a->combine == TILE_SQUARES ? v * v : v);
            }
    }
}

static void combine(const machine *m, const tile_access *a, const void *x) {
    const tile_program *p = m->p;
    double *total = (double *)(m->totals + a->total);
    bool columns = false;
    for (uint32_t d = p->outer; d < p->ndim; d++) columns |= a->strides[d] != 0;
    if (columns) add_columns(m, a, total, x);
    else if (a->level == TILE_PER_ROW) combine_lanes(a->class, a->combine, total, x, m->row, m->rows);
    else if (m->columns == p->row_length)
        combine_lanes(a->class, a->combine, total, x, m->row * p->row_length, m->rows * m->columns);
    else combine_lanes(a->class, a->combine, total, x, m->row * p->row_length + m->column, m->columns);
}

static void run_tile(const machine *m) {
    const tile_program *p = m->p;
    void **values = m->values;
    for (uint32_t i = 0; i < p->num_loads; i++) values[p->loads[i].value] = load(m, &p->loads[i]);
    for (uint32_t i = 0; i < p->num_code; i++) values[p->code[i].y] = buffer_of(m, p->code[i].y);
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        if (a->direct && !m->separate && a->level == TILE_ELEMENTS && lies_dense(m, a))
            values[a->value] = row_of(m, a, m->row, m->column);
    }
    for (uint32_t i = 0; i < p->num_code; i++) {
        const tile_instruction *in = &p->code[i];
        const void *x[TILE_MAX_OPERANDS];
        for (uint32_t k = 0; k < TILE_MAX_OPERANDS; k++) x[k] = values[in->x[k]];
        if (in->element == TILE_reduce) reduce(m, in, values[in->y], x[0]);
        else if (in->element == TILE_expand) expand(m, in, values[in->y], x[0]);
        else run_instruction(in, values[in->y], x, items(m, in->level));
    }
    for (uint32_t i = 0; i < p->num_stores; i++)
        if (p->stores[i].combine != TILE_PLAIN) combine(m, &p->stores[i], values[p->stores[i].value]);
    for (uint32_t i = 0; i < p->num_stores; i++) {
        const tile_access *a = &p->stores[i];
        const bool written = a->direct && values[a->value] != buffer_of(m, a->value);
        if (a->combine != TILE_PLAIN) continue;
        if (a->level == TILE_PER_ROW) move_numbers(m, a, true, values[a->value]);
        else if (!written) move_elements(m, a, true, values[a->value]);
    }
}

/* Values that are the same in every tile. */
static void fill_same(machine *m) {
    const tile_program *p = m->p;
    const int64_t n = p->tile_rows * p->tile_columns;
    for (uint32_t i = 0; i < p->num_fills; i++) {
        const tile_fill *f = &p->fills[i];
        const float narrow = (float)f->number.f;
        const void *number = f->class == TILE_F32 ? (const void *)&narrow : (const void *)&f->number;
        m->values[f->value] = buffer_of(m, f->value);
        KERNEL(tile_loads)[f->class][class_dtypes[f->class]](m->values[f->value], number, 0, n);
    }
    m->row = m->column = 0;
    m->rows = p->tile_rows, m->columns = p->tile_columns;
    for (uint32_t i = 0; i < p->num_loads; i++)
        if (p->loads[i].same_rows) move_elements(m, &p->loads[i], false, buffer_of(m, p->loads[i].value));
}

typedef struct piece {
    const kernel_call *call;
    bool separate;
} piece;

static void run_piece(void *arg, int64_t begin, int64_t end, uint32_t worker) {
    const piece *job = arg;
    const tile_program *p = job->call->attributes;
    void *values[TILE_MAX_VALUES];
    machine m = {.p = p, .data = job->call->data, .values = values, .separate = job->separate};
    m.totals = (char *)job->call->scratch + worker * p->worker_bytes;
    m.buffers = m.totals + (p->worker_bytes - (uint64_t)p->num_buffers * p->buffer_bytes);
    fill_same(&m);
    for (m.row = begin; m.row < end; m.row += m.rows) {
        m.rows = MIN(p->tile_rows, end - m.row);
        for (m.column = 0; m.column < p->row_length; m.column += m.columns) {
            m.columns = MIN(p->tile_columns, p->row_length - m.column);
            run_tile(&m);
        }
    }
}

void KERNEL(tile_run_rows)(const kernel_call *call) {
    const tile_program *p = call->attributes;
    const uint32_t threads = pool_threads(call->pool);
    piece job = {.call = call};
    for (uint32_t i = 0; i < p->num_stores; i++)
        for (uint32_t k = 0; k < p->num_loads; k++)
            job.separate |= call->data[p->stores[i].tensor] == call->data[p->loads[k].tensor];
    if (p->combines) totals_begin(call, threads);
    if (p->numel) parallel_for(call->pool, p->rows, p->grain, run_piece, &job);
    if (p->combines) totals_end(call, threads);
}
