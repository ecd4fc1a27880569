import type { Generated } from "kysely";

/** The tables of migrations/, as Kysely sees them. */
export interface VehicleTables {
  vehicle: {
    number: Generated<number>;
    vehicle: string;
    name: string;
    model: string;
    simulated: boolean;
    enrolled_at: Date;
    seen_at: Date | null;
  };
  vehicle_owner: { vehicle: string; account: string };
  vehicle_certificate: {
    serial: string;
    vehicle: string;
    issued_at: Date;
    expires_at: Date;
    withdrawn_at: Date | null;
  };
  enrolment_code: {
    hash: string;
    account: string | null;
    issued_at: Date;
    expires_at: Date;
    used_at: Date | null;
    used_by_key: string | null;
    vehicle: string | null;
  };
  presence: { vehicle: number; at: Date; online: boolean; reason: string };
}
