// The Lambda that notes why a lane stopped, or Begin failed, so that the job turns back.
import { stop } from '@gatehouse/core/saga/evaluate';
import { lambda } from '../lambda.ts';
import { tablePorts } from '../table-ports.ts';

export const handler = lambda(tablePorts, stop);
