// Runs a file on the Node that the project installs. Every npm script starts here.
import { launch } from './project-node.mjs';

launch(process.argv.slice(2));
