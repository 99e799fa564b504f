import AccountBalance from '@mui/icons-material/AccountBalance';
import { lazy } from 'react';

export const bankLines = { list: lazy(() => import('./bank-line-list')), icon: AccountBalance };
