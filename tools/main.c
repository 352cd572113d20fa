/* SPDX-License-Identifier: MIT
 * main.c — the program `cotangent`: the library from the shell. */
#include "tools/cli.h"
#include <string.h>

static const char help[] =
    "cotangent: trains tensor programs exported from PyTorch, without Python.\n"
    "\n"
    "  In Python, once:\n"
    "    ep = torch.export.export(model, (x, y));  open('m.fx', 'w').write(str(ep))\n"
    "    save_file({k: v.detach().clone().contiguous() for k, v in {**ep.state_dict, **ep.constants}.items()\n"
    "               if isinstance(v, torch.Tensor)}, 'm.safetensors')\n"
    "\n"
    "  Then, anywhere:\n"
    "    cotangent train digits                      train a bundled net on handwritten digits\n"
    "    cotangent train gpt                         train a small byte-level GPT, then let it write\n"
    "    cotangent run m.fx --data m.safetensors --data batch.safetensors --out result.safetensors\n"
    "                                                forward and backward once: outputs and gradients in a file\n"
    "    cotangent compile m.fx --emit backward      print a stage (input, functional, joint, forward, … fusion)\n"
    "    cotangent compile m.fx --stats              nodes, saved tensors, peak memory, compile time, as JSON\n"
    "    cotangent bench m.fx --random --optimizer adamw\n"
    "                                                time whole training steps\n"
    "    cotangent view m.fx -o m.svg                a picture of forward and backward\n"
    "\n"
    "  `cotangent COMMAND --help` lists the options of a command.\n"
    "  Exit status: 0 done, 1 the program or data was refused (one line FILE:LINE:COL: error: … on stderr), 2 usage.\n";

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", command_run},     {"compile", command_compile}, {"bench", command_bench},
    {"train", command_train}, {"view", command_view},
};

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs(help, stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        fputs(help, stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (!strcmp(argv[1], commands[i].name)) return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "cotangent: there is no command '%s' (see cotangent --help)\n", argv[1]);
    return EXIT_USAGE;
}
