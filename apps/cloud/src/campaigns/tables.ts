/** The tables of migrations/, as Kysely sees them. */
export interface CampaignTables {
  campaign: {
    campaign: string;
    revision: number;
    /** JSON, read as unknown. */
    wish: unknown;
    everybody: boolean;
    is_running: boolean;
    made_at: Date;
    changed_at: Date;
  };
  campaign_vehicle: { campaign: string; vehicle: string };
  /** 64-bit numbers come from the database as text. */
  campaign_list: { vehicle: string; digest: string; revision: string; message: string };
  campaign_report: { vehicle: string; at: Date; report: unknown };
  consent: { vehicle: string; purpose: string; at: Date; given: boolean; account: string };
  /** Of vehicles/, read only. */
  vehicle: { vehicle: string; name: string };
}
