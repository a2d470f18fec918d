// The questions that the clouds' documentation leaves open: with either answer, each example ends as requested, and as
// before when it rolls back. And the answers of a service to a request that it will never carry out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FACTS } from './facts-of-clouds.ts';
import { at, baselineOf, type Case, EXAMPLES, exampleNamed, nameOf, runCase, sweep } from './sweep.ts';

const examples = await Promise.all(EXAMPLES.map(baselineOf));

const settings = Object.entries(FACTS).flatMap(([service, facts]) =>
  Object.entries(facts).flatMap(([name, values]) => values.map(value => ({ service, name, value }))),
);

const cases = settings.flatMap(({ service, name, value }) =>
  examples
    .filter(example => example.places.some(place => place.service === service))
    .flatMap((example): Case[] => {
      const label = `${example.name}, ${service} ${name} = ${value}`;
      const of = { value: example.value, switches: { [service]: { [name]: value } } };
      const faults = example.turnBack.map(fault => ({ ...fault, unless: 'a throttle takes its place' }));
      return [
        { ...of, name: `${label}, forward`, ends: 'SUCCEEDED' },
        { ...of, name: `${label}, backward`, faults, ends: ['ROLLED_BACK', 'FAILED'] },
      ];
    }),
);

sweep('an unsure fact of a cloud, whichever way it is, changes nothing about the end', cases, runCase);

const QUOTAS_OF_ALIBABA: Record<string, string> = {
  CreateListener: 'QuotaExceeded.Listener',
  AssociateAdditionalCertificatesWithListener: 'QuotaExceeded.Certificate',
  CreateEndpointGroup: 'QuotaExceeded.EndPoint',
  CreateForwardingRules: 'QuotaExceeded.ForwardingRule',
};
const QUOTAS: Record<string, string> = {
  CreateListener: 'LimitExceededException',
  CreateEndpointGroup: 'LimitExceededException',
  CreateTargetGroup: 'ServiceQuotaExceededException',
  RegisterTargets: 'ServiceQuotaExceededException',
  CreateLBCookieStickinessPolicy: 'TooManyPolicies',
  CreateAppCookieStickinessPolicy: 'TooManyPolicies',
};

sweep(
  'a quota is never tried again, and what was made until then is taken back',
  examples.flatMap(({ name, value, places }) =>
    places.flatMap((place): Case[] => {
      const code = (place.service === 'ga' ? QUOTAS_OF_ALIBABA : QUOTAS)[place.operation];
      if (code === undefined) return [];
      const error = { code, status: 402, message: 'no more' };
      return [
        {
          name: `${name}, ${nameOf(place)}`,
          value,
          faults: [at(place, { fault: 'error', times: 9, error })],
          ends: 'ROLLED_BACK',
          async also({ world }) {
            const asked = (await world.calls()).filter(call => call.error === code);
            assert.equal(asked.length, 1);
          },
        },
      ];
    }),
  ),
  runCase,
);

interface WithTargets {
  targetGroups: { targets: { id: string }[] }[];
}

function withStrayTarget(name: string, position: number): unknown {
  const example = structuredClone(exampleNamed(name)) as WithTargets;
  example.targetGroups[0]?.targets.splice(position, 0, { id: '192.168.7.7' });
  return example;
}

sweep(
  'targets of which one cannot be: whether it is unsuccessful or refuses the call, those registered are taken out again',
  ['unsuccessful', 'refuse'].flatMap(invalidTarget =>
    [
      ['checkout-edge', 0],
      ['checkout-edge', 2],
      ['tls-passthrough', 0],
      ['tls-passthrough', 150],
      ['tls-passthrough', 250],
    ].map(
      ([name, position]): Case => ({
        name: `${name}, target ${position}, ${invalidTarget}`,
        value: withStrayTarget(String(name), Number(position)),
        switches: { 'vpc-lattice': { invalidTarget } },
        ends: 'ROLLED_BACK',
        also: ({ jobRecord }) => assert.equal(jobRecord.job.problem?.code, 'InvalidRequest'),
      }),
    ),
  ),
  runCase,
);

test('a duplicate run of the same seed is the same run', async () => {
  const run = () => runCase({ name: 'twin', value: exampleNamed('checkout-edge'), ends: 'SUCCEEDED' });
  const [one, two] = [await run(), await run()];
  assert.deepEqual(await one.world.calls(), await two.world.calls());
});
