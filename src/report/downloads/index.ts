/** What lets the reader of a page take its figures along: each as an SVG file, its numbers as CSV. Nothing is fetched for it. */
export { figureDownloads } from './figure-downloads.js';
