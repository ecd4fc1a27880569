/** The tables of migrations/, as Kysely sees them. */
export interface TrafficTables {
  /** 64-bit numbers come from the database as text. */
  traffic_speed: {
    quarter: number;
    from_node: string;
    to_node: string;
    metres: number;
    seconds: number;
    passes: number;
  };
  traffic_incident: {
    incident: string;
    kind: string;
    lat: number;
    lon: number;
    heading: number | null;
    starts_at: Date;
    ends_at: Date | null;
    told_at: Date;
  };
}
