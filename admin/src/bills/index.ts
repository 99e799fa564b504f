import ReceiptLong from '@mui/icons-material/ReceiptLong';
import { lazy } from 'react';

export const bills = { list: lazy(() => import('./bill-list')), icon: ReceiptLong };
