import '@mantine/core/styles.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './app/ConsoleApp';
import { Root } from './app/Root';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no place for the console.');
}

createRoot(root).render(
  <StrictMode>
    <Root app={new ConsoleApp()} />
  </StrictMode>,
);
