export { UNREADABLE } from './display-text';
export { escapeHtml, Html, markup } from './markup';
export { staticPage } from './static-page';
