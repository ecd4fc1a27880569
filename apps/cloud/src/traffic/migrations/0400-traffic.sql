-- How fast a stretch of road from one of OpenStreetMap's nodes to the next was driven in one quarter hour, by all cars together. No row
-- says which car: there is no such column, and none may be added.
create table traffic_speed (
  -- Quarter hours since 1970 (UTC).
  quarter integer not null,
  from_node bigint not null,
  to_node bigint not null,
  metres double precision not null check (metres >= 0),
  seconds double precision not null check (seconds >= 0),
  -- How often a car came onto the stretch.
  passes integer not null check (passes >= 0),
  primary key (quarter, from_node, to_node)
) with (fillfactor = 80);

-- What operators tell of the roads.
create table traffic_incident (
  incident uuid primary key,
  kind text not null check (kind in ('accident', 'works', 'closure', 'hazard')),
  lat double precision not null check (lat between -90 and 90),
  lon double precision not null check (lon between -180 and 180),
  -- Whole degrees clockwise from north of the traffic it holds up; null: both directions.
  heading smallint check (heading between 0 and 359),
  starts_at timestamptz not null,
  ends_at timestamptz,
  told_at timestamptz not null
);
