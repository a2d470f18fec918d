"""Hooks of schemathesis that help generated requests past the first checks.

Half of the valid submissions become an example of the OpenAPI document with up to two changed members and a new idempotency
key. Half of the valid requests for a job, an entry point or a schema name an existing one. schemathesis then validates the
changed requests again.
"""

import copy
import random

import schemathesis

RANDOM = random.Random(1)
EXAMPLES = []
# By path parameter.
KNOWN = {"id": [], "name": [], "schema": ["entry-point-requested", "job-status-changed"]}
ODD = [None, True, 0, -1, 65_536, 1e308, "", " ", "\u0000", "x" * 5_000, "__proto__", "\u202e", [], [[]], {}, {"": None}]
SUBMITTING = ("POST /v1/jobs", "POST /v1/plans")


@schemathesis.hook
def before_load_schema(ctx, raw_schema):
    content = raw_schema["paths"]["/v1/jobs"]["post"]["requestBody"]["content"]["application/json"]
    EXAMPLES.extend(example["value"] for example in content["examples"].values())


@schemathesis.hook
def before_call(ctx, case, kwargs):
    # A granted wait would take seconds of real time.
    if "wait" in str(case.headers.get("Prefer")):
        del case.headers["Prefer"]
    valid = case.meta is not None and not case.meta.generation.mode.is_negative
    if not valid or RANDOM.random() < 0.5:
        return
    if case.operation.label in SUBMITTING:
        case.body = changed_example()
        case.media_type = "application/json"
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"key-{RANDOM.getrandbits(64):x}"
    for name in case.path_parameters:
        if KNOWN[name]:
            case.path_parameters[name] = RANDOM.choice(KNOWN[name])


@schemathesis.hook
def after_call(ctx, case, response):
    if case.operation.label == "POST /v1/jobs" and response.status_code == 202:
        job = response.json()
        KNOWN["id"].append(job["id"])
        KNOWN["name"].append(job["entryPoint"])


def changed_example():
    body = copy.deepcopy(RANDOM.choice(EXAMPLES))
    for _ in range(RANDOM.randrange(3)):
        holder, key = RANDOM.choice(list(members(body)) or [({"": None}, "")])
        change = RANDOM.choice(["replace", "remove", "rename"])
        if change == "replace":
            holder[key] = copy.deepcopy(RANDOM.choice(ODD))
        elif change == "rename" and isinstance(holder, dict):
            holder[f"{key}s"] = holder.pop(key)
        else:
            del holder[key]
    return body


def members(value):
    """Yields every member and item in a value with its holder."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield value, key
        yield from members(item)
