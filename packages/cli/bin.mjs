#!/usr/bin/env node
// `npx gatehouse`: the command line on the Node that the project brings.
import { fileURLToPath } from 'node:url';
import { launch } from '../local/project-node.mjs';

launch([fileURLToPath(new URL('src/main.ts', import.meta.url)), ...process.argv.slice(2)]);
