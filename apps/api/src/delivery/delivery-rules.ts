import { permit, refuse, type Decision } from '@haoban/domain';
import type { CaseFile, CertificateFacts } from '../cases/cases.service.js';

/** Whether the certificate of this case may be sent now; `next` is the certificate. */
export function decideSend(file: CaseFile, hasOpenDelivery: boolean): Decision<CertificateFacts> {
  if (!file.courierAllowed) return refuse('DELIVERY_NOT_ALLOWED');
  if (hasOpenDelivery) return refuse('DELIVERY_ALREADY_EXISTS');
  if (!file.certificate) return refuse('CERTIFICATE_NOT_ISSUED');
  return file.certificate.place === 'at_hall' ? permit(file.certificate) : refuse('DELIVERY_NOT_ALLOWED');
}
