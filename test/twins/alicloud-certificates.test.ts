// Additional certificates of an HTTPS listener of Alibaba Cloud Global Accelerator.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { certificate, https, port, RegionId, refused, shop, startGa } from './alicloud-start.ts';

type Members = Record<string, unknown>;

const rsa = '4490002-cn-hangzhou';
const another = '4490003-cn-hangzhou';
const ecc = '4490004-cn-hangzhou';

async function startHttps(context: TestContext, listener: Members = https) {
  const ga = await startGa(context);
  const ListenerId = await ga.createActive(listener);
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  return {
    ...ga,
    ListenerId,
    place,
    associate: (...Certificates: { Domain: string; Id: string }[]) =>
      ga.call('AssociateAdditionalCertificatesWithListener', { ...place, Certificates }),
    dissociate: (...Domains: string[]) =>
      ga.call('DissociateAdditionalCertificatesFromListener', { ...place, Domains }),
    replace: (Domain: string, CertificateId: string, more: Members = {}) =>
      ga.call('UpdateAdditionalCertificateWithListener', { ...place, Domain, CertificateId, ...more }),
    list: async (more: Members = {}) => {
      const { Certificates, ...page } = await ga.call('ListListenerCertificates', { ...place, ...more });
      assert.ok(Array.isArray(Certificates));
      return { ...page, Certificates };
    },
  };
}

const additional = (Domain: string, Id = rsa) => ({ Domain, Id });

test('a certificate for a domain is added, replaced and taken away; each is a change of the listener', async context => {
  const { associate, dissociate, list, listener, ListenerId, replace, settle, state } =
    await startHttps(context);
  const own = { CertificateId: certificate, IsDefault: true, State: 'active' };
  const theirs = { CertificateId: rsa, Domain: 'a.example.com', IsDefault: false };
  await associate(additional('a.example.com'));
  assert.deepEqual([(await listener(ListenerId))['State'], await state()], ['updating', 'configuring']);
  assert.deepEqual((await list()).Certificates, [own, { ...theirs, State: 'updating' }]);
  settle();
  await replace('a.example.com', another);
  settle();
  assert.deepEqual((await list({ Role: 'additional' })).Certificates, [
    { ...theirs, CertificateId: another, State: 'active' },
  ]);
  assert.deepEqual((await list({ Role: 'default' })).Certificates, [own]);
  await dissociate('a.example.com');
  settle();
  assert.deepEqual((await list()).Certificates, [own]);
  await assert.rejects(dissociate('a.example.com'), refused('NotExist.Certificate'));
  await assert.rejects(replace('a.example.com', rsa), refused('NotExist.Certificate'));
});

test('ten a call, twenty-five on a listener, one for a domain, of one that there is', async context => {
  const { associate, dissociate, list, replace, set, settle } = await startHttps(context);
  const domains = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => additional(`d${from + index}.example.com`));
  await assert.rejects(associate(...domains(0, 11)), refused('IllegalParameter.Certificates'));
  await assert.rejects(
    associate(additional('a.example.com'), additional('a.example.com', another)),
    refused('IllegalParameter.Domain'),
  );
  await assert.rejects(
    associate(additional('a.example.com', '1-cn-hangzhou')),
    refused('NotExist.Certificate'),
  );
  await assert.rejects(replace('no domain', rsa), refused('IllegalParameter.Domain'));
  for (const from of [0, 10]) {
    await associate(...domains(from, 10));
    settle();
  }
  await assert.rejects(associate(...domains(20, 6)), refused('QuotaExceeded.AdditionalCertificate'));
  await associate(...domains(20, 5));
  settle();
  await assert.rejects(associate(...domains(0, 1)), refused('IllegalParameter.Domain'));
  await set({ sameDomain: 'replace' });
  await associate(additional('d0.example.com', another));
  settle();
  const page = await list({ Role: 'additional', MaxResults: 20 });
  const { NextToken, TotalCount } = Object.assign({ NextToken: '', TotalCount: 0 }, page);
  const rest = await list({ Role: 'additional', MaxResults: 20, NextToken });
  assert.deepEqual([page.Certificates.length, TotalCount, rest.Certificates.length], [20, 25, 5]);
  await dissociate('d0.example.com', 'd1.example.com');
});

test('only HTTPS has them; on subscription beside an ECC certificate only ECC ones', async context => {
  const first = { Protocol: 'HTTPS', Certificates: [{ Id: ecc }] };
  const { associate, call, createActive, place } = await startHttps(context, first);
  await assert.rejects(associate(additional('a.example.com')), refused('IllegalParameter.Certificates'));
  const http = await createActive({ Protocol: 'HTTP', PortRanges: [port(80)] });
  const members = { ...place, ListenerId: http, Certificates: [additional('a.example.com')] };
  await assert.rejects(
    call('AssociateAdditionalCertificatesWithListener', members),
    refused('IllegalParameter.ListenerId'),
  );
  await associate(additional('a.example.com', ecc));
});

test('describedCertificates: a listener shows its own certificate, or all', async context => {
  const { associate, listener, ListenerId, set, settle } = await startHttps(context);
  await associate(additional('a.example.com'));
  settle();
  const ids = async () => {
    const { Certificates } = await listener(ListenerId);
    assert.ok(Array.isArray(Certificates));
    return Certificates.map(({ Id }) => Id);
  };
  assert.deepEqual(await ids(), [certificate]);
  await set({ describedCertificates: 'all' });
  assert.deepEqual(await ids(), [certificate, rsa]);
});

test('deleteWithCertificates: they go with their listener, or keep it', async context => {
  const { associate, call, ListenerId, picture, set, settle } = await startHttps(context);
  await associate(additional('a.example.com'));
  settle();
  await set({ deleteWithCertificates: 'refuse' });
  await assert.rejects(call('DeleteListener', { ListenerId }), refused('Exist.AdditionalCertificate'));
  await set({ deleteWithCertificates: 'accept' });
  await call('DeleteListener', { ListenerId });
  settle();
  assert.ok(!(await picture()).includes('a.example.com'));
});

test('certificatesWithoutHttps: out of HTTPS they are dropped, kept unseen, or keep their listener in it', async context => {
  const { associate, call, list, ListenerId, set, settle } = await startHttps(context);
  const update = async (members: Members) => {
    await call('UpdateListener', { ListenerId, ...members });
    settle();
  };
  const count = async () => (await list({ Role: 'additional' })).Certificates.length;
  await associate(additional('a.example.com'));
  settle();
  await set({ certificatesWithoutHttps: 'refuse' });
  await assert.rejects(update({ Protocol: 'HTTP' }), refused('IllegalParameter.Protocol'));
  for (const [certificatesWithoutHttps, left] of [
    ['keep', 1],
    ['drop', 0],
  ] as const) {
    await set({ certificatesWithoutHttps });
    await update({ Protocol: 'HTTP' });
    assert.equal(await count(), 0);
    await update(https);
    assert.equal(await count(), left);
  }
});

test('a dry run of a replacement passes with a code', async context => {
  const { associate, list, replace, settle } = await startHttps(context);
  await associate(additional('a.example.com'));
  settle();
  await assert.rejects(replace('a.example.com', another, { DryRun: true }), refused('DryRunOperation'));
  assert.equal((await list({ Role: 'additional' })).Certificates[0].CertificateId, rsa);
});
