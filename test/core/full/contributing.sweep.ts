// Every place of CONTRIBUTING.md's resource and member, left out in turn: the compiler or a test names what is missing.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Block, blocksBelow, Copy, isPlace } from '../../contributing.ts';

const resource = blocksBelow('Add a resource');
const member = blocksBelow('Add a member');
const copy = new Copy();
after(() => copy.remove());

test('the resource compiles without the member, and the tests of the tables pass', () => {
  copy.apply(resource);
  const { passed, output } = compiledAndTested();
  assert.ok(passed, output);
});

for (const block of resource.filter(isPlace)) {
  test(`without ${block.file}, a resource does not compile or fails a test that names it`, () => {
    copy.revert([block]);
    const ran = compiledAndTested();
    copy.apply([block]);
    assertNamed(ran, /resourceGateway|ResourceGateway|resource-gateway/);
  });
}

for (const block of member.filter(isPlace)) {
  test(`without ${block.file}, a member does not compile or fails a test that names it`, () => {
    copy.apply(member.filter(each => each !== block));
    const ran = compiledAndTested();
    copy.revert(member);
    copy.apply(member.flatMap(ofSameFile));
    assertNamed(ran, /resourceConfigDnsResolution/);
  });
}

function ofSameFile({ file }: Block): Block[] {
  return resource.filter(block => block.file === file);
}

function compiledAndTested() {
  const compiled = copy.compile();
  return compiled.passed ? copy.testTables() : compiled;
}

function assertNamed({ passed, output }: ReturnType<typeof compiledAndTested>, name: RegExp): void {
  assert.ok(!passed, 'nothing fails');
  assert.match(output, name);
}
