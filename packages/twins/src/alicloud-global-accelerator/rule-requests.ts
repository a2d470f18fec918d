// The requests of the operations on forwarding rules and additional certificates: all of them name the listener and its
// instance.
import { listOf, oneOf, type Reader, text } from '../shared/input.ts';
import { list, parameters, whole } from './readers.ts';
import { anyText, clientToken, dryRun, id, onListener } from './request-members.ts';
import { actionTypes, conditionTypes } from './rule-types.ts';

const values = parameters({ Values: list(text({ max: 4096 }), 1000) }, {});
const condition = parameters(
  { RuleConditionType: oneOf(...conditionTypes) },
  { RuleConditionValue: anyText, HostConfig: values, PathConfig: values },
);
const action = parameters(
  { Order: whole(), RuleActionType: oneOf(...actionTypes) },
  {
    RuleActionValue: anyText,
    ForwardGroupConfig: parameters(
      { ServerGroupTuples: listOf(parameters({ EndpointGroupId: id }, {}), { min: 1, max: 1 }) },
      {},
    ),
  },
);
const rule = { ForwardingRuleName: anyText, RuleDirection: oneOf('request') };
const conditions = listOf(condition, { min: 1, max: 100 });
const actions = listOf(action, { min: 1, max: 10 });
const Priority = whole(1, 10_000);
const rulesOf = <T>(item: Reader<T>) => listOf(item, { min: 1, max: 100 });

export const createForwardingRules = parameters(
  {
    ...onListener,
    ForwardingRules: rulesOf(
      parameters({ RuleActions: actions }, { ...rule, Priority, RuleConditions: conditions }),
    ),
  },
  clientToken,
);
export const updateForwardingRules = parameters(
  {
    ...onListener,
    ForwardingRules: rulesOf(
      parameters({ ForwardingRuleId: id, Priority, RuleConditions: conditions, RuleActions: actions }, rule),
    ),
  },
  clientToken,
);
export const deleteForwardingRules = parameters(
  { ...onListener, ForwardingRuleIds: rulesOf(id) },
  clientToken,
);
export const listForwardingRules = parameters(onListener, {
  ForwardingRuleId: id,
  MaxResults: whole(1, 100),
  NextToken: anyText,
  ...clientToken,
});

const Domain = text({ max: 253, pattern: /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$/i });
export const associateCertificates = parameters(
  { ...onListener, Certificates: listOf(parameters({ Domain, Id: id }, {}), { min: 1, max: 1000 }) },
  clientToken,
);
export const dissociateCertificates = parameters(
  { ...onListener, Domains: listOf(Domain, { min: 1, max: 1000 }) },
  clientToken,
);
export const updateAdditionalCertificate = parameters(
  { ...onListener, Domain, CertificateId: id },
  { ...dryRun, ...clientToken },
);
export const listListenerCertificates = parameters(onListener, {
  Role: oneOf('default', 'additional'),
  MaxResults: whole(1, 50),
  NextToken: anyText,
});

export type CreateForwardingRules = ReturnType<typeof createForwardingRules>;
export type UpdateForwardingRules = ReturnType<typeof updateForwardingRules>;
export type DeleteForwardingRules = ReturnType<typeof deleteForwardingRules>;
export type ListForwardingRules = ReturnType<typeof listForwardingRules>;
export type AssociateCertificates = ReturnType<typeof associateCertificates>;
export type DissociateCertificates = ReturnType<typeof dissociateCertificates>;
export type UpdateAdditionalCertificate = ReturnType<typeof updateAdditionalCertificate>;
export type ListListenerCertificates = ReturnType<typeof listListenerCertificates>;
