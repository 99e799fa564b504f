import CloudUpload from '@mui/icons-material/CloudUpload';
import { lazy } from 'react';

export const imports = { list: lazy(() => import('./import-page')), icon: CloudUpload };
