import { startLoader } from './loader';

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  startLoader(script);
}
