// Additional certificates: one for each domain, besides the certificate of an HTTPS listener itself. Changing them is a
// change of the listener.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startChange, stateOf } from './changes.ts';
import { gaError, illegal } from './errors.ts';
import { certificateLimits } from './limits.ts';
import { refuseUnknownCertificate } from './listener-settings.ts';
import type { AdditionalCertificate, Listener, Phase } from './model.ts';
import { tokenPage } from './pages.ts';
import type {
  AssociateCertificates,
  DissociateCertificates,
  ListListenerCertificates,
  UpdateAdditionalCertificate,
} from './rule-requests.ts';
import { certificates } from './seed.ts';
import { certificatesOf, findAccelerator, findListener, type State } from './state.ts';
import { sameDomain } from './switches.ts';

/** A certificate in an answer. The default certificate has no domain. */
interface Shown {
  CertificateId: string;
  Domain?: string;
  IsDefault: boolean;
  State: string;
}

type Place = { AcceleratorId: string; ListenerId: string };

export function associateCertificates(state: State, request: AssociateCertificates, context: Context): Done {
  const listener = changeable(state, request, context);
  const { perCall, perListener } = certificateLimits;
  const requested = request.Certificates;
  if (requested.length > perCall) throw illegal('Certificates', `have at most ${perCall} members`);
  if (new Set(requested.map(({ Domain }) => Domain)).size < requested.length)
    throw illegal('Domain', 'be there once');
  const present = certificatesOf(state, listener.ListenerId);
  const taken = present.find(({ Domain }) => requested.some(each => each.Domain === Domain));
  if (taken && context.setting(sameDomain) === 'refuse') {
    throw illegal('Domain', `not be ${taken.Domain}, which has a certificate`);
  }
  const kept = present.filter(({ Domain }) => !requested.some(each => each.Domain === Domain));
  if (kept.length + requested.length > perListener) {
    const message = `A listener has at most ${perListener} additional certificates`;
    throw gaError('QuotaExceeded.AdditionalCertificate', message);
  }
  for (const { Id } of requested) refuseCertificate(state, listener, Id);

  const phase: Phase = { kind: 'create', settling: { at: context.now } };
  const added = requested.map(({ Domain, Id: CertificateId }) => {
    return { ListenerId: listener.ListenerId, Domain, CertificateId, phase };
  });
  state.certificates = [...state.certificates.filter(each => !present.includes(each)), ...kept, ...added];
  enterPhase(state, listener, { changed: added, kind: 'create' }, context);
  return { answer: {}, changed: true };
}

export function dissociateCertificates(
  state: State,
  request: DissociateCertificates,
  context: Context,
): Done {
  const listener = changeable(state, request, context);
  const changed = request.Domains.map(domain => findCertificate(state, listener, domain));
  enterPhase(state, listener, { changed, kind: 'delete' }, context);
  return { answer: {}, changed: true };
}

/** A dry run that passes answers with an error code. */
export function updateAdditionalCertificate(
  state: State,
  request: UpdateAdditionalCertificate,
  context: Context,
): Done {
  const listener = changeable(state, request, context);
  const certificate = findCertificate(state, listener, request.Domain);
  refuseCertificate(state, listener, request.CertificateId);
  if (request.DryRun) {
    throw gaError('DryRunOperation', 'Request validation has been passed with DryRun flag set.');
  }
  const changed = certificate.CertificateId !== request.CertificateId;
  certificate.CertificateId = request.CertificateId;
  enterPhase(state, listener, { changed: [certificate], kind: 'update' }, context);
  return { answer: {}, changed };
}

export function listListenerCertificates(
  state: State,
  request: ListListenerCertificates,
  context: Context,
): Done {
  findAccelerator(state, request.AcceleratorId);
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  const { Role } = request;
  const own: Shown[] = listener.Certificates.map(CertificateId => {
    return { CertificateId, IsDefault: true, State: 'active' };
  });
  const unseen = listener.Protocol !== 'HTTPS';
  const present = unseen ? [] : certificatesOf(state, listener.ListenerId);
  const additional = present.map(({ phase, Domain, CertificateId }) => {
    const isActive = stateOf(phase, context) === 'active';
    return { CertificateId, Domain, IsDefault: false, State: isActive ? 'active' : 'updating' };
  });
  const all = [...(Role === 'additional' ? [] : own), ...(Role === 'default' ? [] : additional)];
  const list = { of: listener.ListenerId, keyOf: ({ Domain = '' }: Shown) => Domain };
  const { items, ...page } = tokenPage(all, request, list);
  return { answer: { Certificates: items, ...page }, changed: false };
}

function changeable(state: State, place: Place, context: Context): Listener {
  const accelerator = findAccelerator(state, place.AcceleratorId);
  const listener = findListener(state, place.ListenerId, place.AcceleratorId);
  const resource = { phase: listener.phase, code: 'StateError.Listener' as const };
  refuseWhileBusy({ accelerator, listener, resource }, context);
  if (listener.Protocol !== 'HTTPS') throw illegal('ListenerId', 'be of an HTTPS listener');
  return listener;
}

function findCertificate(state: State, listener: Listener, domain: string): AdditionalCertificate {
  const found = certificatesOf(state, listener.ListenerId).find(({ Domain }) => Domain === domain);
  if (!found) throw gaError('NotExist.Certificate', `${listener.ListenerId} has none for ${domain}`);
  return found;
}

/** On subscription instances, all certificates have the key type of the listener's own. */
function refuseCertificate(state: State, listener: Listener, id: string): void {
  refuseUnknownCertificate(id);
  const { InstanceChargeType } = findAccelerator(state, listener.AcceleratorId);
  const own = certificates.get(listener.Certificates[0] ?? '');
  if (InstanceChargeType === 'PREPAY' && own === 'ECC' && certificates.get(id) !== 'ECC') {
    throw illegal('Certificates', "be ECC as the listener's own");
  }
}

function enterPhase(
  state: State,
  listener: Listener,
  { changed, kind }: { changed: AdditionalCertificate[]; kind: Phase['kind'] },
  context: Context,
): void {
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  const settling = startChange(accelerator, {}, context);
  for (const certificate of changed) certificate.phase = { kind, settling };
  listener.phase = { kind: 'update', settling };
}
