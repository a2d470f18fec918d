// Every mutation of every second part, the second and so on: two files, as there are two cores. `npm test` has a sample.
import { findEach } from '../find-each.ts';
import { MUTATIONS } from '../mutations.ts';
import { PARTS } from '../parts.ts';

const parts = Object.keys(PARTS).filter((_, at) => at % 2 === 1);
findEach(MUTATIONS.filter(({ part }) => parts.includes(part)));
