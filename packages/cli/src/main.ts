// The process around the command line: its streams, and what ends it.
import { run } from './program.ts';

const stopped = new AbortController();
// The second Ctrl-C ends the process as it ends any.
process.once('SIGINT', () => stopped.abort());
// The launcher is gone: nobody reads what is said any more.
process.once('disconnect', () => stopped.abort());
process.channel?.unref();

const { stdin, stdout, stderr } = process;
process.exitCode = await run(process.argv.slice(2), { stdin, stdout, stderr, stopped: stopped.signal });
