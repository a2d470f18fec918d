// Every mutation: what the code loses by it, where, and the part of a sweep that fails then, with what it says of it. A
// change of the code that rewords, moves or replaces one of these pieces of source updates its line here. One of them alone:
// node_modules/node/bin/node --test --test-name-pattern='the fence before an update' 'test/mutations/full/*.sweep.ts'
import type { PartName } from './parts.ts';

export interface Mutation {
  /** Also its name. */
  loses: string;
  /** Below packages/. */
  file: string;
  /** The piece that is replaced, once in its file. White space stands for any white space. */
  from: string;
  to: string;
  part: PartName;
  /** So that a mutation that merely breaks the code is not taken for one that is found. */
  says: RegExp;
  /** The most telling ones, one of each sort, which `npm test` plants, too. */
  inSample?: true;
}

const FENCE = 'the fence stops a Lambda whose job has moved on';

const step = (name: string) => `core/src/step/${name}.ts`;
const record = (name: string) => `core/src/record/${name}.ts`;

export const MUTATIONS: Mutation[] = [
  // The fence.
  {
    loses: 'the fence before a create: a Lambda of a job that is over makes what nobody takes away',
    file: step('walk-create'),
    from: 'await walk.fence(); return await walk.resource.create',
    to: 'return await walk.resource.create',
    part: 'stale Lambdas',
    says: new RegExp(`checkout-edge, ListListeners #1, over: ${FENCE}`),
    inSample: true,
  },
  {
    loses: 'the fence before a later call of a create, where one call does not make it all',
    file: step('walk-create'),
    from: 'await walk.fence(); const observed',
    to: 'const observed',
    part: 'stale Lambdas',
    says: new RegExp(`tls-passthrough, RegisterTargets #1, cancelled: ${FENCE}`),
  },
  {
    loses: 'the fence before what came out failed is cleared away',
    file: step('walk-create'),
    from: 'await walk.fence(); walk.take()',
    to: 'walk.take()',
    part: 'stale Lambdas',
    says: new RegExp(`comes out failed once, ListTagsForResource #\\d+, over: ${FENCE}`),
  },
  {
    loses: 'the fence before an update',
    file: step('walk-update'),
    from: 'await walk.fence();',
    to: '',
    part: 'stale Lambdas',
    says: new RegExp(`every lane at once, DescribeListener #1, over: ${FENCE}`),
  },
  {
    loses: 'the fence before a removal',
    file: step('walk'),
    from: 'await this.fence();',
    to: '',
    part: 'stale Lambdas',
    says: new RegExp(`the removal of checkout-edge, DescribeEndpointGroup #1, over: ${FENCE}`),
  },
  {
    loses: 'the fence before a foreign object is removed',
    file: step('walk-removal'),
    from: 'await walk.fence();',
    to: '',
    part: 'stale Lambdas',
    says: new RegExp(`the forced removal of voice-udp, ListEndpointGroups #1, over: ${FENCE}`),
  },
  {
    loses: 'the reading of the job at the fence: what the step read at its start is taken for it',
    file: step('fence'),
    from: '(await ports.store.get(jobKey(call.jobId)))',
    to: '(ports.store.known?.(jobKey(call.jobId))?.stored ?? (await ports.store.get(jobKey(call.jobId))))',
    part: 'stale Lambdas',
    says: new RegExp(`checkout-edge, ListListeners #1, over: ${FENCE}`),
  },
  {
    loses: 'the comparison of attempts at the fence',
    file: step('fence'),
    from: 'job.attempt !== call.attempt',
    to: 'false',
    part: 'stale Lambdas',
    says: new RegExp(`checkout-edge, ListListeners #1, superseded: ${FENCE}`),
  },
  {
    loses: 'the comparison of the status at the fence, forward',
    file: step('fence'),
    from: "job.status !== 'RUNNING'",
    to: 'false',
    part: 'stale Lambdas',
    says: new RegExp(`the removal of checkout-edge, DescribeEndpointGroup #1, over: ${FENCE}`),
  },
  {
    loses: 'the comparison of the status at the fence, backward',
    file: step('fence'),
    from: "job.status !== 'ROLLING_BACK'",
    to: 'false',
    part: 'stale Lambdas',
    says: new RegExp(`turned back, undo, DescribeEndpointGroup #1, over: ${FENCE}`),
  },
  {
    loses: 'the look for a rollback cause at the fence: a cancelled job goes on changing things',
    file: step('fence'),
    from: 'if (job.rollbackCause)',
    to: 'if (false)',
    part: 'stale Lambdas',
    says: new RegExp(`checkout-edge, ListListeners #1, cancelled: ${FENCE}`),
  },
  {
    loses: 'the deadline at the fence',
    file: step('fence'),
    from: '|| at < job.deadlineAt',
    to: '|| true',
    part: 'deadlines',
    // Without a rollback cause: that would follow the deadline.
    says: /did not end: \{.*"status":"RUNNING".*"deadlineAt":"[^"]+"[^}]*\}/,
  },

  // Intent, check, call, outcome.
  {
    loses: 'the intent of a create, which stays in memory',
    file: step('step-entry'),
    from: 'const written = await this.#ports.store.put(',
    to: "const written = value.state === 'intended' && !value.act ? { written: true as const, version: this.#version } : await this.#ports.store.put(",
    part: 'order of a create',
    says: /voice-udp: CreateListener at \S+: there is an intent/,
  },
  {
    loses: 'the order of intent and create: the intent is written once the cloud has answered',
    file: step('walk-create'),
    from: 'if (!entry) await stepEntry.write(walk.intent(before));',
    to: 'if (!entry) { const intent = walk.intent(before); await walk.fence(); const made = await resource.create?.(desired, intent.token, before); await stepEntry.write(intent); await walk.claim(resource.idOf(made)); walk.found(made); return; }',
    part: 'order of a create',
    says: /voice-udp: CreateListener at \S+: there is an intent/,
    inSample: true,
  },
  {
    loses: 'the intent of an update',
    file: step('walk-update'),
    from: 'await stepEntry.write({ ...intended, before, updates: updates + 1 });',
    to: '',
    part: 'order of a step',
    says: /an update in place: UpdateListener at \S+: the intent says so/,
  },
  {
    loses: 'the before-image in the intent: it is written once the cloud has answered',
    file: step('walk-update'),
    from: 'await stepEntry.write({ ...intended, before, updates: updates + 1 });',
    to: 'await stepEntry.write({ ...intended, before: null, updates: updates + 1 }); const write = stepEntry.write.bind(stepEntry); stepEntry.write = entry => write({ ...entry, before });',
    part: 'order of a step',
    says: /an update in place: UpdateListener at \S+: the intent has the before-image/,
  },
  {
    loses: 'the intent of a removal',
    file: step('walk'),
    from: 'await stepEntry.write(addressedByKey ? { ...requested, doubtUntil: callUntil } : requested);',
    to: '',
    part: 'order of a step',
    says: /voice-udp, taken back: DeleteEndpointGroup at \S+: the (intent says so|change before has its outcome)/,
  },
  {
    loses: 'the doubt in the intent of a removal by name, which a lost call may still carry out',
    file: step('walk'),
    from: 'addressedByKey ? { ...requested, doubtUntil: callUntil } : requested',
    to: 'requested',
    part: 'the next job',
    says: /Expected values to be strictly equal/,
  },
  {
    loses: 'the outcome of a create',
    file: step('walk'),
    from: 'return { ...ledger.made(stepEntry.known, id, this.now(), visibleBy), ...this.#outputs() };',
    to: 'return stepEntry.known;',
    part: 'order of a create',
    says: /voice-udp: CreateListener at \S+: the outcome is/,
  },
  {
    loses: 'the outcome of a create that is not ready yet: it is left to the next poll',
    file: step('walk'),
    from: 'await stepEntry.write({ ...entry, ...this.#outputs(), waiting });',
    to: "if (entry.calls !== 1 || step.act !== 'create') await stepEntry.write({ ...entry, ...this.#outputs(), waiting });",
    part: 'order of a create that settles',
    says: /metrics-lambda: CreateTargetGroup at \S+: the outcome is written first of all/,
  },
  {
    loses: 'the outcome of an update',
    file: step('walk-update'),
    from: 'throw error; } await stepEntry.write(settled(stepEntry.known));',
    to: 'throw error; }',
    part: 'order of a step',
    says: /an update in place: UpdateListener at \S+: the outcome is known/,
    inSample: true,
  },
  {
    loses: 'a refusal: a create that the cloud refused is taken for one that it carried out',
    file: step('walk-create'),
    from: "state: 'refused', since",
    to: "state: 'made', since",
    part: 'others meanwhile',
    says: /AlreadyExists/,
  },
  {
    loses: 'the end of the doubt: a create that the cloud refused counts as unresolved',
    file: step('walk-create'),
    from: "if (refused) await stepEntry.write({ ...stepEntry.known, state: 'refused', since: walk.now() });",
    to: '',
    part: 'others meanwhile',
    says: /\+ 'SUCCEEDED'/,
  },
  {
    loses: 'the doubt: a create whose answer is lost is taken for a refused one',
    file: step('walk-create'),
    from: "error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none')",
    to: 'true',
    part: 'late creates',
    says: /not reached/,
  },
  {
    loses: 'the doubt: an update whose answer is lost is taken for a refused one',
    file: step('walk-update'),
    from: "if (refused) await stepEntry.write({ ...stepEntry.known, state: 'made', updates })",
    to: 'await stepEntry.write({ ...settled(stepEntry.known), updates })',
    part: 'changes taken back',
    says: /UpdateListener #1: the clouds are as before/,
  },

  // Tokens.
  {
    loses: 'the sameness of a token over the attempts of a job',
    file: step('walk-create'),
    from: 'stepEntry.known.token',
    to: 'walk.call.attempt > 1 ? walk.call.attempt + stepEntry.known.token.slice(1) : stepEntry.known.token',
    part: 'tokens',
    says: /checkout-edge, CreateListener #1: a create has \w+, which is no token of its steps/,
    inSample: true,
  },
  {
    loses: 'the sameness of a token over the calls of a step',
    file: step('walk-create'),
    from: 'stepEntry.known.token',
    to: 'crypto.randomUUID()',
    part: 'tokens',
    says: /its request dropped: a create has [\w-]+, which is no token of its steps/,
  },
  {
    loses: 'the derivation of a token from job, step and generation: it is random',
    file: record('token'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the source has it.
    from: 'return sha256(`${jobId}|${stepId}|${generation}`)',
    to: 'return sha256(crypto.randomUUID())',
    part: 'tokens',
    says: /its request dropped: a create has \w+, which is no token of its steps/,
  },
  {
    loses: 'the rise of the generation in a token: a cloud answers with what is gone',
    file: record('ledger'),
    from: 'idempotencyToken(entry.jobId, entry.step, generation)',
    to: 'entry.token',
    part: 'tokens',
    says: /CreateTargetGroup #1: what it makes comes out failed, once: it ended ROLLED_BACK/,
  },
  {
    loses: 'the rest of the generation in a token: it rises with every call',
    file: record('ledger'),
    from: "state: 'intended', since: at, callUntil,",
    to: "state: 'intended', since: at, callUntil, token: idempotencyToken(entry.jobId, entry.step, entry.calls + 2),",
    part: 'tokens',
    says: /its request dropped: a create has \w+, which is no token of its steps/,
  },
  ...(
    [
      ['global-accelerator/listener', ', IdempotencyToken: token', 'checkout-edge, CreateListener'],
      [
        'global-accelerator/endpoint-group',
        ', IdempotencyToken: token',
        'checkout-edge, CreateEndpointGroup',
      ],
      ['vpc-lattice/target-group', ', clientToken: token', 'checkout-edge, CreateTargetGroup'],
      ['alicloud-global-accelerator/listener', ', ClientToken: token', 'shop-accelerator, CreateListener'],
      [
        'alicloud-global-accelerator/additional-certificate',
        ', ClientToken: token',
        'shop-accelerator, AssociateAdditionalCertificatesWithListener',
      ],
      [
        'alicloud-global-accelerator/endpoint-group',
        ', ClientToken: token',
        'shop-accelerator, CreateEndpointGroup',
      ],
      [
        'alicloud-global-accelerator/forwarding-rule',
        ', ClientToken: token',
        'shop-accelerator, CreateForwardingRules',
      ],
    ] as const
  ).map(
    ([name, from, call]): Mutation => ({
      loses: `the token on the wire, where clouds/${name} creates; the SDK of AWS makes up a random one`,
      file: `clouds/src/${name}.ts`,
      from,
      to: '',
      part: 'tokens',
      says: new RegExp(
        `${call} #1: its request dropped: a create has (undefined|[\\w-]+), which is no token`,
      ),
    }),
  ),

  // Looking, never guessing.
  {
    loses: 'the wait of an undo for a create in doubt',
    file: step('decide'),
    from: 'removalRequested ? undefined : inDoubt(until, now)',
    to: 'undefined',
    part: 'faults of one call',
    says: /CreateListener #1: carried out late, during the rollback: the clouds are as before/,
  },
  {
    loses: 'the wait of an undo for an update in doubt',
    file: step('decide-existing'),
    from: "inDoubt(unresolvedUntil(entry), now) ?? { do: 'undone' }",
    to: "{ do: 'undone' }",
    part: 'changes that are stopped',
    says: /UpdateListener #1, held on its way: UpdateListener after the end/,
  },
  {
    loses: 'the doubt about a look: what is not found right after its create is believed to be gone',
    file: step('decide'),
    from: '!entry.clearing && entry.visibleBy && now < entry.visibleBy',
    to: 'false',
    part: 'facts of clouds',
    says: /notFoundAfterCreateReads = 2, forward: it ended ROLLED_BACK/,
  },
  {
    loses: 'the proof of an undo: what is asked to go is believed to be gone',
    file: step('decide'),
    from: "removed ? { do: 'wait', reason: 'it is being removed' } : removeOrWait(entry, seen);",
    to: "removed ? { do: 'undone' } : removeOrWait(entry, seen);",
    part: 'faults of one call',
    says: /DeleteTargetGroup #1: the removal fails, for ever: it ended ROLLED_BACK/,
  },
  {
    loses: 'the proof of a removal: what is asked to go is believed to be gone',
    file: step('decide-existing'),
    from: "removed) return { do: 'wait', reason: 'it is being removed' }",
    to: "removed) return { do: 'done' }",
    part: 'failed steps',
    says: /DeleteTargetGroup #1: it ended SUCCEEDED/,
  },

  // Conditional writes.
  {
    loses: 'the version in a write of the ledger: the last of two calls of a step wins',
    file: step('step-entry'),
    from: 'value, this.#version',
    to: 'value, (await this.#ports.store.get(entryKey(jobId, step)))?.version ?? 0',
    part: 'calls that come twice',
    says: /app-cookie, interleaving 3001, forward: it ended ROLLED_BACK/,
  },
  {
    loses: 'the look for another call of a step before its failure counts for good',
    file: step('step'),
    from: 'if (error instanceof TerminalError) await stepEntry.assertCurrent();',
    to: '',
    part: 'calls that come twice',
    says: /metrics-lambda, interleaving 1001, forward: it ended ROLLED_BACK/,
  },
  {
    loses: 'the version in every other write of the table',
    file: record('records'),
    from: 'wanted, current?.version ?? 0',
    to: 'wanted, (await store.get(key))?.version ?? 0',
    part: 'queues',
    says: /and not the head of/,
  },

  // The saga and the queues.
  {
    loses: 'the rollback cause of a step that has failed for good: asked again, it goes on',
    file: step('step'),
    from: 'if (thrown instanceof TerminalError) await requestRollbackFor(ports, call, thrown);',
    to: '',
    part: 'failed steps',
    says: /CreateListener #1: it ended SUCCEEDED/,
  },
  {
    loses: 'the steps in the evaluation: what nobody has walked is no failure',
    file: 'core/src/saga/evaluate.ts',
    from: 'plan !== undefined && unfinishedIn(ended, { ...jobRecord, plan }) !== undefined',
    to: 'false',
    part: 'failed steps',
    says: /'SUCCEEDED'/,
  },
  {
    loses: 'the failure of a lane in the evaluation',
    file: 'core/src/saga/decide-next.ts',
    from: 'if (isUnfinished || hasCause)',
    to: 'if (false)',
    part: 'failed steps',
    says: /did not end: \{.*"status":"RUNNING".*"rollbackCause":\{"reason":"failed"/,
  },
  {
    loses: 'the record of a failed step: its lane goes on, and the job does not say why it rolls back',
    file: 'core/src/saga/record-failure.ts',
    from: 'await requestRollback(ports.store, { jobId, attempt }, cause);',
    to: '',
    part: 'later waves',
    says: /the failure of the step is the cause/,
  },
  {
    loses: 'the retries of a function that crashes: a crash fails the step',
    file: 'core/src/machine/task.ts',
    from: "ErrorEquals: ['States.ALL'],\n  IntervalSeconds: 2,",
    to: "ErrorEquals: ['Sandbox.Timedout'],\n  IntervalSeconds: 2,",
    part: 'outages',
    says: /delays the job, in its first attempt/,
  },
  {
    loses: 'the time of a rollback that makes progress',
    file: 'core/src/step/more-time.ts',
    from: 'whileProgressing(clock, known) ?? afterSilence',
    to: 'afterSilence',
    part: 'long jobs',
    says: /actual: 'ROLLBACK_FAILED'/,
  },
  {
    loses: 'the time of a rollback whose functions crashed',
    file: 'core/src/step/more-time.ts',
    from: 'if (clock.after(-SILENCE_SECONDS).toISOString() <= lastSignOf(known, step)) return undefined;',
    to: 'return undefined;',
    part: 'outages',
    says: /the rollback ends all the same/,
  },
  {
    loses: 'the rollback of a job whose function still crashes at its deadline',
    file: 'core/src/saga/recover.ts',
    from: "if (asking === 'running') return rollBackIfOverdue(ports, job);",
    to: "if (asking === 'running') return;",
    part: 'outages',
    says: /the rollback began .* minutes after the deadline/,
  },
  {
    loses: 'the end of a lane whose failure could not be recorded',
    file: 'core/src/machine/machine.ts',
    from: "'Failure not recorded': NOT_RECORDED",
    to: "'Failure not recorded': { Type: 'Pass', End: true }",
    part: 'later waves',
    says: /endpoint-group-eu-west-1 started before listener was created/,
  },
  {
    loses: 'a wave of the walk, and the assertion that every step is in one',
    file: 'core/src/plan/lanes.ts',
    from: 'const { prepare = [], forward, cleanup = [], restore = [] } = plan.lanes;',
    to: 'plan.lanes.forward = plan.lanes.forward.map(lane => lane.filter((_, at) => at !== 1)); return;',
    part: 'failed steps',
    says: /Global Accelerator is as asked/,
  },
  {
    loses: 'the look at the job between the reading of the claims and their writing',
    file: 'core/src/queue/inventory.ts',
    from: 'const read = await store.many(keys.map(claimKey)); const free = read.some(claim => !claim?.value.entryPoint) && (await isCurrent());',
    to: 'const free = await isCurrent(); const read = await store.many(keys.map(claimKey));',
    part: 'claims',
    says: /no job would release it/,
  },
  {
    loses:
      'the order of reading a queue and writing the job: a queue read later is joined by what has left it',
    file: 'core/src/queue/queue.ts',
    from: 'const read = isNoted ? missing.map((queue, index) => [queue, { stored: found[index] }] as const) : [];',
    to: 'const later = await ports.store.many(missing.map(queueKey)); const read = isNoted ? missing.map((queue, index) => [queue, { stored: later[index] }] as const) : [];',
    part: 'queues',
    says: /seed \d+: accelerator\/\S+\s+\+ actual - expected/,
  },
  {
    loses: 'the claims of natural keys',
    file: 'core/src/saga/begin.ts',
    from: 'await claimAll(ports, entryPoint, claimsOf(plan), isCurrent)',
    to: 'undefined as { key: string; owner: string } | undefined',
    part: 'faults of one call',
    says: /whose \S+ is/,
  },
  {
    loses: 'the claim of another entry point: its resource is shared',
    file: 'core/src/queue/inventory.ts',
    from: 'if (owner && owner !== entryPoint) return { key, owner };',
    to: '',
    part: 'claims',
    says: /a claim of one entry point is refused to another/,
  },
  {
    loses: 'the stored plan: a Begin that resumes late replaces it',
    file: 'core/src/saga/begin.ts',
    from: 'stored => (stored ? undefined : wanted)',
    to: '() => wanted',
    part: 'begun twice',
    says: /a Begin that resumes late leaves the stored plan as it is/,
  },
  {
    loses: 'the rollback cause at the success: a job that is cancelled after its evaluation succeeds',
    file: record('job'),
    from: '!job.rollbackCause || tooLate',
    to: 'true',
    part: 'cancelled anywhere',
    says: /it ended SUCCEEDED/,
  },
  {
    loses: 'the second ready read: a stale one is believed',
    file: step('settling'),
    from: 'sawPending || readyReadings >= settles.consecutiveReady',
    to: 'sawPending || readyReadings > 0',
    part: 'stale readiness',
    says: /'IN_PROGRESS'/,
  },
  {
    loses: 'the head of a queue: whoever waits in it goes on',
    file: 'core/src/queue/advance.ts',
    from: 'head === job.id ? undefined : endIfLate(ports, job, queue)',
    to: 'undefined',
    part: 'queues',
    says: /and not the head of/,
  },
  {
    loses:
      'the wait of a retried job in its queues: a late recovery begins the attempt that the retry has counted',
    file: 'core/src/saga/recover.ts',
    from: 'next.attempt === job.attempt + 1 && !waitsInQueue(next)',
    to: 'next.attempt === job.attempt + 1',
    part: 'queues',
    says: /and not the head of/,
  },
  {
    loses: 'the inventory before the queues: the next job begins without it',
    file: 'core/src/saga/ending.ts',
    from: 'if (!hasEnded(jobRecord.job.status)) await recordInventory(',
    to: "const { change, queueKey } = await import('../record/records.ts'); for (const queue of jobRecord.job.queues) await change(ports.store, queueKey(queue), line => line && { ...line, jobs: line.jobs.filter(id => id !== run.jobId) }); if (!hasEnded(jobRecord.job.status)) await recordInventory(",
    part: 'order of an end',
    says: /provision: it has left its queues|it leaves each after its end/,
  },
  {
    loses: 'the inventory before the end: a job that has succeeded may never be in it',
    file: 'core/src/saga/ending.ts',
    from: 'if (!hasEnded(jobRecord.job.status)) await recordInventory(ports,',
    to: "const { job: read } = jobRecord; await changeJob(ports, run.jobId, now => toEnded(now, { ...end, attempt: run.attempt, at: ports.clock.now().toISOString() })); const get: typeof ports.store.get = async key => key.sk === 'JOB' ? ({ value: read, version: 1 } as never) : ports.store.get(key); if (!hasEnded(read.status)) await recordInventory({ ...ports, store: { ...ports.store, get } },",
    part: 'order of an end',
    says: /provision: the inventory is written before the job says that it has ended/,
  },
];
