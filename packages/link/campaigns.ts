/** What a car is asked to send: campaigns, their conditions, and what cloud and car say to each other about them. */
export { checkExpression, signalsOf } from "./src/campaign/check.ts";
export type { DescribedSignal } from "./src/campaign/check.ts";
export { compileExpression } from "./src/campaign/compile.ts";
export { expressionLimits } from "./src/campaign/expression.ts";
export type { Expression, ExpressionFault, ParsedExpression } from "./src/campaign/expression.ts";
export { CampaignList, CampaignReport, decodeReport, decodeSignedList, signedBytes } from "./src/campaign/message.ts";
export type { CampaignState, SignedCampaignList } from "./src/campaign/message.ts";
export { matchesPath, ruleFor } from "./src/campaign/rules.ts";
export { standardCampaign } from "./src/campaign/standard.ts";
export { CampaignDetail, CampaignSummary, VehicleCampaigns } from "./src/campaign/summary.ts";
export type { CampaignCarState } from "./src/campaign/summary.ts";
export { batchClasses, Campaign, campaignLimits, CampaignRule, CampaignWish, purposes } from "./src/campaign/terms.ts";
export type { BatchClass, Purpose } from "./src/campaign/terms.ts";
