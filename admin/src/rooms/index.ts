import GridView from '@mui/icons-material/GridView';
import { lazy } from 'react';

export const rooms = { list: lazy(() => import('./room-board')), icon: GridView };
