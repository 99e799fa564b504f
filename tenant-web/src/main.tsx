import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, openPendingResult } from './app';
import { startI18n } from './i18n/start';
import './theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
startI18n();
openPendingResult();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
