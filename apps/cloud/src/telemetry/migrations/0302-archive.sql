-- Days that have left the database for a Parquet file. A file that is not in here is not part of the history, whatever lies in the folder.
create table archive_file (
  name text primary key check (name ~ '^[0-9]{8}-[0-9]+\.parquet$'),
  -- Days since 1970 (UTC).
  day integer not null,
  samples bigint not null,
  bytes bigint not null,
  made_at timestamptz not null
);
create index archive_file_by_day on archive_file (day);
