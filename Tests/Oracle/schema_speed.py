"""Times PyPI's fastjsonschema and jsonschema-rs on the schema and value in a folder."""
import json
import sys
import timeit

import fastjsonschema
import jsonschema_rs

folder = sys.argv[1]
with open(f"{folder}/schema.json", encoding="utf-8") as file:
    schema = json.load(file)
with open(f"{folder}/value.json", encoding="utf-8") as file:
    value = json.load(file)

# Without `$schema` fastjsonschema takes draft 7, the newest it knows; nothing here differs.
compiled = fastjsonschema.compile({k: v for k, v in schema.items() if k != "$schema"})
validator = jsonschema_rs.Draft202012Validator(schema)
assert validator.is_valid(value)


def nanoseconds(function, number):
    return int(min(timeit.repeat(function, number=number, repeat=400)) / number * 1e9)


print(f"fastjsonschema {nanoseconds(lambda: compiled(value), 50)} ns")
print(f"jsonschema-rs is_valid {nanoseconds(lambda: validator.is_valid(value), 200)} ns")
print(f"jsonschema-rs iter_errors {nanoseconds(lambda: list(validator.iter_errors(value)), 200)} ns")
