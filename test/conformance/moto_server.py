"""Runs moto's Step Functions with its interpreter on a free port of 127.0.0.1.

    python moto_server.py HOST_URL TIME_SCALE

A Task calls its function with a POST to HOST_URL/functions/NAME, and the end of an execution is a POST to HOST_URL/ended.
The first line of output is the port. The server stops when its input ends, so it never outlives its parent.

The interpreter differs from Step Functions in four ways that matter here. The code below adjusts the last three:
  - It calls every error of the Lambda service "Exception". The host therefore reports these errors like errors of a
    function, whose names the interpreter keeps.
  - It cuts the timestamp of a Wait to whole seconds and compares it with the local time, not with UTC.
  - It accepts only whole seconds as the interval of a retry, so a definition cannot ask for shorter ones.
  - It sends no event when an execution ends.
"""

import datetime
import json
import logging
import os
import sys
import threading
import urllib.request

from moto.core.config import default_user_config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.stepfunctions.parser.asl.component.common.retry.interval_seconds_decl import IntervalSecondsDecl
from moto.stepfunctions.parser.asl.component.common.retry.max_delay_seconds_decl import MaxDelaySecondsDecl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.timestamp import TimestampPath
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication
from werkzeug.serving import WSGIRequestHandler, make_server

HOST_URL = sys.argv[1]
TIME_SCALE = float(sys.argv[2])


def post(path, body):
    """Returns the answer of the host. An error of a function is an answer, too."""
    request = urllib.request.Request(f"{HOST_URL}/{path}", data=body, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def invoke(parameters, region, state_credentials):
    name = parameters["FunctionName"].rsplit(":", 1)[1]
    return post(f"functions/{name}", parameters["Payload"])


def wait_until_timestamp(self, env):
    self.string.eval(env=env)
    until = datetime.datetime.fromisoformat(env.stack.pop().replace("Z", "+00:00"))
    seconds = (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
    if seconds > 0:
        env.program_state_event.wait(seconds)


def interval(self, env):
    env.stack.append(self.seconds / TIME_SCALE)


def max_delay(self, env):
    env.stack.append(min(env.stack.pop(), self.max_delays_seconds / TIME_SCALE))


def terminated(self):
    self._reflect_execution_status()
    execution = self.execution
    post("ended", json.dumps({"executionArn": execution.exec_arn, "status": execution.exec_status}).encode())


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


def main():
    lambda_eval_utils._invoke_lambda_function = invoke
    TimestampPath._eval_body = wait_until_timestamp
    IntervalSecondsDecl._eval_body = interval
    MaxDelaySecondsDecl._eval_body = max_delay
    BaseExecutionWorkerCommunication.terminated = terminated
    default_user_config["stepfunctions"]["execute_state_machine"] = True
    # Otherwise the interpreter logs each planned error.
    logging.disable(logging.ERROR)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.port, flush=True)
    sys.stdin.read()
    # A regular exit would wait for the threads of running executions.
    os._exit(0)


main()
