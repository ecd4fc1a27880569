-- What cars are asked to send. `wish` is the CampaignWish of packages/link as JSON; each change of it is a new revision.
create table campaign (
  campaign text primary key check (campaign ~ '^[a-z0-9]{4,24}$'),
  revision integer not null check (revision >= 1),
  wish jsonb not null,
  -- For every car there is and will be; else for those in campaign_vehicle.
  everybody boolean not null,
  is_running boolean not null,
  made_at timestamptz not null,
  changed_at timestamptz not null
);

create table campaign_vehicle (
  campaign text not null references campaign (campaign) on delete cascade,
  vehicle text not null references vehicle (vehicle) on delete cascade,
  primary key (campaign, vehicle)
);
create index campaign_vehicle_by_vehicle on campaign_vehicle (vehicle);

-- The last list that was signed for each car; the same list is never signed twice.
create table campaign_list (
  vehicle text primary key references vehicle (vehicle) on delete cascade,
  -- Of the content without its revision.
  digest text not null,
  revision bigint not null,
  message text not null
);

-- How each car last said it stands with its campaigns: the CampaignReport of packages/link as JSON.
create table campaign_report (
  vehicle text primary key references vehicle (vehicle) on delete cascade,
  at timestamptz not null,
  report jsonb not null
);

-- What owners consented to and when, with what they withdrew: the last row of a purpose counts.
create table consent (
  vehicle text not null references vehicle (vehicle) on delete cascade,
  purpose text not null check (purpose in ('operation', 'service', 'research', 'marketing')),
  at timestamptz not null,
  given boolean not null,
  account text not null,
  primary key (vehicle, purpose, at)
);
