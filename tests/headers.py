#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each public header must compile alone, as C11 and as C++17, without warnings; as TAP.

usage: headers.py INCLUDE_FOLDER -- C_COMPILER… [-- C++_COMPILER…]
"""
import os, subprocess, sys


def main():
    commands, folder = [[]], sys.argv[1]
    for word in sys.argv[3:]:
        if word == "--":
            commands.append([])
        else:
            commands[-1].append(word)
    languages = [("C11", ["-x", "c", "-std=c11"]), ("C++17", ["-x", "c++", "-std=c++17"])]
    headers = sorted(h for h in os.listdir(os.path.join(folder, "cotangent")) if h.endswith(".h"))
    count = failed = 0
    for (language, flags), command in zip(languages, commands):
        for header in headers:
            text = f"#include <cotangent/{header}>\n#include <cotangent/{header}>\n"
            run = subprocess.run(command + flags + ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only", "-I" + folder, "-"],
                                 input=text, capture_output=True, text=True)
            count += 1
            failed += run.returncode != 0
            print(f"{'not ' if run.returncode else ''}ok {count} - {header} as {language}")
            for line in run.stderr.splitlines()[:20]:
                print("# " + line)
    print(f"1..{count}")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
