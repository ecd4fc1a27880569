-- Paths are long and few: samples hold a number instead.
create table signal_path (
  signal integer generated always as identity primary key,
  path text not null unique check (octet_length(path) between 1 and 200)
);

-- One row for each sample. Exactly one of number, flag, words and list is set; none is: the car has no such value any more.
-- Partitions are made by the program, one for each day (UTC).
create table sample (
  -- The car's own time; the time of arrival where the car's clock was absurd.
  at timestamptz not null,
  number double precision,
  -- The car's own time wherever `at` is not.
  car_at timestamptz,
  vehicle integer not null,
  signal integer not null,
  flag boolean,
  words text,
  list jsonb
) partition by range (at);
create index sample_by_signal on sample (vehicle, signal, at);

-- The latest value of each signal of each car; written in the transaction of its sample. Room in each page keeps updates in place.
create table twin (
  vehicle integer not null,
  signal integer not null,
  at timestamptz not null,
  value jsonb not null,
  primary key (vehicle, signal)
) with (fillfactor = 60);

-- How far each boot of each car has been taken in; moves in the transaction of the samples, so a batch counts once however often it is sent.
create table batch_cursor (
  vehicle integer not null,
  boot bigint not null,
  last_seq bigint not null,
  -- Batches that the car had to give up before they were sent.
  skipped bigint not null default 0,
  -- Batches whose body could not be read.
  unreadable bigint not null default 0,
  updated_at timestamptz not null,
  primary key (vehicle, boot)
) with (fillfactor = 60);
