-- Cars, whose they are, and by which certificates they are known.
create table vehicle (
  number integer generated always as identity primary key,
  -- Random: says nothing of the VIN.
  vehicle text not null unique check (vehicle ~ '^[a-z0-9]{8,40}$'),
  name text not null check (char_length(name) between 1 and 60),
  model text not null check (char_length(model) between 1 and 60),
  simulated boolean not null,
  enrolled_at timestamptz not null,
  -- Last sign of life by the cloud's clock; written on every change of presence and at least once a minute.
  seen_at timestamptz
);

create table vehicle_owner (
  vehicle text not null references vehicle (vehicle) on delete cascade,
  account text not null,
  primary key (vehicle, account)
);
create index vehicle_owner_by_account on vehicle_owner (account);

create table vehicle_certificate (
  serial text primary key,
  vehicle text not null references vehicle (vehicle) on delete cascade,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz
);
create index vehicle_certificate_by_vehicle on vehicle_certificate (vehicle);

-- One-time codes by which a car joins; only their SHA-256 is kept.
create table enrolment_code (
  hash text primary key,
  -- Whose car it will be; nobody's yet where null.
  account text,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  -- Set by the first use, together: the same key may ask again with the same code if the answer was lost on the way.
  used_at timestamptz,
  used_by_key text,
  vehicle text references vehicle (vehicle) on delete cascade,
  check ((used_at is null) = (used_by_key is null))
);
create index enrolment_code_by_vehicle on enrolment_code (vehicle);

create table presence (
  vehicle integer not null references vehicle (number) on delete cascade,
  at timestamptz not null,
  online boolean not null,
  reason text not null
);
create index presence_by_vehicle on presence (vehicle, at);
create index presence_by_time on presence (at);
