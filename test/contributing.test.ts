// CONTRIBUTING.md's "Add a resource" and "Add a member", done as they say. The sweep leaves out every place; here those that
// no type names.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { blocksBelow, Copy, isPlace } from './contributing.ts';

const resource = blocksBelow('Add a resource');
const member = blocksBelow('Add a member');
const copy = new Copy();
after(() => copy.remove());

test('a resource takes at most 10 files of core, clouds and functions, and a member at most 3', () => {
  const places = (blocks: typeof resource) => new Set(blocks.filter(isPlace).map(({ file }) => file));
  assert.equal(places(resource).size, 10);
  assert.ok(places(member).size > 0 && places(member).size <= 3);
});

test('the resource and the member compile, and the tests of the tables pass', () => {
  copy.apply(resource);
  copy.apply(member);
  const compiled = copy.compile();
  assert.ok(compiled.passed, compiled.output);
  const tested = copy.testTables();
  assert.ok(tested.passed, tested.output);
});

for (const file of [
  'packages/clouds/src/vpc-lattice/index.ts',
  'packages/functions/src/steps/resource-gateway.ts',
]) {
  test(`without ${file}, a test names the kind`, () => {
    const left = resource.filter(block => block.file === file);
    copy.revert(left);
    const { passed, output } = copy.testTables();
    copy.apply(left);
    assert.ok(!passed, output);
    assert.match(output, /resourceGateway|resource-gateway/);
  });
}
