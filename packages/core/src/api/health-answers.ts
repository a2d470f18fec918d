// The schema of the health of an entry point, as callers see it. It types the view of plan/health.ts.
import * as z from 'zod';
import { HEALTH_STATES } from '../ports/health.ts';
import { jobProblemSchema, said } from '../record/event-answers.ts';

const healthState = z.enum(HEALTH_STATES).meta({
  id: 'HealthState',
  description:
    'UNHEALTHY: the health checks fail; MISSING: not in the cloud any more; UNKNOWN: it could not be read; INITIAL: the first health checks run; DRAINING: deregistered, finishing its requests; HEALTHY: the health checks pass; NOT_CHECKED: there is no verdict, because health checks are off or nothing sends traffic yet. The state of several is the first of these that one of them has.',
});

const resourceHealthSchema = z
  .strictObject({
    step: z.string(),
    kind: said('The kind of the cloud resource.'),
    title: z.string(),
    id: said('The id of the resource in the cloud.'),
    state: healthState,
    endpoints: z.array(
      z
        .strictObject({
          id: said('The endpoint; a target has its port, too: `10.0.1.10:8080`.'),
          state: healthState,
          reason: said("The cloud's own words, if it has any.").exactOptional(),
        })
        .meta({ id: 'EndpointHealth', description: 'The health of one endpoint or target.' }),
    ),
    problem: jobProblemSchema.exactOptional().meta({ description: 'Why the resource could not be read.' }),
  })
  .meta({ id: 'ResourceHealth', description: 'The health of the endpoints or targets of one resource.' });

export const entryPointHealthSchema = z
  .strictObject({
    entryPoint: z.string(),
    state: healthState,
    resources: z.array(resourceHealthSchema),
  })
  .meta({
    id: 'EntryPointHealth',
    description: 'The health of an entry point, read from its clouds now. Health changes at any time.',
  });

export type HealthView = z.output<typeof entryPointHealthSchema>;
