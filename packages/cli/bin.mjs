#!/usr/bin/env node
// `npx gatehouse`: runs the command line on the Node that the project installs.
import { fileURLToPath } from 'node:url';
import { launch } from '../local/project-node.mjs';

launch([fileURLToPath(new URL('src/main.ts', import.meta.url)), ...process.argv.slice(2)]);
