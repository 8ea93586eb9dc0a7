/**
 * Runs and campaigns that are watched as a page: what a look says as HTML with figures, and the server that hands it out on this
 * machine alone. The page needs nothing else; its one script asks for what is new.
 */
export { campaignPage } from './campaign-page.js';
export { watchSection } from './watch-section.js';
export type { PageContent } from './page-text.js';
export { servePage, type ServedPage } from './serve-page.js';
