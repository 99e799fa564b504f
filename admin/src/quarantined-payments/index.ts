import Report from '@mui/icons-material/Report';
import { lazy } from 'react';

export const quarantinedPayments = { list: lazy(() => import('./quarantined-list')), icon: Report };
