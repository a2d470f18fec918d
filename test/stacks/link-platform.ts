// Makes the types of SST's platform known to the compiler and to editors, in a fresh clone.
import { linkPlatform } from './platform.ts';

linkPlatform();
