import People from '@mui/icons-material/People';
import { lazy } from 'react';

export const tenants = {
  list: lazy(() => import('./tenant-list')),
  create: lazy(() => import('./tenant-create')),
  icon: People,
  recordRepresentation: 'name',
};
