// The example job of `npm start`: submitted over the REST API like anybody's, followed until it ends.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@gatehouse/core/answers';
import { showProgress } from './progress.ts';
import { countTransitions } from './transitions.ts';

const EXAMPLE = 'examples/checkout-edge.yaml';
const NAME = 'checkout-edge';
const POLL_MS = 250;

type Say = (line: string) => void;

/** Gives whether the example stands at the end. */
export async function runDemo(url: string, say: Say): Promise<boolean> {
  const found = await openJob(url);
  const submitted = found ?? (await submit(url));
  if ('standing' in submitted) {
    say(`\n${NAME} stands already, made by ${submitted.standing}:`);
    const job = await getJob(url, submitted.standing);
    showResources(job, say);
    showNext(url, job, say);
    return true;
  }
  say(`\n${found ? 'Going on with' : `Submitted ${EXAMPLE} as`} ${submitted.job}:`);
  const job = await follow(url, submitted.job);
  await showEnd(job, say);
  showNext(url, job, say);
  return job.status === 'SUCCEEDED';
}

/** A job of the example that an earlier start left under way. */
async function openJob(url: string): Promise<{ job: string } | undefined> {
  const { items } = await getJson<{ items: JobView[] }>(`${url}/v1/jobs?entryPoint=${NAME}&pageSize=1`);
  const [newest] = items;
  return newest && !newest.endedAt ? { job: newest.id } : undefined;
}

async function submit(url: string): Promise<{ job: string } | { standing: string }> {
  const body = await readFile(new URL(`../../../${EXAMPLE}`, import.meta.url), 'utf8');
  const headers = {
    'content-type': 'application/yaml',
    'idempotency-key': `npm-start-${crypto.randomUUID()}`,
  };
  const response = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body });
  const answer = (await response.json()) as {
    id: string;
    code?: string;
    detail?: string;
    links: { job?: string };
  };
  if (response.status === 202) return { job: answer.id };
  const standing = answer.links?.job?.split('/').at(-1);
  if (answer.code === 'EntryPointExists' && standing) return { standing };
  throw new Error(`the example was refused: ${answer.detail}`);
}

async function follow(url: string, id: string): Promise<JobView> {
  const show = showProgress();
  for (;;) {
    const job = await getJob(url, id);
    show(job);
    if (job.endedAt) return job;
    await sleep(POLL_MS);
  }
}

async function showEnd(job: JobView, say: Say): Promise<void> {
  const seconds = (Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt ?? job.createdAt)) / 1000;
  const { transitions, polls } = await countTransitions(`${job.id}-${job.attempt}`);
  say(
    `\n${job.status} after ${seconds.toFixed(1)} s, ${transitions} transitions of the state machine, ${polls} times asked again.`,
  );
  if (job.status !== 'SUCCEEDED') say(job.summary);
  showResources(job, say);
}

function showResources(job: JobView, say: Say): void {
  for (const { title, cloudId, act } of job.steps)
    if (cloudId && act === 'create') say(`  ${title}: ${cloudId}`);
}

function showNext(url: string, job: JobView, say: Say): void {
  say(`
Poll it:          curl ${url}/v1/jobs/${job.id}
Submit another:   curl ${url}/v1/jobs -H 'Idempotency-Key: my-first-job' -H 'Content-Type: application/yaml' --data-binary @examples/voice-udp.yaml
See the cloud:    curl ${url}/_twin/resources`);
}

function getJob(url: string, id: string): Promise<JobView> {
  return getJson<JobView>(`${url}/v1/jobs/${id}`);
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`);
  return (await response.json()) as T;
}
