/* SPDX-License-Identifier: MIT
 * print.c — graphs as FX text, byte for byte as torch.fx prints them (torch/fx/graph.py, CodeGen).
 *
 * Behind each statement stand the values whose last use it is, found by one scan from the end: a value belongs to the
 * first reader the scan meets. What is printed is Python that torch executes. */
#include "text/fx.h"
#include "text/signature.h"
#include "text/tags.h"

#include "ops/op.h"

#include <math.h>
#include <string.h>

typedef struct printer {
    const cot_graph *g;
    text *out;
    uint32_t indent;
    arena *scratch;
    /* Values to be deleted behind node v, in order: order[first[v]] … order[first[v + 1]]. */
    const value *order;
    const uint32_t *first;
} printer;

static void start_line(const printer *p, uint32_t deeper) {
    for (uint32_t i = 0; i < p->indent + deeper; i++) text_add_bytes(p->out, "    ", 4);
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

static void print_items(const cot_graph *g, const arg *a, const char *open, const char *close, text *out) {
    text_add(out, open);
    for (uint32_t i = 0; i < a->count; i++) {
        if (i) text_add(out, ", ");
        fx_print_arg(g, &a->list[i], out);
    }
    text_add(out, close);
}

static void print_dict(const cot_graph *g, const arg *a, text *out) {
    text_add(out, "{");
    for (uint32_t i = 0; i < a->count; i++) {
        if (i) text_add(out, ", ");
        fx_print_arg(g, &a->list[2 * i], out);
        text_add(out, ": ");
        fx_print_arg(g, &a->list[2 * i + 1], out);
    }
    text_add(out, "}");
}

/* A part of a complex number: as Python's repr without ".0". */
static void print_part(double value, bool sign, text *out) {
    if (sign && value >= 0) text_add(out, "+");
    uint32_t from = out->count;
    text_add_float(out, value);
    uint32_t n = out->count - from;
    if (n > 2 && !strcmp(out->data + out->count - 2, ".0")) out->data[out->count -= 2] = '\0';
}

static void print_complex(const double *c, text *out) {
    bool plain = c[0] != 0 && c[1] != 0 && isfinite(c[0]) && isfinite(c[1]);
    text_add(out, plain ? "(" : "complex(");
    if (plain) print_part(c[0], false, out), print_part(c[1], true, out);
    else text_add_float(out, c[0]), text_add(out, ", "), text_add_float(out, c[1]);
    text_add(out, plain ? "j)" : ")");
}

static void print_device(const char *s, text *out) {
    const char *colon = strchr(s, ':');
    text_printf(out, "device(type='%.*s'", (int)(colon ? colon - s : (long)strlen(s)), s);
    if (colon) text_printf(out, ", index=%s", colon + 1);
    text_add(out, ")");
}

static void print_bytes(const arg *a, text *out) {
    text_add(out, "b'");
    for (uint32_t i = 0; i < a->count; i++) {
        unsigned char c = (unsigned char)a->s[i];
        if (c == '\\' || c == '\'') text_printf(out, "\\%c", c);
        else if (c == '\n') text_add(out, "\\n");
        else if (c == '\r') text_add(out, "\\r");
        else if (c == '\t') text_add(out, "\\t");
        else if (c < 0x20 || c >= 0x7f) text_printf(out, "\\x%02x", c);
        else text_add_bytes(out, &a->s[i], 1);
    }
    text_add(out, "'");
}

void fx_print_arg(const cot_graph *g, const arg *a, text *out) {
    switch ((arg_kind)a->kind) {
    case ARG_NONE: text_add(out, "None"); break;
    case ARG_VALUE: text_add(out, graph_node(g, a->value)->name); break;
    case ARG_INT: text_printf(out, "%lld", (long long)a->i); break;
    case ARG_FLOAT: text_add_float(out, a->f); break;
    case ARG_BOOL: text_add(out, a->i ? "True" : "False"); break;
    case ARG_COMPLEX: print_complex(a->complex, out); break;
    case ARG_STRING: text_add_quoted(out, a->s); break;
    case ARG_BYTES: print_bytes(a, out); break;
    case ARG_DTYPE: text_printf(out, "torch.%s", dtype_torch_name((cot_dtype)a->i)); break;
    case ARG_CONST: text_printf(out, "torch.%s", a->s); break;
    case ARG_DEVICE: print_device(a->s, out); break;
    case ARG_LIST:
    case ARG_TUPLE: {
        bool tuple = a->kind == ARG_TUPLE || (a->flags & ARG_WAS_TUPLE);
        print_items(g, a, tuple ? "(" : "[", tuple ? a->count == 1 ? ",)" : ")" : "]", out);
        break;
    }
    case ARG_DICT: print_dict(g, a, out); break;
    case ARG_SLICE: {
        arg parts = {.list = a->list, .count = 3};
        print_items(g, &parts, "slice(", ")", out);
        break;
    }
    case ARG_ELLIPSIS: text_add(out, "Ellipsis"); break;
    case ARG_OP: text_add(out, a->op->name); break;
    case ARG_CALL: text_add(out, a->s); break;
    }
}

/* ---- last uses --------------------------------------------------------------------------------------------------- */

typedef VEC(value) last_use_list;

/* Uses in the returned expression count for the return, behind which nothing is printed. */
typedef struct used_by_return {
    bool *used;
} used_by_return;

static void mark_used(void *user, value v) { ((used_by_return *)user)->used[v] = true; }

static void find_last_uses(printer *p) {
    const cot_graph *g = p->g;
    uint32_t n = g->nodes.count;
    bool *used = ARENA_ARRAY(p->scratch, bool, n);
    uint32_t *first = ARENA_ARRAY(p->scratch, uint32_t, n + 1);
    uint32_t *has_users = ARENA_ARRAY(p->scratch, uint32_t, n);
    last_use_list order = {0};
    value_list inputs = {0};
    used_by_return returned = {used};
    arg_each(&g->output, mark_used, &returned);
    for (uint32_t v = 0; v < n; v++) has_users[v] = used[v];
    /* The scan goes backwards, so the lists are stored backwards node by node. */
    for (uint32_t v = n; v-- > 0;) {
        const node *node = graph_node(g, v);
        first[v] = order.count;
        node_inputs(p->scratch, node, &inputs);
        for (uint32_t i = 0; i < inputs.count; i++) {
            value input = inputs.data[i];
            has_users[input] = 1;
            if (used[input]) continue;
            used[input] = true;
            *VEC_PUSH(p->scratch, &order) = input;
        }
        if (!has_users[v] && node->op->kind != OP_PLACEHOLDER) *VEC_PUSH(p->scratch, &order) = v;
    }
    first[n] = order.count; /* of node v: order[first[v]] up to the first of node v - 1 */
    p->first = first;
    p->order = order.data;
}

static void print_last_uses(const printer *p, value v) {
    uint32_t from = p->first[v], to = v ? p->first[v - 1] : p->first[p->g->nodes.count];
    if (from == to) return;
    text_add(p->out, ";  ");
    for (uint32_t i = from; i < to; i++) {
        text_add(p->out, graph_node(p->g, p->order[i])->name);
        text_add(p->out, " = ");
    }
    text_add(p->out, "None");
}

/* ---- calls ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *packet, *infix, *prefix;
} magic[] = {
    {"add", " + ", NULL},     {"sub", " - ", NULL},       {"mul", " * ", NULL},  {"truediv", " / ", NULL},
    {"div", " / ", NULL},     {"floordiv", " // ", NULL}, {"mod", " % ", NULL},  {"pow", " ** ", NULL},
    {"lshift", " << ", NULL}, {"rshift", " >> ", NULL},   {"and_", " & ", NULL}, {"or_", " | ", NULL},
    {"xor", " ^ ", NULL},     {"matmul", " @ ", NULL},    {"eq", " == ", NULL},  {"ne", " != ", NULL},
    {"lt", " < ", NULL},      {"gt", " > ", NULL},        {"le", " <= ", NULL},  {"ge", " >= ", NULL},
    {"neg", NULL, "-"},       {"pos", NULL, "+"},         {"invert", NULL, "~"},
};

static bool print_magic(const printer *p, const node *n) {
    size_t i = 0;
    while (i < COUNT_OF(magic) && strcmp(magic[i].packet, n->op->packet)) i++;
    if (i == COUNT_OF(magic) || n->nargs != (magic[i].infix ? 2 : 1)) return false;
    if (magic[i].prefix) text_add(p->out, magic[i].prefix);
    fx_print_arg(p->g, &n->args[0], p->out);
    if (!magic[i].infix) return true;
    text_add(p->out, magic[i].infix);
    fx_print_arg(p->g, &n->args[1], p->out);
    return true;
}

static const char *keyword_name(const node *n, uint32_t i) {
    if (n->op->has_schema) return n->op->params[i].name;
    return n->kwnames[i - n->npos];
}

static void print_call(const printer *p, const node *n) {
    const bool builtin = n->op->namespace_ && !strcmp(n->op->namespace_, "builtins");
    text_add(p->out, builtin ? n->op->packet : n->op->name);
    text_add(p->out, "(");
    bool comma = false;
    for (uint32_t i = 0; i < n->nargs; i++) {
        bool keyword = i >= n->npos;
        if (keyword && n->op->has_schema && (i >= 32 || !(n->kwmask >> i & 1))) continue;
        if (comma) text_add(p->out, ", ");
        comma = true;
        if (keyword) text_printf(p->out, "%s = ", keyword_name(n, i));
        fx_print_arg(p->g, &n->args[i], p->out);
    }
    text_add(p->out, ")");
}

static bool is_identifier(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
        if (!letter && !(i && c >= '0' && c <= '9')) return false;
    }
    return n > 0;
}

/* self.a.b; a component that is no name wraps what is before it: getattr(self.layers, "0").weight */
static void print_path(const printer *p, const char *path) {
    text line = {.arena = p->scratch};
    text_add(&line, "self");
    for (const char *at = path; *at;) {
        size_t n = strcspn(at, ".");
        if (is_identifier(at, n)) {
            text_printf(&line, ".%.*s", (int)n, at);
        } else {
            text wrapped = {.arena = p->scratch};
            text_printf(&wrapped, "getattr(%s, \"%.*s\")", line.data, (int)n, at);
            line = wrapped;
        }
        at += n + (at[n] == '.');
    }
    text_add(p->out, line.data);
}

static void print_right_side(const printer *p, const node *n) {
    switch ((op_kind)n->op->kind) {
    case OP_GET_ATTR: print_path(p, n->target ? n->target : n->name); return;
    case OP_GETITEM:
        fx_print_arg(p->g, &n->args[0], p->out);
        text_add(p->out, "[");
        fx_print_arg(p->g, &n->args[1], p->out);
        text_add(p->out, "]");
        return;
    case OP_MAGIC:
        if (print_magic(p, n)) return;
        break;
    default: break;
    }
    print_call(p, n);
}

/* ---- annotations ------------------------------------------------------------------------------------------------- */

static bool has_annotation(const node *n) {
    if (n->dtype_text) return true;
    switch ((type_kind)n->type.kind) {
    case TYPE_TENSOR: return true;
    case TYPE_INT:
    case TYPE_BOOL: return !dim_is_static(n->type.expr) || (n->flags & NODE_ANNOTATED);
    case TYPE_FLOAT: return (!dim_is_static(n->type.expr) && n->type.expr != DIM_ERROR) || (n->flags & NODE_ANNOTATED);
    default: return false;
    }
}

static void print_annotation(const printer *p, const node *n) {
    if (!has_annotation(n)) return;
    text_add(p->out, ": \"");
    if (n->dtype_text) text_add(p->out, n->dtype_text);
    else type_print(p->g->ctx->syms, &n->type, p->g->show_strides, p->g->show_device, p->out);
    text_add(p->out, "\"");
}

/* ---- a class ----------------------------------------------------------------------------------------------------- */

/* The name of a placeholder in the parameter list, with stars. */
static const char *parameter_name(const node *n) { return n->target ? n->target : n->name; }
static const char *without_stars(const char *name) { return name + strspn(name, "*"); }

static void print_parameters(const printer *p) {
    text_add(p->out, "def forward(self");
    for (uint32_t i = 0; i < p->g->inputs.count; i++) {
        const node *n = graph_node(p->g, p->g->inputs.data[i]);
        text_add(p->out, ", ");
        text_add(p->out, parameter_name(n));
        print_annotation(p, n);
        if (!n->nargs) continue;
        text_add(p->out, " = ");
        fx_print_arg(p->g, &n->args[0], p->out);
    }
    text_add(p->out, "):\n");
}

/* Placeholders that are called otherwise in the body: `l_x_ = L_x_`. */
static bool print_bindings(const printer *p) {
    bool any = false;
    for (uint32_t i = 0; i < p->g->inputs.count; i++) {
        const node *n = graph_node(p->g, p->g->inputs.data[i]);
        const char *target = without_stars(parameter_name(n));
        if (!strcmp(target, n->name)) continue;
        start_line(p, 1);
        text_printf(p->out, "%s = ", n->name);
        text_add(p->out, target);
        text_add(p->out, "\n");
        any = true;
    }
    return any;
}

/* The joint graph takes (primals, tangents) as two lists. */
static void print_joint_parameters(const printer *p) {
    text_add(p->out, "def forward(self, primals, tangents):\n");
    if (!p->g->inputs.count) return;
    start_line(p, 1);
    for (uint32_t i = 0; i < p->g->inputs.count; i++) {
        const node *n = graph_node(p->g, p->g->inputs.data[i]);
        if (!has_annotation(n)) continue;
        text_add(p->out, n->name);
        print_annotation(p, n);
        text_add(p->out, i + 1 < p->g->inputs.count ? "; " : ";");
    }
    text_add(p->out, "\n\n");
    start_line(p, 1);
    for (uint32_t i = 0; i < p->g->inputs.count; i++)
        text_printf(p->out, "%s, ", graph_node(p->g, p->g->inputs.data[i])->name);
    p->out->data[--p->out->count] = '\0';
    text_add(p->out, " = fx_pytree.tree_flatten_spec([primals, tangents], self._in_spec)\n");
}

/* What is said over a node: where it comes from, and whether as its derivative. */
static bool same_comment(const node *a, const node *b) {
    if (((a->flags ^ b->flags) & NODE_POLICY) || a->checkpoint != b->checkpoint) return false;
    if (a->comment == NULL || b->comment == NULL) return a->comment == b->comment;
    return (a->flags & NODE_BACKWARD) == (b->flags & NODE_BACKWARD) && !strcmp(a->comment, b->comment);
}

static void print_comment(const printer *p, const node *n, bool empty_line) {
    static const char backward[] = "Backward of forward node: ";
    if (empty_line) text_add(p->out, "\n");
    start_line(p, 1);
    text_add(p->out, "# ");
    tags_print(n, p->out);
    if (n->comment && (n->flags & NODE_BACKWARD) && strncmp(n->comment, backward, sizeof backward - 1))
        text_add(p->out, backward);
    text_add(p->out, n->comment ? n->comment : "No stacktrace found for following nodes");
    text_add(p->out, "\n");
}

static void print_statements(const printer *p, bool bindings) {
    const node *before = NULL;
    for (uint32_t v = 0; v < p->g->nodes.count; v++) {
        const node *n = graph_node(p->g, v);
        if (n->op->kind == OP_PLACEHOLDER) continue;
        if (!before || !same_comment(before, n)) print_comment(p, n, before || bindings);
        before = n;
        start_line(p, 1);
        text_add(p->out, n->name);
        print_annotation(p, n);
        text_add(p->out, " = ");
        print_right_side(p, n);
        print_last_uses(p, v);
        text_add(p->out, "\n");
    }
}

static void print_return(const printer *p) {
    const graph_notes *notes = p->g->notes;
    for (uint32_t i = 0; notes && i < notes->lines.count; i++) {
        start_line(p, 1);
        text_add(p->out, "# ");
        text_add(p->out, notes->lines.data[i]);
        text_add(p->out, "\n");
    }
    start_line(p, 1);
    text_add(p->out, p->g->is_joint ? "return pytree.tree_unflatten(" : "return ");
    fx_print_arg(p->g, &p->g->output, p->out);
    text_add(p->out, p->g->is_joint ? ", self._out_spec)\n" : "\n");
}

/* A module registered under several names prints once, under the first. */
static bool printed_before(const cot_graph *g, uint32_t i) {
    for (uint32_t k = 0; k < i && g->children.count < 1000; k++)
        if (g->children.data[k].graph == g->children.data[i].graph) return true;
    return false;
}

static void print_class(const cot_graph *g, const char *name, uint32_t indent, text *out) {
    arena *scratch = arena_create(g->ctx);
    printer p = {.g = g, .out = out, .indent = indent, .scratch = scratch};
    find_last_uses(&p);
    start_line(&p, 0);
    text_add(out, "class ");
    text_add(out, name);
    text_add(out, "(torch.nn.Module):\n");
    p.indent++;
    start_line(&p, 0);
    if (g->is_joint) print_joint_parameters(&p);
    else print_parameters(&p);
    bool bindings = !g->is_joint && print_bindings(&p);
    print_statements(&p, bindings);
    print_return(&p);
    arena_destroy(scratch);
    for (uint32_t i = 0; i < g->children.count; i++) {
        if (printed_before(g, i)) continue;
        text_add(out, "\n");
        print_class(g->children.data[i].graph, g->children.data[i].name, indent + 1, out);
    }
}

/* ---- the program file -------------------------------------------------------------------------------------------- */

static void print_target(const char *target, text *out) {
    if (!target) return;
    text_add(out, " target=");
    text_add_quoted(out, target);
}

static void print_signature(const cot_graph *g, text *out) {
    text_add(out, "    \nGraph signature:\n    # inputs\n");
    for (uint32_t i = 0; i < g->input_specs.count; i++) {
        const input_spec *s = &g->input_specs.data[i];
        text_printf(out, "    %s: %s", graph_node(g, s->node)->name, signature_input_word(s->kind));
        print_target(s->target, out);
        if (s->persistent >= 0) text_printf(out, " persistent=%s", s->persistent ? "True" : "False");
        text_add(out, "\n");
    }
    text_add(out, "    \n    # outputs\n");
    for (uint32_t i = 0; i < g->output_specs.count; i++) {
        const output_spec *s = &g->output_specs.data[i];
        text_printf(out, "    %s: %s", s->name, signature_output_word(s->kind));
        print_target(s->target, out);
        text_add(out, "\n");
    }
    text_add(out, "    \n");
}

static void print_ranges(const cot_graph *g, text *out) {
    text_add(out, "Range constraints: {");
    for (uint32_t i = 0; i < g->ranges.count; i++) {
        const range_constraint *c = &g->ranges.data[i];
        if (i) text_add(out, ", ");
        dim_print(g->ctx->syms, c->symbol, out);
        text_printf(out, ": VR[%s, %s]", c->low_text, c->high_text);
    }
    text_add(out, "}\n");
}

/* Inside the wrapper empty lines carry its four blanks. */
static void indent_empty_lines(const char *from, size_t count, text *out) {
    const char *end = from + count;
    while (from < end) {
        const char *eol = memchr(from, '\n', (size_t)(end - from));
        size_t n = eol ? (size_t)(eol - from) + 1 : (size_t)(end - from);
        if (n == 1 && *from == '\n') text_add(out, "    ");
        text_add_bytes(out, from, n);
        from += n;
    }
}

void fx_print(const cot_graph *g, text *out) {
    if (!g->is_program) {
        print_class(g, g->class_name, 0, out);
        return;
    }
    arena *scratch = arena_create(g->ctx);
    text module = {.arena = scratch};
    print_class(g, g->class_name, 1, &module);
    text_add(out, "ExportedProgram:\n");
    indent_empty_lines(module.data, module.count, out);
    arena_destroy(scratch);
    print_signature(g, out);
    print_ranges(g, out);
}
