import TaskAlt from '@mui/icons-material/TaskAlt';
import { lazy } from 'react';

export const approvals = { list: lazy(() => import('./approval-list')), icon: TaskAlt };
