/* SPDX-License-Identifier: MIT
 * flex_tile_tmpl.c — programs on tiles of numbers of type A; included by flex.c for float and double, BN(name) names
 * them. */

static void BN(flex_copy)(A *to, int64_t to_row, const A *from, int64_t from_row, int64_t rows, int64_t width) {
    for (int64_t i = 0; i < rows; i++, to += to_row, from += from_row) memcpy(to, from, (size_t)width * sizeof(A));
}

/* What cannot be seen, and columns behind the last key, become `hidden`. */
static void BN(flex_hide)(A *x, const flex_tile *t, const uint8_t *seen, A hidden) {
    const int64_t padded = attention_pad(t->n);
    for (int64_t i = 0; i < t->m; i++, x += ATTENTION_LARGEST) {
        const uint8_t *row = seen ? seen + i * ATTENTION_LARGEST : NULL;
        for (int64_t j = 0; row && j < t->n; j++) x[j] = row[j] ? x[j] : hidden;
        for (int64_t j = t->n; j < padded; j++) x[j] = hidden;
    }
}

/* Scores go through score_mod. */
static void BN(flex_score)(flex_machine *m, const flex_tile *t, A *s) {
    if (!m->p) return;
    flex_keys(m, t->j0, t->n);
    for (int64_t r = 0, rows; r < t->m; r += rows) {
        A *strip = s + r * ATTENTION_LARGEST;
        rows = MIN(m->rows, t->m - r);
        if (m->p->in[FLEX_SCORE] != FLEX_NONE) BN(flex_copy)
        (flex_register(m, m->p->in[FLEX_SCORE]), m->width, strip, ATTENTION_LARGEST, rows, m->width);
        flex_level_run(m, FLEX_ELEMENT, rows * m->width, r);
        BN(flex_copy)(strip, ATTENTION_LARGEST, flex_register(m, m->p->out), m->width, rows, m->width);
    }
}

/* Of what is seen of a row, in lanes. */
static double BN(flex_row_sum)(const A *x, const uint8_t *seen, int64_t n) {
    enum { LANES = 8 };
    double lanes[LANES] = {0}, sum = 0;
    for (int64_t j = 0; j + LANES <= n; j += LANES)
        for (int64_t l = 0; l < LANES; l++) lanes[l] += !seen || seen[j + l] ? (double)x[j + l] : 0;
    for (int64_t j = n / LANES * LANES; j < n; j++) lanes[j % LANES] += !seen || seen[j] ? (double)x[j] : 0;
    for (int64_t l = 0; l < LANES; l++) sum += lanes[l];
    return sum;
}

/* Adds one strip's numbers to the gradients of captured tensors, row by row: always the same order. */
static void BN(flex_add_totals)(const flex_machine *m, const flex_tile *t, const uint8_t *seen, int64_t r, int64_t rows,
                                double *totals) {
    for (uint32_t k = 0; k < m->p->num_scatters; k++) {
        const flex_scatter *s = &m->p->scatters[k];
        double *total = totals + s->first;
        const A *x = flex_register(m, s->value);
        const int64_t *place = s->place == FLEX_NONE ? NULL : flex_register(m, s->place);
        for (int64_t i = 0; i < rows; i++, x += m->width) {
            const uint8_t *row = seen ? seen + (r + i) * ATTENTION_LARGEST : NULL;
            if (s->level & FLEX_COLUMN) {
                const int64_t *at = place + i * m->width;
                for (int64_t j = 0; j < t->n; j++)
                    if (!row || row[j]) total[at[j]] += (double)x[j];
                continue;
            }
            const double sum = BN(flex_row_sum)(x, row, t->n);
            total[!place ? 0 : s->level == FLEX_ROW ? place[r + i] : place[0]] += sum;
        }
    }
}

/* Gradients of the new scores become gradients of the old ones, `raw`; those of captured tensors are added up. */
static void BN(flex_joint)(flex_machine *m, const flex_tile *t, const uint8_t *seen, const A *raw, A *ds,
                           double *totals) {
    if (!m->p) return;
    flex_keys(m, t->j0, t->n);
    for (int64_t r = 0, rows; r < t->m; r += rows) {
        const int64_t at = r * ATTENTION_LARGEST, from = ATTENTION_LARGEST;
        rows = MIN(m->rows, t->m - r);
        if (m->p->in[FLEX_SCORE] != FLEX_NONE)
            BN(flex_copy)(flex_register(m, m->p->in[FLEX_SCORE]), m->width, raw + at, from, rows, m->width);
        if (m->p->in[FLEX_GRAD] != FLEX_NONE)
            BN(flex_copy)(flex_register(m, m->p->in[FLEX_GRAD]), m->width, ds + at, from, rows, m->width);
        flex_level_run(m, FLEX_ELEMENT, rows * m->width, r);
        BN(flex_copy)(ds + at, from, flex_register(m, m->p->out), m->width, rows, m->width);
        if (totals) BN(flex_add_totals)(m, t, seen, r, rows, totals);
    }
}
