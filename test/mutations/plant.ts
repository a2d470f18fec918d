// Loaded before everything else, by `node --import`: plants the mutation that the environment names, in this process alone.
import { registerHooks } from 'node:module';
import { MUTATIONS } from './mutations.ts';
import { mutated, urlOf } from './planting.ts';
import { MUTATION, PLANTED } from './run-part.ts';

const name = process.env[MUTATION];
const mutation = MUTATIONS.find(({ loses }) => loses === name);
if (!mutation) throw new Error(`there is no mutation that loses ${name}`);

const { href } = urlOf(mutation);
const source = mutated(mutation);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (url !== href) return loaded;
    process.stderr.write(PLANTED);
    return { ...loaded, source };
  },
});
