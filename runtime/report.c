/* SPDX-License-Identifier: MIT
 * report.c — printing stages; the plan as text for people: one line a step, places as slot+offset. */
#include "base/error.h"
#include "runtime/executable.h"
#include "functionalize/functionalize.h"
#include "text/fx.h"
#include <inttypes.h>

static void print_place(text *t, const place *p, const tensor_desc *d) {
    if (d && d->numel < 0) {
        text_add(t, "None");
        return;
    }
    if (p->slot == SLOT_ARENA) text_printf(t, "arena+%" PRId64, p->offset);
    else text_printf(t, p->offset ? "slot %u+%" PRId64 : "slot %u", p->slot, p->offset);
    if (!d) return;
    text_printf(t, ":%s[", cot_dtype_name((cot_dtype)d->dtype));
    for (uint32_t i = 0; i < d->ndim; i++) text_printf(t, i ? ", %" PRId64 : "%" PRId64, d->sizes[i]);
    text_add(t, "]");
}

static void print_places(text *t, const step *s, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (i > from) text_add(t, ", ");
        print_place(t, &s->places[i], s->tensors ? &s->tensors[i] : NULL);
    }
}

void plan_report(const plan *p, uint32_t forward_steps, text *out) {
    for (uint32_t i = 0; i < p->num_steps; i++) {
        const step *s = &p->steps[i];
        if (i == forward_steps) text_add(out, "    # backward\n");
        text_printf(out, "    %4u  %s = %s(", i, s->name, s->what);
        print_places(out, s, s->num_results, s->num_results + s->num_operands);
        text_add(out, ") -> ");
        print_places(out, s, 0, s->num_results);
        if (s->scratch.slot) text_printf(out, "  scratch arena+%" PRId64, s->scratch.offset);
        if (s->body)
            text_printf(out, "  body of %u steps, %" PRIu64 " bytes", s->body->num_steps, s->body->arena_bytes);
        text_add(out, "\n");
    }
}

void plan_report_fusion(const plan *p, text *out) {
    uint32_t fused = 0, members = 0;
    for (uint32_t i = 0; i < p->num_steps; i++) fused += p->steps[i].members > 0, members += p->steps[i].members;
    text_printf(out, "fusion: %u of %u steps are fused, from %u operators\n", fused, p->num_steps, members);
    for (uint32_t i = 0; i < p->num_steps; i++) {
        const step *s = &p->steps[i];
        if (!s->program) continue;
        text_printf(out, "    %4u  %s = %s\n", i, s->name, s->what);
        tile_print(s->program, out);
    }
    for (uint32_t i = 0; i < p->num_steps; i++) {
        const step *s = &p->steps[i];
        if (!s->body || s->call) continue; /* a body once, at its first call */
        text_printf(out, "body of %s: ", s->name);
        plan_report_fusion(s->body, out);
    }
}

static void print_plan(const cot_executable *e, text *out) {
    text_printf(out, "plan: %u steps, %u kernels, arena %" PRIu64 " bytes, %u threads\n", e->plan.num_steps,
                e->plan.kernels, e->plan.arena_bytes, e->threads);
    for (uint32_t i = 0; i < e->num_inputs; i++) {
        const exe_input *in = &e->inputs[i];
        if (in->info.is_tensor && in->needed)
            text_printf(out, "    slot %u: input %s%s\n", in->slot, in->info.name, in->mutated ? ", written" : "");
    }
    for (uint32_t i = 0; i < e->num_tangents; i++)
        text_printf(out, "    slot %u: tangent %u\n", e->tangents[i].slot, i + 1);
    for (uint32_t i = 0; i < e->num_gradients; i++)
        if (e->gradients[i].slot)
            text_printf(out, "    slot %u: gradient of %s, arena+%" PRId64 "\n", e->gradients[i].slot,
                        e->inputs[i].info.name, e->gradients[i].offset);
    for (uint32_t i = 0; i < e->stats.num_saved; i++)
        text_printf(out, "    saved %s: %" PRIu64 " bytes\n", e->stats.saved[i].name, e->stats.saved[i].bytes);
    plan_report(&e->plan, e->forward_steps, out);
}

/* The stage's graph; an inference has its functional graph for a forward. */
static const cot_graph *stage_graph(const cot_executable *e, cot_stage stage) {
    if (stage == COT_STAGE_FORWARD && !e->stages[COT_STAGE_FORWARD]) return e->stages[COT_STAGE_FUNCTIONAL];
    return e->stages[stage];
}

cot_status cot_executable_print(const cot_executable *executable, cot_stage stage, char **text_out, cot_error *error) {
    static const char *const names[] = {"input", "functional", "joint", "forward", "backward", "plan", "fusion"};
    *text_out = NULL;
    if ((unsigned)stage > COT_STAGE_FUSION) return fail(error, COT_INVALID, "there is no stage %u", (unsigned)stage);
    const cot_graph *g = stage >= COT_STAGE_PLAN ? NULL : stage_graph(executable, stage);
    if (!g && stage < COT_STAGE_PLAN)
        return fail(error, COT_INVALID, "the program has no %s stage: nothing is differentiated", names[stage]);
    guard guarded;
    if (GUARD_ENTER(&guarded, executable->ctx)) return guard_failed(&guarded, error);
    arena *scratch = arena_create(executable->ctx);
    text t = {.arena = scratch};
    cot_graph *expanded = NULL;
    cot_status status = g && graph_has_own(g) ? graph_expand(g, &expanded, error) : COT_OK;
    const cot_graph *shown = expanded ? expanded : g;
    cot_graph *lifted =
        g && !status && stage != COT_STAGE_INPUT && !executable->unlift_tokens ? effects_lift(shown) : NULL;
    if (g && !status) fx_print(lifted ? lifted : shown, &t);
    else if (stage == COT_STAGE_PLAN) print_plan(executable, &t);
    else if (stage == COT_STAGE_FUSION) plan_report_fusion(&executable->plan, &t);
    if (!status) status = fx_give_text(executable->ctx, &t, text_out, error);
    graph_destroy(lifted);
    graph_destroy(expanded);
    arena_destroy(scratch);
    guard_leave(&guarded);
    return status;
}
