// Runs what it is given on the Node that the project brings: every npm script passes here.
import { launch } from './project-node.mjs';

launch(process.argv.slice(2));
