"""Answers questions about fastjsonschema and jsonschema-rs, one a line: <what> <calls>."""
import json
import sys
import timeit

import fastjsonschema
import jsonschema_rs

work = json.loads(sys.stdin.readline())
schema, value = json.loads(work["schema"]), json.loads(work["value"])
# Without `$schema` fastjsonschema takes draft 7, the newest it knows; nothing here differs.
compiled = fastjsonschema.compile({k: v for k, v in schema.items() if k != "$schema"})
validator = jsonschema_rs.Draft202012Validator(schema)
assert validator.is_valid(value)
known = {
    "fastjsonschema": lambda: compiled(value),
    "jsonschema-rs.is_valid": lambda: validator.is_valid(value),
    "jsonschema-rs.iter_errors": lambda: list(validator.iter_errors(value)),
}
print("ready", flush=True)
for line in sys.stdin:
    what, calls = line.split()
    print(timeit.timeit(known[what], number=int(calls)) / int(calls) * 1e9, flush=True)
