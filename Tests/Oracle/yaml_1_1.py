"""Asks PyYAML, which reads YAML 1.1, for the values of what Stet wrote: yaml_1_1.py <file>"""

import json
import sys

import yaml


def same(ours, theirs):
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return float(ours) == float(theirs)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return list(ours) == list(theirs) and all(same(ours[key], theirs[key]) for key in ours)
    return type(ours) is type(theirs) and ours == theirs


count = differences = 0
for line in open(sys.argv[1], encoding="utf-8"):
    sample = json.loads(line)
    count += 1
    try:
        theirs = yaml.safe_load(sample["yaml"])
    except yaml.YAMLError as error:
        theirs = error
    if not same(sample["value"], theirs):
        differences += 1
        if differences <= 5:
            print(repr(sample["yaml"]), "is", repr(theirs))
print(f"yaml: {count} values compared with PyYAML {yaml.__version__}, {differences} differences")
sys.exit(1 if differences else 0)
