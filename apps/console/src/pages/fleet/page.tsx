import type { CloudClient, CloudState } from "@caravan/link";
import {
  EmptyState,
  ErrorState,
  IconButton,
  MapView,
  Skeleton,
  TextField,
  useLoaded,
  useWords,
  type MapHandle,
} from "@caravan/ui";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { goTo } from "../../address.ts";
import { words } from "../../words/words.ts";
import { AddCar } from "./add-car.tsx";
import { csvOf, saveFile } from "./csv.ts";
import { rowsOf, type Order, type Row } from "./row.ts";
import { FleetTable } from "./table.tsx";
import { VehiclePanel } from "./vehicle-panel.tsx";
import "./fleet.css";

const select = (vehicle: string | undefined) => goTo({ page: "fleet", vehicle });

/** All cars on a map and in a table; one of them, with its history, in a panel at the side. */
export function FleetPage(props: {
  readonly cloud: CloudClient;
  readonly state: CloudState;
  readonly selected: string | undefined;
}): ReactElement {
  const { cloud, state, selected } = props;
  const say = useWords(words);
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState<Order>({ by: "name", descending: false });
  const [isAdding, setAdding] = useState(false);
  const tableHead = useRef<HTMLElement>(null);
  const { fleet, me } = state;
  const rows = useMemo(() => (fleet === undefined ? [] : rowsOf(fleet, filter, order)), [fleet, filter, order]);

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.key === "/" && !isTyping) {
        event.preventDefault();
        tableHead.current?.querySelector("input")?.focus();
      }
      const isInDialog = event.target instanceof Element && event.target.closest("dialog") !== null;
      if (event.key === "Escape" && !isInDialog && !event.defaultPrevented) select(undefined);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    // Arrows inside the panel or a dialog belong to the control that has the focus.
    const isInTable = event.target instanceof Element && event.target.closest(".console-panel, dialog") === null;
    if (by === 0 || rows.length === 0 || !isInTable) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.vehicle === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) select(next.vehicle);
  };

  const isLost = state.connection === "lost";
  const online = rows.filter((row) => row.online).length;
  return (
    <main className="console-fleet" data-panel={selected !== undefined} onKeyDown={step}>
      <FleetMap cloud={cloud} rows={rows} isLost={isLost} selected={selected} onSelect={select} />
      <section className="console-table-box" aria-label={say.fleet}>
        <header className="console-table-head" ref={tableHead}>
          <TextField
            label={say.filter}
            hideLabel
            icon="search"
            kind="search"
            placeholder={say.filterHint}
            value={filter}
            onChange={setFilter}
            clearLabel={say.close}
          />
          <span className="console-quiet" role="status">
            {fleet === undefined ? "" : say.count({ shown: rows.length, all: fleet.size, online })}
          </span>
          {me?.role === "operator" ? (
            <IconButton icon="plus" label={say.addCar} onPress={() => setAdding(true)} />
          ) : null}
          <IconButton
            icon="download"
            label={say.exportTable}
            disabled={rows.length === 0}
            onPress={() => saveFile("fleet.csv", tableAsCsv(rows))}
          />
        </header>
        {fleet === undefined ? <Skeleton label={say.connecting} rows={8} /> : null}
        {fleet?.size === 0 ? <EmptyState icon="car" title={say.noCars} text={say.noCarsText} /> : null}
        {fleet !== undefined && fleet.size > 0 && rows.length === 0 ? (
          <EmptyState icon="search" title={say.noMatch} />
        ) : null}
        {rows.length > 0 ? (
          <FleetTable
            rows={rows}
            order={order}
            onOrder={setOrder}
            selected={selected}
            onSelect={select}
            isLost={isLost}
          />
        ) : null}
      </section>
      {selected === undefined || fleet === undefined ? null : (
        <VehiclePanel
          key={selected}
          cloud={cloud}
          vehicle={fleet.get(selected)}
          isLost={isLost}
          onClose={() => select(undefined)}
        />
      )}
      {isAdding && me !== undefined ? (
        <AddCar cloud={cloud} account={me.account} onClose={() => setAdding(false)} />
      ) : null}
    </main>
  );
}

function FleetMap(props: {
  readonly cloud: CloudClient;
  readonly rows: readonly Row[];
  readonly isLost: boolean;
  readonly selected: string | undefined;
  readonly onSelect: (vehicle: string) => void;
}): ReactElement {
  const { cloud, rows, isLost, selected } = props;
  const say = useWords(words);
  const loadMap = useCallback(() => cloud.map(), [cloud]);
  const [city, retry] = useLoaded(loadMap);
  const [map, setMap] = useState<MapHandle>();
  const hasFitted = useRef(false);

  useEffect(() => {
    if (map === undefined) return;
    const cars = rows.flatMap(({ vehicle, name, online, position }) =>
      position === undefined
        ? []
        : [{ id: vehicle, name, online: online && !isLost, ...position, selected: vehicle === selected }],
    );
    map.setCars(cars);
    if (!hasFitted.current && cars.length > 0) {
      hasFitted.current = true;
      map.fitCars();
    }
  }, [map, rows, isLost, selected]);

  return (
    <section className="console-map" aria-label={say.map}>
      {city === undefined ? <Skeleton label={say.connecting} rows={1} /> : null}
      {city?.kind === "failed" ? (
        <ErrorState icon="map" title={say.noMap} action={{ label: say.retry, onPress: retry }} />
      ) : null}
      {city?.kind === "answer" ? (
        <>
          <MapView info={city.value} mode="overview" onReady={setMap} onCarTap={props.onSelect} />
          <div className="console-map-tools">
            <IconButton icon="recentre" label={say.fitAll} kind="over-map" onPress={() => map?.fitCars()} />
          </div>
        </>
      ) : null}
    </section>
  );
}

function tableAsCsv(rows: readonly Row[]): string {
  return csvOf(
    [
      "vehicle",
      "name",
      "model",
      "online",
      "speed_km_h",
      "charge_percent",
      "range_m",
      "street",
      "odometer_m",
      "lat",
      "lon",
      "seen_utc",
    ],
    rows.map((row) => [
      row.vehicle,
      row.name,
      row.model,
      row.online,
      row.speed,
      row.charge,
      row.range,
      row.street,
      row.odometer,
      row.position?.lat,
      row.position?.lon,
      row.seenAt === undefined ? undefined : new Date(row.seenAt).toISOString(),
    ]),
  );
}
