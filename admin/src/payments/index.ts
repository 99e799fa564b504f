import Payments from '@mui/icons-material/Payments';
import { lazy } from 'react';

export const payments = { list: lazy(() => import('./payment-list')), icon: Payments };
