// The state transitions of an execution as AWS bills them (every state entered, every retry), counted in its history through
// the wire API.
import { paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { LOCAL } from '../settings.ts';

const POLLED = 'WaitStateEntered';

export async function countTransitions(name: string): Promise<{ transitions: number; polls: number }> {
  const client = new SFNClient({});
  const executionArn = `arn:aws:states:${LOCAL.region}:${LOCAL.account}:execution:${LOCAL.machine}:${name}`;
  let transitions = 0;
  let polls = 0;
  for await (const page of paginateGetExecutionHistory({ client, pageSize: 1000 }, { executionArn })) {
    const types = (page.events ?? []).map(event => event.type ?? '');
    transitions += types.filter(
      type => type.endsWith('StateEntered') || type === 'LambdaFunctionFailed',
    ).length;
    polls += types.filter(type => type === POLLED).length;
  }
  return { transitions, polls };
}
