import History from '@mui/icons-material/History';
import { lazy } from 'react';

export const audit = { list: lazy(() => import('./audit-list')), icon: History };
