import Calculate from '@mui/icons-material/Calculate';
import { lazy } from 'react';

export const quotes = { list: lazy(() => import('./quote-page')), icon: Calculate };
