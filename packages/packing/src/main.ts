// `npm run pack`: installable packages of the client and the command line, in build/ or in the folder that is given.
import { resolve } from 'node:path';
import { packCli } from './cli.ts';
import { packClient } from './client.ts';
import { ROOT } from './stage.ts';

const into = resolve(ROOT, process.argv[2] ?? 'build');
console.log(await packClient(into));
console.log(await packCli(into));
console.log(`${into}/gatehouse.mjs`);
