import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';
import { isFinal, type LeaseStatus } from '../../../domain/lease';
import type { LeaseRow } from '../data/contract';

type Tone = 'default' | 'success' | 'warning' | 'error' | 'info';

const STATUS_TONE: Record<LeaseStatus, Tone> = {
  signed: 'info',
  awaitingFirstPayment: 'warning',
  awaitingApproval: 'warning',
  awaitingSeal: 'info',
  effective: 'success',
  ending: 'warning',
  checkingOut: 'info',
  closed: 'default',
  expired: 'default',
  rejected: 'default',
  cancelled: 'default',
};

export function StatusChip({ status }: { status: LeaseStatus }) {
  const t = useTranslate();
  return <Chip size="small" color={STATUS_TONE[status]} label={t(`app.leaseStatus.${status}`)} />;
}

type EnforcementProps = Pick<LeaseRow, 'enforcement' | 'status'>;

/** Nothing for a lease that is not locked out, nor for one that is over: its door is nobody's concern any more. */
export function EnforcementChip({ enforcement, status }: EnforcementProps) {
  const t = useTranslate();
  if (enforcement === 'none' || isFinal(status)) return null;
  const color = enforcement === 'restricted' ? 'error' : 'warning';
  return <Chip size="small" color={color} label={t(`app.enforcement.${enforcement}`)} />;
}

/** Said of every device without metal behind it and of every simulated seam. */
export function VirtualChip({ of }: { of: 'door' | 'power' | 'seal' | 'sms' }) {
  const t = useTranslate();
  return <Chip size="small" variant="outlined" color="secondary" label={t(`app.virtual.${of}`)} />;
}
