"""Works with Gatehouse through the generated client, as a program would, and reads the schema of a request.

Input: {"url", "requests", "schema", "examples", "patterns"} as JSON. Output: what came of it, as JSON. An assertion that fails
ends the program.
"""

import json
import re
import sys
import time

import re2
from gatehouse_client import Client
from gatehouse_client.api.entry_points import get_entry_point, list_entry_points
from gatehouse_client.api.jobs import cancel_job, create_plan, get_job, list_events, list_jobs, submit_job
from gatehouse_client.models import ActionBody, AlicloudRequest, AwsRequest, Job, JobStatus, Plan, Problem
from jsonschema import Draft7Validator

given = json.load(sys.stdin)
client = Client(base_url=given["url"], raise_on_unexpected_status=True)


def request_of(value):
    model = AlicloudRequest if value.get("cloud") == "alicloud" else AwsRequest
    request = model.from_dict(value)
    for member, wanted in value.items():
        assert request.to_dict()[member] == wanted, f"{member} is lost: {request.to_dict()[member]}"
    return request


def ended(job_id):
    for _ in range(600):
        answer = get_job.sync_detailed(job_id, client=client, prefer="wait=5")
        assert isinstance(answer.parsed, Job), answer.content
        if "retry-after" not in answer.headers:
            return answer.parsed
        time.sleep(0.05)
    raise AssertionError(f"{job_id} has not ended")


outcomes = {}
for number, value in enumerate(given["requests"]):
    request = request_of(value)
    if value["operation"] == "provision":
        plan = create_plan.sync(client=client, body=request)
        assert isinstance(plan, Plan) and len(plan.plan_hash) == 64, plan
    job = submit_job.sync(client=client, body=request, idempotency_key=f"python-{number}")
    assert isinstance(job, Job), job
    done = ended(job.id)
    assert done.status == JobStatus.SUCCEEDED, done.to_dict()
    outcomes[f"{value['operation']} {value['entryPoint']}"] = str(done.status)

jobs = list_jobs.sync(client=client, stuck=False, page_size=100)
assert len(jobs.items) == len(given["requests"]), jobs
assert list_events.sync(jobs.items[0].id, client=client).items[0].sequence == 1
for summary in list_entry_points.sync(client=client).items:
    assert get_entry_point.sync(summary.name, client=client).name == summary.name

refused = cancel_job.sync(jobs.items[0].id, client=client, body=ActionBody(reason="too late"))
assert isinstance(refused, Problem) and refused.code == "ActionNotAllowed", refused
assert get_job.sync("job-nothing", client=client).code == "JobNotFound"

Draft7Validator.check_schema(given["schema"])
validator = Draft7Validator(given["schema"])
for example in given["examples"]:
    errors = [error.message for error in validator.iter_errors(example)]
    assert errors == [], f"{example['entryPoint']}: {errors}"
assert any(validator.iter_errors({"operation": "provision", "entryPoint": "X"}))

for pattern in given["patterns"]:
    re.compile(pattern)
    re2.compile(pattern)

json.dump(outcomes, sys.stdout)
