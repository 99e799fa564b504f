import Apartment from '@mui/icons-material/Apartment';
import { lazy } from 'react';

export const communities = {
  list: lazy(() => import('./community-list')),
  edit: lazy(() => import('./community-edit')),
  create: lazy(() => import('./community-create')),
  icon: Apartment,
  recordRepresentation: 'name',
};
