#!/usr/bin/env python3
"""Renders generated prompts with PyPI's dotpromptz and with stet, and lists every difference.

    python3 Tests/Oracle/dotprompt.py [--stet .build/debug/stet] [--count 500] [--seed 1]

Needs `dotpromptz` (run it in a virtual environment that has it); says so and stops without it.
A difference that is a row of docs/differences.md is counted under that row; any other one is
printed with its template and data, and makes the exit status 1.
"""

import argparse
import asyncio
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

try:
    from dotpromptz import DataArgument, Dotprompt
except ImportError:
    print("skipped: dotpromptz is not installed (pip install dotpromptz)")
    sys.exit(0)

PARTIALS = {
    "tone": "Be {{tone}}.",
    "row": "- {{name}}: {{@index}}\n",
    "wrap": "<{{> @partial-block}}>",
}


class Generator:
    """Templates out of a small grammar, and data that fits them more or less."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def text(self):
        return self.pick(
            "Hello ", "a", "\n", " ", "\n\n", "  x\n", "é 日本 ", "<b>&\"'</b>", " }", "{ ", "🎉",
            "\\n", "#", "- item\n", "\t",
        )

    def path(self):
        return self.pick(
            "a", "b", "c.d", "c.e.f", "xs", "missing", "missing.deep", "this", "flag", "none",
            "n", "@root.a", "@user.name", "zero", "empty", "xs.[1]", "[odd key]",
        )

    def tag(self, path):
        left = self.pick("", "", "", "~")
        right = self.pick("", "", "", "~")
        return "{{" + left + path + right + "}}"

    def value(self):
        return self.pick(self.path(), self.path(), '"text"', "1", "true", "null")

    def node(self, depth):
        kind = self.random.randrange(16 if depth else 6)
        if kind < 3:
            return self.text()
        if kind < 5:
            return self.tag(self.path())
        if kind == 5:
            return self.pick(
                "{{! a comment }}", "{{!-- }} --}}\n", "{{json " + self.path() + "}}",
                "{{role \"" + self.pick("user", "model", "system", "tool") + "\"}}",
                "{{history}}", "{{section \"s\"}}", "{{media url=url}}",
                "{{media url=url contentType=\"image/png\"}}", "{{> tone}}", "{{> row}}\n",
                "{{lookup c \"d\"}}",
            )
        inner = self.nodes(depth - 1)
        other = "{{else}}" + self.nodes(depth - 1) if self.random.random() < 0.4 else ""
        if kind < 9:
            helper = self.pick("if", "unless")
            return f"{{{{#{helper} {self.path()}}}}}{inner}{other}{{{{/{helper}}}}}"
        if kind < 11:
            return f"{{{{#each {self.pick('xs', 'people', 'c', 'missing')}}}}}{inner}{other}{{{{/each}}}}"
        if kind == 11:
            return f"{{{{#with {self.pick('c', 'a', 'missing')}}}}}{inner}{other}{{{{/with}}}}"
        if kind == 12:
            helper = self.pick("ifEquals", "unlessEquals")
            return f"{{{{#{helper} {self.value()} {self.value()}}}}}{inner}{other}{{{{/{helper}}}}}"
        if kind == 13:
            name = self.pick("xs", "people", "c", "flag", "missing")
            return f"{{{{#{name}}}}}{inner}{{{{/{name}}}}}"
        if kind == 14:
            name = self.pick("flag", "missing", "xs")
            return f"{{{{^{name}}}}}{inner}{{{{/{name}}}}}"
        return self.pick(
            "{{> tone tone=" + self.value() + "}}",
            "{{#each people}}{{> row}}{{/each}}",
            "{{#> wrap}}" + inner + "{{/wrap}}",
        )

    def nodes(self, depth):
        return "".join(self.node(depth) for _ in range(self.random.randrange(1, 5)))

    def front_matter(self):
        if self.random.random() < 0.5:
            return ""
        lines = ["---"]
        if self.random.random() < 0.6:
            lines.append("model: acme/writer-2.1")
        if self.random.random() < 0.5:
            lines += ["config:", "  temperature: " + self.pick("0.5", "1", "2.0"), "  stop: [a, b]"]
        if self.random.random() < 0.4:
            lines += ["input:", "  default:", "    tone: kind", "    a: default"]
        if self.random.random() < 0.3:
            lines += ["ext1.sub.key: " + self.pick("1", "text", "[1, 2]")]
        if self.random.random() < 0.3:
            lines += ["tools: [search, clock]"]
        if self.random.random() < 0.3:
            lines += ["metadata:", "  team: support"]
        return "\n".join(lines + ["---", ""])

    def data(self):
        people = [{"name": "Ann", "age": 3}, {"name": "Bo"}]
        values = {
            "a": "A", "b": "<i>", "c": {"d": "D", "e": {"f": "F"}}, "xs": ["x", "y", "z"],
            "people": people, "flag": True, "none": None, "n": 5, "zero": 0, "empty": "",
            "url": "https://example.org/x.png", "odd key": "odd", "tone": "calm",
        }
        kept = {key: value for key, value in values.items() if self.random.random() < 0.85}
        data = {"input": kept}
        if self.random.random() < 0.4:
            data["messages"] = [
                {"role": "user", "content": [{"text": "Hi"}]},
                {"role": "model", "content": [{"text": "Hello"}]},
            ]
        if self.random.random() < 0.4:
            data["context"] = {"user": {"name": "Una"}}
        return data


def theirs(source, data):
    dotprompt = Dotprompt(partials=PARTIALS)
    argument = DataArgument(**data)
    rendered = asyncio.run(dotprompt.render(source, argument))
    return json.loads(rendered.model_dump_json(exclude_none=True, by_alias=True))


def ours(stet, folder, source, data):
    (folder / "t.prompt").write_text(source, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    command = [
        stet, "render", "--file", str(folder / "t.prompt"), "--partials", str(folder),
        "--data", str(folder / "data.json"), "--unchecked", "--json",
    ]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if outcome.returncode != 0:
        return {"error": outcome.stderr.strip()}
    return json.loads(outcome.stdout)


KEYS = ["model", "config", "tools", "toolDefs", "ext", "metadata", "messages"]


def comparable(answer):
    """The part of an answer that both have; what is empty and what is absent are the same."""
    if "error" in answer:
        return {"error": True}
    return {key: answer[key] for key in KEYS if answer.get(key) not in (None, [], {})}


BLANKS_BETWEEN_TAGS = re.compile(r"\}\}[ \t]+\{\{")


def row(source, mine, other):
    """The row of the table of differences that explains one, or None."""
    error = mine.get("error", "")
    if error:
        if "ends with '}}}'" in error:
            return "19: three closing braces"
        if "the URL of this medium" in error:
            return "27: a medium without a URL"
        return None
    if "error" in other:
        return "21: forms that dotpromptz does not parse" if "@partial-block" in other["error"] else None
    if "{{json" in source and "undefined" in json.dumps(mine):
        return "26: json of what is missing"
    if "ifEquals" in source or "unlessEquals" in source:
        return "17: equality of scalars is strict"
    if BLANKS_BETWEEN_TAGS.search(source):
        return "28: blanks alone between tags"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stet", default=".build/debug/stet")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    same, explained, unexplained = 0, {}, 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for partial, text in PARTIALS.items():
            (folder / f"_{partial}.prompt").write_text(text, encoding="utf-8")
        for number in range(options.count):
            generator = Generator(options.seed * 1_000_000 + number)
            source = generator.front_matter() + generator.nodes(2)
            data = generator.data()
            mine = ours(options.stet, folder, source, data)
            try:
                other = theirs(source, data)
            except Exception as error:  # whatever it raises is its answer
                other = {"error": f"{type(error).__name__}: {error}"}
            if comparable(mine) == comparable(other):
                same += 1
                continue
            reason = row(source, mine, other)
            if reason:
                explained[reason] = explained.get(reason, 0) + 1
                continue
            unexplained += 1
            print(f"--- case {number} of seed {options.seed}")
            print("source:", json.dumps(source, ensure_ascii=False))
            print("data:  ", json.dumps(data, ensure_ascii=False))
            print("stet:  ", json.dumps(comparable(mine), ensure_ascii=False), mine.get("error", ""))
            print("theirs:", json.dumps(comparable(other), ensure_ascii=False), other.get("error", ""))
    print(f"{options.count} prompts: {same} the same, {unexplained} differ without a reason")
    for reason, count in sorted(explained.items()):
        print(f"  {count} by row {reason}")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
