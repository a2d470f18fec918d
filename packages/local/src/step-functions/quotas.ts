// The quotas of the Step Functions API: a bucket of calls per operation, which refills at a constant rate. A call that finds its
// bucket empty is refused with a ThrottlingException, as on AWS. The local stack has no such quotas, because time is scaled there;
// a host enforces those that it is given.
import { type Body, WireError } from '../http/aws-json.ts';

/** By operation. An operation without an entry is not limited. */
export type Quotas = Record<string, { bucket: number; perSecond: number }>;

/**
 * The defaults of the Step Functions Developer Guide, "Service quotas", of all regions except eu-west-1, us-east-1 and us-west-2,
 * which have higher ones.
 */
export const DEFAULT_QUOTAS: Quotas = {
  StartExecution: { bucket: 800, perSecond: 150 },
  StopExecution: { bucket: 500, perSecond: 25 },
  DescribeExecution: { bucket: 250, perSecond: 10 },
  ListExecutions: { bucket: 100, perSecond: 2 },
  GetExecutionHistory: { bucket: 400, perSecond: 20 },
  DescribeStateMachine: { bucket: 200, perSecond: 20 },
  ListStateMachines: { bucket: 100, perSecond: 5 },
};

type Operations = Map<string, (body: Body) => object>;

/** The operations, each with its quota. `now`: epoch milliseconds. */
export function withQuotas(operations: Operations, quotas: Quotas, now: () => number): Operations {
  const limited = [...operations].map(([name, perform]): [string, (body: Body) => object] => {
    const quota = quotas[name];
    if (!quota) return [name, perform];
    const take = bucketOf(quota, now);
    return [
      name,
      body => {
        if (!take()) throw new WireError('ThrottlingException', 'Rate exceeded');
        return perform(body);
      },
    ];
  });
  return new Map(limited);
}

/** Full at first. Returns whether a call was left. */
function bucketOf({ bucket, perSecond }: Quotas[string], now: () => number): () => boolean {
  let calls = bucket;
  let filledAt = now();
  return () => {
    const at = now();
    calls = Math.min(bucket, calls + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
    if (calls < 1) return false;
    calls--;
    return true;
  };
}
