-- One row for each car, batch and second: what was measured in it, as columns. A row for each sample took three times the room and five times as long.
create table measured (
  -- The second in which it is filed: the car's own, or that of arrival where the car's clock was absurd.
  at timestamptz not null,
  -- By the cloud's clock.
  arrived timestamptz not null,
  boot bigint not null,
  seq bigint not null,
  vehicle integer not null,
  -- As in packages/link: 0 alarm, 1 state, 2 trip, 3 bulk.
  class smallint not null,
  -- Who asked for it; null in what came before there were campaigns.
  campaign text,
  -- Sample n is signals[n] at `at` plus offsets[n] milliseconds. Its value is numbers[n], or what `others` holds under n - 1; neither: the car has
  -- no such value any more.
  signals integer[] not null,
  offsets smallint[] not null,
  numbers double precision[] not null,
  others jsonb,
  -- The car's own time in ms since 1970 wherever it is not the one under which the sample is filed.
  car_at double precision[]
) partition by range (at);
create index measured_by_vehicle on measured (vehicle, at);
-- Rows lie in the order of their arrival, so this costs next to nothing; it finds what came after the twin was last kept.
create index measured_by_arrival on measured using brin (arrived) with (pages_per_range = 16);

do $$
declare
  day record;
begin
  for day in
    select child.relname as name, substring(child.relname from 8)::date as date
    from pg_inherits join pg_class child on child.oid = inhrelid where inhparent = 'sample'::regclass
  loop
    execute format('create table %I partition of measured for values from (%L) to (%L)',
      'measured_' || to_char(day.date, 'YYYYMMDD'), day.date::timestamp at time zone 'UTC', (day.date + 1)::timestamp at time zone 'UTC');
  end loop;
end $$;

insert into measured (at, arrived, boot, seq, vehicle, class, signals, offsets, numbers, others, car_at)
select second, second, 0, 0, vehicle, 2,
       array_agg(signal order by n),
       array_agg(least(999, extract(milliseconds from at - second))::smallint order by n),
       array_agg(number order by n),
       jsonb_object_agg((n - 1)::text, coalesce(to_jsonb(flag), to_jsonb(words), list))
         filter (where flag is not null or words is not null or list is not null),
       case when count(car_at) > 0 then array_agg(extract(epoch from car_at)::float8 * 1000 order by n) end
from (
  select *, date_trunc('second', at) as second,
         row_number() over (partition by vehicle, date_trunc('second', at) order by at, signal) as n
  from sample
) as numbered
group by vehicle, second;

drop table sample;

-- A row for each sample, for whoever looks into the database.
create view sample as
select m.at + v.offset_ms * interval '1 millisecond' as at, v.number,
       to_timestamp(v.car_at / 1000) as car_at, m.vehicle, v.signal,
       case when jsonb_typeof(o.value) = 'boolean' then o.value::boolean end as flag,
       case when jsonb_typeof(o.value) = 'string' then o.value #>> '{}' end as words,
       case when jsonb_typeof(o.value) = 'array' then o.value end as list,
       m.boot, m.seq, m.class, m.campaign
from measured m
cross join lateral unnest(m.signals, m.offsets, m.numbers, m.car_at) with ordinality as v (signal, offset_ms, number, car_at, n)
left join lateral (select m.others -> (v.n - 1)::text as value) as o on true;

-- The latest values of each car as JSON by path, [UTC ms, value]; kept every few seconds. What came since then is read from the history at the start.
create table twin_state (
  vehicle integer primary key,
  latest jsonb not null
);
alter table twin_state alter column latest set storage external;
create table twin_kept (only_row boolean primary key default true check (only_row), at timestamptz not null);
insert into twin_state (vehicle, latest)
select vehicle, jsonb_object_agg(path, jsonb_build_array(extract(epoch from at)::float8 * 1000, value))
from twin join signal_path using (signal) where value <> 'null' group by vehicle;
insert into twin_kept (at) select least(now(), coalesce(max(at), 'epoch')) from twin;
drop table twin;

-- Each class of each boot has a sequence of its own.
alter table batch_cursor add column class smallint not null default 2;
alter table batch_cursor drop constraint batch_cursor_pkey;
alter table batch_cursor add primary key (vehicle, boot, class);
-- The last time that was measured in it, so that a gap has a beginning.
alter table batch_cursor add column last_at timestamptz;

-- Batches that did not come in their order. `lost`: given up by the car to keep its outbox in bounds; `filled`: sent again and taken later.
create table batch_gap (
  vehicle integer not null,
  found_at timestamptz not null,
  boot bigint not null,
  class smallint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  kind text not null check (kind in ('lost', 'filled')),
  -- The last time measured before it and the first one after it.
  from_at timestamptz,
  to_at timestamptz
);
create index batch_gap_by_vehicle on batch_gap (vehicle, found_at);
