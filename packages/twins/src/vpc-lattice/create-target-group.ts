// The creation of a target group: in the background, with a state for either outcome. A name is taken until its group
// is gone, and a token makes one group.
import { accountId } from '../shared/account.ts';
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import type { Done } from '../shared/operation.ts';
import { startSettling } from '../shared/settling.ts';
import { createOnce } from '../shared/tokens.ts';
import { quotaExceeded } from './errors.ts';
import { filledConfig } from './group-config.ts';
import type { CreateTargetGroup } from './requests.ts';
import { groupsIn, type Region, type TargetGroup } from './state.ts';
import { conflictOf, groupStatus } from './status.ts';
import {
  nameClash,
  nameUniqueIn,
  nameWhileDeleting,
  notFoundAfterCreateReads,
  retryOfFailedCreate,
  targetGroupsPerRegion,
  tokenAfterDelete,
  tokenSeconds,
} from './switches.ts';
import { refuseTooManyTags } from './tags.ts';
import { shownGroup } from './target-groups.ts';
import { refuseOtherParameters } from './token-mismatch.ts';

/** Seconds until a group is created. */
const creationSeconds = { from: 2, to: 10 };

export function createTargetGroup(region: Region, request: CreateTargetGroup, context: Context): Done {
  const { clientToken: token, ...parameters } = request;
  const create = () => {
    const group = newGroup(region, parameters, context);
    region.account.groups.push(group);
    return { arn: group.arn, answer: shownGroup(group, context) };
  };
  if (token === undefined) return { answer: create().answer, changed: true };

  return createOnce(
    region.account,
    {
      operation: `CreateTargetGroup in ${region.name}`,
      token,
      parameters,
      tokenSeconds: context.setting(tokenSeconds),
      again(known, isEqual) {
        const group = groupsIn(region).find(({ arn }) => arn === known.arn);
        if (!group && context.setting(tokenAfterDelete) === 'create') return undefined;
        if (!isEqual) refuseOtherParameters({ id: group?.id ?? token, type: 'TARGET_GROUP' }, token, context);
        return group ? createdAgain(group, context) : { answer: known.answer, changed: false };
      },
      create,
    },
    context,
  );
}

function newGroup(
  region: Region,
  request: Omit<CreateTargetGroup, 'clientToken'>,
  context: Context,
): TargetGroup {
  const { name, type, config = {}, tags = {} } = request;
  const filled = filledConfig(type, config, { region: region.name, context });
  refuseTooManyTags(tags, context);
  refuseTakenName(region, name, context);
  const most = context.setting(targetGroupsPerRegion);
  if (groupsIn(region).length >= most) {
    throw quotaExceeded(`A region has at most ${most} target groups`, 'TARGET_GROUP');
  }
  const id = `tg-${context.hex(17)}`;
  return {
    region: region.name,
    id,
    arn: `arn:aws:vpc-lattice:${region.name}:${accountId}:targetgroup/${id}`,
    name,
    type,
    config: filled,
    tags,
    serviceArns: [],
    createdAt: context.now,
    lastUpdatedAt: context.now,
    phase: newCreation(context),
    targets: [],
    hiddenReads: context.setting(notFoundAfterCreateReads),
  };
}

function newCreation(context: Context): TargetGroup['phase'] {
  return { kind: 'create', settling: startSettling(creationSeconds, context), fails: context.fails };
}

/** The same create again: it restarts a failed creation, and otherwise changes nothing. */
function createdAgain(group: TargetGroup, context: Context): Done {
  const starts =
    groupStatus(group, context) === 'CREATE_FAILED' && context.setting(retryOfFailedCreate) === 'restart';
  if (starts) group.phase = newCreation(context);
  return { answer: shownGroup(group, context), changed: starts };
}

function refuseTakenName(region: Region, name: string, context: Context): void {
  const isAnywhere = context.setting(nameUniqueIn) === 'account';
  const isTaken = context.setting(nameWhileDeleting) === 'taken';
  const holder = (isAnywhere ? region.account.groups : groupsIn(region)).find(
    group => group.name === name && (isTaken || groupStatus(group, context) !== 'DELETE_IN_PROGRESS'),
  );
  if (!holder) return;
  if (context.setting(nameClash) === 'Validation') {
    throw new InputError('constraint', 'name', 'not be the name of another target group');
  }
  throw conflictOf(holder, `There is a target group named ${name}`);
}
