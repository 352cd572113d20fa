/* SPDX-License-Identifier: MIT
 * copy.c — a graph again, in another arena: all of it, or the nodes that a pass keeps. */
#include "graph/graph.h"
#include "graph/private.h"

typedef struct copier {
    const cot_graph *from;
    cot_graph *to;
    value *map;         /* NO_VALUE: left out */
    const char **names; /* by value: reserved in `to`; NULL: names are taken as nodes come */
} copier;

static const char *string(copier *c, const char *s) { return s ? arena_string(c->to->arena, s, strlen(s)) : NULL; }

static value mapped(const copier *c, value v) { return v < c->from->nodes.count ? c->map[v] : NO_VALUE; }

static void copy_node(copier *c, value v) {
    const node *old = graph_node(c->from, v);
    arena *a = c->to->arena;
    value fresh = c->names ? graph_append(c->to, old->op, c->names[v]) : graph_append_named(c->to, old->op, old->name);
    c->map[v] = fresh;
    const char *name = c->to->nodes.data[fresh].name;
    node n = *old;
    arg *args = ARENA_ARRAY(a, arg, old->nargs);
    for (uint32_t i = 0; i < old->nargs; i++) args[i] = arg_map(c->to, &old->args[i], c->map);
    n.name = name;
    n.args = args;
    n.target = string(c, old->target);
    n.dtype_text = string(c, old->dtype_text);
    n.comment = graph_keep_comment(c->to, old->comment);
    n.type = type_copy(a, &old->type);
    n.overwritten = mapped(c, old->overwritten); /* a later node: set again below */
    n.forward = mapped(c, old->forward);
    if (old->annotation) {
        type *annotation = ARENA_NEW(a, type);
        *annotation = type_copy(a, old->annotation);
        n.annotation = annotation;
    }
    if (old->kwnames) {
        const char **names = ARENA_ARRAY(a, const char *, old->nargs - old->npos);
        for (uint32_t i = 0; i + old->npos < old->nargs; i++) names[i] = string(c, old->kwnames[i]);
        n.kwnames = names;
    }
    c->to->nodes.data[fresh] = n;
}

/* Numbers that names have reached go along: a name that was given out once is not given out for another node. */
static void copy_names(copier *c) {
    const map *suffixes = &c->from->suffixes;
    for (uint32_t i = 0; i < suffixes->capacity; i++)
        if (suffixes->entries[i].used)
            map_set(&c->to->suffixes, string(c, suffixes->entries[i].key), suffixes->entries[i].value);
}

static void copy_signature(copier *c) {
    const cot_graph *from = c->from;
    cot_graph *to = c->to;
    for (uint32_t i = 0; i < from->inputs.count; i++) *VEC_PUSH(to->arena, &to->inputs) = c->map[from->inputs.data[i]];
    for (uint32_t i = 0; i < from->input_specs.count; i++) {
        input_spec *spec = VEC_PUSH(to->arena, &to->input_specs);
        *spec = from->input_specs.data[i];
        spec->node = mapped(c, spec->node);
        spec->target = string(c, spec->target);
    }
    for (uint32_t i = 0; i < from->output_specs.count; i++) {
        output_spec *spec = VEC_PUSH(to->arena, &to->output_specs);
        *spec = from->output_specs.data[i];
        spec->name = string(c, spec->name);
        spec->target = string(c, spec->target);
    }
    for (uint32_t i = 0; i < from->ranges.count; i++) {
        range_constraint *range = VEC_PUSH(to->arena, &to->ranges);
        *range = from->ranges.data[i];
        range->low_text = string(c, range->low_text);
        range->high_text = string(c, range->high_text);
    }
}

static const void *copy_array(copier *c, const void *from, uint32_t count, size_t size) {
    return from ? arena_copy(c->to->arena, from, count * size) : NULL;
}

static void copy_facts(copier *c) {
    const cot_graph *from = c->from;
    cot_graph *to = c->to;
    if (!to->file[0]) to->file = string(c, from->file);
    if (!to->source) to->source = string(c, from->source);
    to->num_unbacked = from->num_unbacked;
    to->is_program = from->is_program;
    to->is_joint = from->is_joint;
    to->show_strides = from->show_strides;
    to->show_device = from->show_device;
    to->num_mutated = from->num_mutated;
    to->mutated = copy_array(c, from->mutated, from->num_mutated, sizeof *from->mutated);
    to->num_user_outputs = from->num_user_outputs;
    to->aliases = copy_array(c, from->aliases, from->num_user_outputs, sizeof *from->aliases);
    to->num_bases = from->num_bases;
    to->num_tangents = from->num_tangents;
    to->tangent_outputs = copy_array(c, from->tangent_outputs, from->num_tangents, sizeof *from->tangent_outputs);
    to->num_saved = from->num_saved;
    if (from->user_output) {
        arg *output = ARENA_NEW(to->arena, arg);
        *output = arg_map(to, from->user_output, NULL);
        to->user_output = output;
    }
    for (uint32_t i = 0; from->notes && i < from->notes->lines.count; i++) {
        if (!to->notes) to->notes = ARENA_NEW(to->arena, graph_notes);
        *VEC_PUSH(to->arena, &to->notes->lines) = string(c, from->notes->lines.data[i]);
    }
}

/* All but the nodes, which are there. */
static void copy_rest(copier *c) {
    for (value v = 0; v < c->from->nodes.count; v++)
        if (c->map[v] != NO_VALUE)
            c->to->nodes.data[c->map[v]].overwritten = mapped(c, graph_node(c->from, v)->overwritten);
    copy_facts(c);
    copy_signature(c);
    c->to->output = arg_map(c->to, &c->from->output, c->map);
}

void graph_copy_kept(const cot_graph *from, const bool *keep, cot_graph *to) {
    arena *scratch = arena_create(from->ctx);
    copier c = {.from = from, .to = to, .map = ARENA_ARRAY(scratch, value, from->nodes.count)};
    for (value v = 0; v < from->nodes.count; v++) {
        if (!keep || keep[v]) copy_node(&c, v);
        else c.map[v] = NO_VALUE;
    }
    if (!keep) copy_names(&c);
    copy_rest(&c);
    arena_destroy(scratch);
}

static void replace_node(copier *c, value v, graph_replace_fn replace, void *user) {
    const value made = replace(user, c->to, v, c->map);
    if (made == NO_VALUE) {
        copy_node(c, v);
        return;
    }
    c->map[v] = made;
    c->to->nodes.data[made].name = c->names[v];
    map_set(&c->to->names, c->names[v], made);
}

void graph_copy_replacing(const cot_graph *from, const bool *late, graph_replace_fn replace, void *user,
                          cot_graph *to) {
    arena *scratch = arena_create(from->ctx);
    copier c = {.from = from, .to = to, .map = ARENA_ARRAY(scratch, value, from->nodes.count)};
    c.names = ARENA_ARRAY(scratch, const char *, from->nodes.count);
    for (value v = 0; v < from->nodes.count; v++) {
        c.map[v] = NO_VALUE;
        c.names[v] = graph_name_exact(to, graph_node(from, v)->name);
    }
    if (late) {
        for (uint32_t i = 0; i < from->inputs.count; i++)
            if (!late[from->inputs.data[i]]) replace_node(&c, from->inputs.data[i], replace, user);
    }
    for (value v = 0; v < from->nodes.count; v++)
        if (c.map[v] == NO_VALUE) replace_node(&c, v, replace, user);
    copy_rest(&c);
    arena_destroy(scratch);
}

/* The text is copied once for all graphs in an arena, not for each body. */
cot_graph *graph_create_like(const cot_graph *g, cot_graph *root) {
    if (root && !root->source && g->source) root->source = arena_string(root->arena, g->source, strlen(g->source));
    return root ? graph_create_child(root, g->class_name) : graph_create(g->ctx, g->class_name);
}

cot_graph *graph_copy(const cot_graph *g, cot_graph *root) {
    cot_graph *to = graph_create_like(g, root);
    graph_copy_kept(g, NULL, to);
    for (uint32_t i = 0; i < g->children.count; i++)
        graph_add_child(to, g->children.data[i].name, graph_copy(g->children.data[i].graph, to));
    return to;
}
