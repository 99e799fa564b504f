import Description from '@mui/icons-material/Description';
import { lazy } from 'react';

export const leases = {
  list: lazy(() => import('./lease-list')),
  show: lazy(() => import('./show/lease-show')),
  create: lazy(() => import('./create/lease-create')),
  icon: Description,
};
