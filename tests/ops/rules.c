/* SPDX-License-Identifier: MIT
 * rules.c — the table of batching rules in docs/batching-rules.md, made by walking the records.
 *
 *     rules FILE      compares; with COT_ACCEPT=1 writes */
#include "ops/batch.h"
#include "ops/control.h"
#include "tests/unit/tap.h"

enum { MOST_RULES = 64 };

static const char head[] =
    "# Batching rules\n"
    "\n"
    "Made by `tests/ops/rules.c` from the operators' records. Composite operators are taken apart before; in-place\n"
    "forms and copies of views are those of the operator. [transforms.md](transforms.md) says what a rule is.\n"
    "\n"
    "| rule | operators |\n"
    "| --- | --- |\n";

/* What a record says, or what follows from having no rule. NULL: not asked of it. */
static const char *rule_name(const op *o) {
    if (!o->record || o->view || o->functional || o->kind != OP_CALL || !o->has_schema) return NULL;
    if (o->traits & (OP_COMPOSITE | OP_MUTATES | OP_CONTROL | OP_SYMBOLIC | OP_PACK)) return NULL;
    if (!strcmp(o->namespace_, "cot") || !o->num_returns) return NULL;
    const batch_rule *rule = batch_rule_of(o);
    if (rule) return rule->name;
    if (o->traits & OP_BINDS) return "refused: sizes or numbers that only data tell";
    return o->record->decompose || o->record->decompose_fn ? "by its parts" : "a loop over the batch";
}

static void add_name(text *t, const op *o) {
    const bool plain = !strcmp(o->overload, "default");
    text_printf(t, "`%s%s%s`", o->packet, plain ? "" : ".", plain ? "" : o->overload);
}

static void make_table(cot_context *ctx, text *t) {
    const char *rules[MOST_RULES];
    uint32_t count = 0;
    text_add(t, head);
    for (uint32_t i = 0; i < op_count(ctx); i++) {
        const char *name = rule_name(op_at(ctx, i));
        uint32_t k = 0;
        while (name && k < count && strcmp(rules[k], name)) k++;
        if (name && k == count && count < MOST_RULES) rules[count++] = name;
    }
    for (uint32_t k = 0; k < count; k++) {
        text_printf(t, "| %s |", rules[k]);
        uint32_t listed = 0;
        for (uint32_t i = 0; i < op_count(ctx); i++) {
            const char *name = rule_name(op_at(ctx, i));
            if (!name || strcmp(name, rules[k])) continue;
            text_add(t, listed++ ? ", " : " ");
            add_name(t, op_at(ctx, i));
        }
        text_add(t, " |\n");
    }
    text_add(t, "| hook `vmap` |");
    for (uint32_t i = 0, listed = 0; i < op_count(ctx); i++) {
        const op *o = op_at(ctx, i);
        if (!o->record || !o->record->control || !o->record->control->vmap) continue;
        text_add(t, listed++ ? ", " : " ");
        add_name(t, o);
    }
    text_add(t, " |\n");
}

int main(int argc, char **argv) {
    cot_error error;
    cot_context *ctx = NULL;
    if (argc < 2 || cot_context_create(NULL, &ctx, &error)) return 2;
    arena *a = arena_create(ctx);
    text t = {.arena = a};
    make_table(ctx, &t);
    if (getenv("COT_ACCEPT")) {
        FILE *f = fopen(argv[1], "wb");
        CHECK(f && fwrite(t.data, 1, t.count, f) == t.count);
        if (f) fclose(f);
    }
    FILE *f = fopen(argv[1], "rb");
    char *found = calloc(t.count + 2, 1);
    const size_t bytes = f && found ? fread(found, 1, t.count + 1, f) : 0;
    CHECK(bytes == t.count && !memcmp(found, t.data, bytes));
    if (f) fclose(f);
    free(found);
    arena_destroy(a);
    cot_context_destroy(&ctx);
    return tap_done();
}
