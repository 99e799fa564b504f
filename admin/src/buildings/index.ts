import Domain from '@mui/icons-material/Domain';
import { lazy } from 'react';

export const buildings = { list: lazy(() => import('./building-list')), icon: Domain };
