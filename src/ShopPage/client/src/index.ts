/**
 * What our scripts on a shop's pages have in common. A script that must stay small imports the one file that it needs
 * (`@copilot/shop-page/page-settings`), all others this.
 */
export * from './adopt-styles';
export * from './browser-storage';
export * from './customer-identity';
export * from './customer-token';
export * from './dom';
export * from './join-request';
export * from './kept-names';
export * from './language';
export * from './page-settings';
export * from './server-api';
