// One mutation each of the fence, of the order of intent, call and outcome, and of the tokens; full/ plants every one.
import { findEach } from './find-each.ts';
import { MUTATIONS } from './mutations.ts';

findEach(MUTATIONS.filter(({ inSample }) => inSample));
