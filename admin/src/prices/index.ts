import Sell from '@mui/icons-material/Sell';
import { lazy } from 'react';

export const prices = {
  list: lazy(() => import('./price-list')),
  create: lazy(() => import('./price-create')),
  icon: Sell,
};
