/**
 * The chapter of a campaign: what came of it, what each round tried and why it kept what it did, how a second state was found,
 * what every number rests on. Where a round's free energies and pilots lie is told beside each.
 */
export { campaignParts, campaignSection } from './campaign.js';
export { campaignSteps } from './steps.js';
export { campaignVerdict } from './verdict.js';
