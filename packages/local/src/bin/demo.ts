// The example job of `npm start`: submitted over the REST API, followed until it has ended, and shown as on the command line.
import { fileURLToPath } from 'node:url';
import { endLines, tookOf } from '@gatehouse/cli/ending';
import { findEntryPoint } from '@gatehouse/cli/jobs';
import { DEFAULT_URL } from '@gatehouse/cli/program';
import { showProgress } from '@gatehouse/cli/progress';
import { readRequest, requestIn } from '@gatehouse/cli/read-request';
import { entryPointLines } from '@gatehouse/cli/status';
import { type Client, createClient, type Job } from '@gatehouse/client';
import { countTransitions } from './transitions.ts';

const EXAMPLE = 'examples/checkout-edge.yaml';
const FILE = fileURLToPath(new URL(`../../../../${EXAMPLE}`, import.meta.url));

type Say = (line: string) => void;

/** Returns whether the example is provisioned at the end. */
export async function runDemo(url: string, say: Say): Promise<boolean> {
  const client = createClient({ url });
  const request = requestIn(await readRequest(FILE, { stdin: process.stdin, command: commandAt(url) }));
  const open = await openJob(client, request.entryPoint);
  const found = open ? undefined : await findEntryPoint(client, request.entryPoint);
  if (found) {
    say(`\n${entryPointLines(found, { command: commandAt(url) }).join('\n')}`);
    showNext(url, found.lastJob, say);
    return true;
  }
  const { id } = open ?? (await client.submit(request));
  say(`\n${open ? 'Resuming' : `Submitted ${EXAMPLE} as`} ${id}:`);
  const job = await follow(client, id);
  await showEnd(job, url, say);
  showNext(url, id, say);
  return job.status === 'SUCCEEDED';
}

/** A job of the example that an earlier start left open. */
async function openJob(client: Client, entryPoint: string) {
  const { items } = await client.jobs({ entryPoint, pageSize: 1 });
  return items.find(({ endedAt }) => endedAt === undefined);
}

async function follow(client: Client, id: string): Promise<Job> {
  const progress = showProgress(process.stdout);
  let last: Job | undefined;
  for await (const job of client.wait(id, { onRetry: progress.trouble })) {
    progress.show(job);
    last = job;
  }
  if (!last) throw new Error(`${id} ended without an answer`);
  return last;
}

async function showEnd(job: Job, url: string, say: Say): Promise<void> {
  const { transitions, polls } = await countTransitions(`${job.id}-${job.attempt}`);
  const cost = `${transitions} state transitions, ${polls} polls`;
  const [, ...facts] = endLines(job, { command: commandAt(url) });
  say(`\n${job.status} after ${tookOf(job)}, ${cost}.\n${[job.summary, ...facts].join('\n')}`);
}

/** The command line asks the default URL by itself. */
function commandAt(url: string) {
  return (words: string) => `npx gatehouse ${words}${url === DEFAULT_URL ? '' : ` --url ${url}`}`;
}

function showNext(url: string, jobId: string, say: Say): void {
  say(`
Poll the job:     curl ${url}/v1/jobs/${jobId}
Submit another:   curl ${url}/v1/jobs -H 'Idempotency-Key: ${crypto.randomUUID()}' -H 'Content-Type: application/yaml' --data-binary @examples/voice-udp.yaml
See the clouds:   curl ${url}/_twin/resources
Read the API:     ${url}/docs in a browser`);
}
