import Gavel from '@mui/icons-material/Gavel';
import { lazy } from 'react';

export const policy = { list: lazy(() => import('./policy-page')), icon: Gavel };
