// The limits in DescribeAccountLimits. AWS publishes no number for policies, so that limit is not among them: see the
// switches.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { pageOf } from './pages.ts';
import type { Page } from './requests.ts';
import type { LoadBalancer } from './state.ts';

const limits = [
  { Name: 'classic-load-balancers', Max: '20' },
  { Name: 'classic-listeners', Max: '100' },
  { Name: 'classic-registered-instances', Max: '1000' },
];

export function describeAccountLimits(_regional: LoadBalancer[], page: Page, context: Context): Done {
  const { items, ...next } = pageOf(limits, page, limit => limit.Name, context);
  return { answer: { Limits: items, ...next }, changed: false };
}
