import Build from '@mui/icons-material/Build';
import { lazy } from 'react';

export const workOrders = { list: lazy(() => import('./work-order-list')), icon: Build };
