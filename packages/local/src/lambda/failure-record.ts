// Lambda's message to the failure destination of an asynchronous invocation: the event, for sending it again, and the
// reason.

/** `condition`: Lambda's name for it, `RetriesExhausted` or `EventAgeExceeded`. */
export function failureRecord(
  { id, event, failures }: { id: string; event: unknown; failures: number },
  ended: { functionArn: string; condition: string; thrown: unknown; at: Date },
) {
  const { functionArn, condition, thrown, at } = ended;
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown ?? condition));
  return {
    version: '1.0',
    timestamp: at.toISOString(),
    requestContext: {
      requestId: id,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: failures,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: name, errorMessage: message },
  };
}
