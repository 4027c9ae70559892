/**
 * What the script loads once the customer has agreed: see `session/load-recorder.ts`. It is bundled alone and shares no object with the script but
 * those that are handed to it, so `instanceof` does not know what the script's half has made.
 */
export { PageCapture } from './page-capture';
