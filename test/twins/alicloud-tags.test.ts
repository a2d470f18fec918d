// Tags of an endpoint group of Alibaba Cloud Global Accelerator: set with it, and by calls of their own that settle
// immediately.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { RegionId, refused, startGa } from './alicloud-start.ts';

async function startTagged(context: TestContext) {
  const ga = await startGa(context);
  const ListenerId = await ga.createActive();
  const Tag = [{ Key: 'team', Value: 'shop' }, { Key: 'cost' }];
  const id = await ga.createActiveGroup(ListenerId, { Tag });
  const of = { RegionId, ResourceType: 'endpointgroup', ResourceId: [id] };
  return {
    ...ga,
    id,
    ListenerId,
    tag: (...asked: object[]) => ga.call('TagResources', { ...of, Tag: asked }),
    untag: (more: object) => ga.call('UntagResources', { ...of, ...more }),
    tags: async () => (await ga.group(id))['Tags'],
    of,
  };
}

test('a group shows the tags that it was made with, others set one by one, and fewer', async context => {
  const { call, group, id, of, state, tag, tags, untag } = await startTagged(context);
  const [cost, team] = [
    { Key: 'cost', Value: '' },
    { Key: 'team', Value: 'shop' },
  ];
  assert.deepEqual(await tags(), [cost, team]);
  await tag({ Key: 'cost', Value: '7' }, { Key: 'stage', Value: 'test' });
  assert.deepEqual(await tags(), [{ ...cost, Value: '7' }, { Key: 'stage', Value: 'test' }, team]);
  assert.deepEqual([(await group(id))['State'], await state()], ['active', 'active'], 'it was no change');
  await untag({ TagKey: ['cost', 'never'] });
  assert.deepEqual(await tags(), [{ Key: 'stage', Value: 'test' }, team]);
  await untag({ All: true });
  assert.equal(await tags(), undefined);
  const gone = { ...of, ResourceId: [id, 'epg-bp1nobody'], Tag: [team] };
  await assert.rejects(call('TagResources', gone), refused('NotExist.EndPointGroup'));
  assert.equal(await tags(), undefined, 'all of them, or none');
});

test('twenty tags a group, each key once, keys to 64 characters, none of the vendor’s own', async context => {
  const { tag, tags } = await startTagged(context);
  await assert.rejects(tag({ Key: 'a' }, { Key: 'a' }), refused('IllegalParameter.Tag'));
  for (const Key of ['a'.repeat(65), 'aliyun-a', 'acs:a', 'see http://a']) {
    await assert.rejects(tag({ Key }), refused('IllegalParameter.Key'), Key);
  }
  await assert.rejects(tag({ Key: 'a', Value: 'https://a' }), refused('IllegalParameter.Value'));
  await tag(...Array.from({ length: 18 }, (_, n) => ({ Key: `k${n}` })));
  await assert.rejects(tag({ Key: 'one-more' }), refused('QuotaExceeded.Tag'));
  await tag({ Key: 'team', Value: 'other' });
  const said = await tags();
  assert.ok(Array.isArray(said) && said.length === 20);
});

test('busyTags: they are set while the instance is busy, or not', async context => {
  const { call, ListenerId, set, settle, tag } = await startTagged(context);
  const change = () => call('UpdateListener', { ListenerId, Name: 'another' });
  await change();
  await tag({ Key: 'team', Value: 'busy' });
  await set({ busyTags: 'refuse' });
  await assert.rejects(tag({ Key: 'team', Value: 'again' }), refused('StateError.Accelerator'));
  settle();
  await tag({ Key: 'team', Value: 'again' });
});
