// The outputs of one resource: those that its kind declares, within their bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputsOf } from '@gatehouse/core/kinds/outputs';
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Outputs } from '@gatehouse/core/ports/outputs';
import type { Resource } from '@gatehouse/core/ports/resource';

function given(kind: Kind, outputs: Outputs) {
  const resource: Resource = {
    kind,
    settles: { initialDelaySeconds: 1, maxDelaySeconds: 1, readyLimitSeconds: 1, consecutiveReady: 1 },
    read: async () => undefined,
    idOf: () => 'id',
    drift: () => [],
    ready: () => ({ ready: true }),
    outputs: () => outputs,
  };
  return outputsOf(resource, {});
}

const dnsName = 'a1.example.com';

for (const [what, kind, outputs, expected] of [
  [
    'a value that is not given yet is left out',
    'accelerator',
    { dnsName, dualStackDnsName: '' },
    { dnsName },
  ],
  ['so is an empty list', 'accelerator', { dnsName, staticAddresses: [] }, { dnsName }],
  ['nothing given is undefined', 'accelerator', { dnsName: '', staticAddresses: [''] }, undefined],
  [
    'what the kind does not declare is left out',
    'alicloudListener',
    { dnsName, hostedZoneId: 'Z1' },
    { dnsName },
  ],
  ['of a kind without outputs, all are', 'targets', { dnsName }, undefined],
  ['a name that no DNS name can have is none', 'accelerator', { dnsName: 'a'.repeat(254) }, undefined],
  [
    'a list has a bound',
    'accelerator',
    { staticAddresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2', '2001:db8::3'] },
    { staticAddresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8::2'] },
  ],
] as const satisfies [string, Kind, unknown, unknown][]) {
  test(`outputs: ${what}`, () => {
    assert.deepEqual(given(kind, outputs as Outputs), expected);
  });
}
