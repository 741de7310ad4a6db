"""Counts tokens of real text with real tokenizers, for the test that holds the estimate to them.

Writes a JSON list of {kind, text, counts} to the file named on the command line. The text: this
project's own files, Python's standard library, and the translations that Django ships.
"""
import base64
import gettext
import glob
import json
import os
import random
import sys
import sysconfig

import dashscope
import django
import mistral_common
import tiktoken
from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer
from mistral_common.tokens.tokenizers.tekken import Tekkenizer

LANGUAGES = (
    "de fr es pt_BR it nl pl cs tr vi fi hu ru uk bg el he ar fa hi bn th ka hy ko ja "
    "zh_Hans zh_Hant").split()
DENSE = {"ko", "ja", "zh_Hans", "zh_Hant"}
PER_KIND = 20


def chunks(text, size):
    current = ""
    for line in text.splitlines(True):
        current += line
        if len(current) >= size:
            yield current
            current = ""
    if len(current) > size / 4:
        yield current


def from_files(*patterns):
    paths = sorted(path for pattern in patterns for path in glob.glob(pattern, recursive=True))
    random.shuffle(paths)
    texts = []
    for path in paths:
        with open(path, encoding="utf-8", errors="ignore") as file:
            found = list(chunks(file.read(), 1500))
        texts += random.sample(found, min(2, len(found)))
    return texts[:PER_KIND]


def from_catalogs(language):
    root = os.path.dirname(django.__file__)
    shortest = 12 if language in DENSE else 25
    messages = []
    for path in sorted(glob.glob(f"{root}/**/locale/{language}/LC_MESSAGES/*.mo", recursive=True)):
        with open(path, "rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog
        messages += [
            text for key, text in catalog.items()
            if key and isinstance(text, str) and len(text) >= shortest]
    found = list(chunks("\n".join(messages), 900 if language in DENSE else 1500))
    random.shuffle(found)
    return found[:PER_KIND]


def tokenizers():
    data = os.path.join(os.path.dirname(mistral_common.__file__), "data")
    tekken = Tekkenizer.from_file(os.path.join(data, "tekken_240911.json"))
    older = SentencePieceTokenizer(os.path.join(data, "mistral_instruct_tokenizer_240323.model.v3"))
    path = os.path.join(os.path.dirname(dashscope.__file__), "resources", "qwen.tiktoken")
    with open(path, "rb") as file:
        lines = [line.split() for line in file.read().splitlines() if line]
    split = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
        r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    qwen = tiktoken.Encoding("qwen", pat_str=split, mergeable_ranks=ranks, special_tokens={})
    return {
        "tekken": lambda text: len(tekken.encode(text, bos=False, eos=False)),
        "qwen": lambda text: len(qwen.encode(text, disallowed_special=())),
        "mistral-v3": lambda text: len(older.encode(text, bos=False, eos=False)),
    }


def main(target):
    random.seed(7)
    library = sysconfig.get_paths()["stdlib"]
    kinds = {
        "English": from_files("docs/**/*.md"),
        "prompts": from_files("registry/**/*.prompt"),
        "Swift": from_files("Sources/**/*.swift"),
        "Python": from_files(f"{library}/*.py"),
        "JSON": list(chunks(json.dumps(sysconfig.get_config_vars(), indent=2), 1500))[:PER_KIND],
    }
    kinds.update((language, from_catalogs(language)) for language in LANGUAGES)
    counters = tokenizers()
    samples = [
        {"kind": kind, "text": text, "counts": {name: count(text) for name, count in counters.items()}}
        for kind, texts in kinds.items() for text in texts]
    with open(target, "w", encoding="utf-8") as file:
        json.dump(samples, file)
    print(f"{len(samples)} texts of {len(kinds)} kinds")


main(sys.argv[1])
