import { Icon, useNow, useScreen, useWords } from "@caravan/ui";
import { useEffect, useRef, type ReactElement } from "react";
import { words } from "../../words/words.ts";
import type { Column, Order, Row } from "./row.ts";

/** The fleet as a table; a click on a head sorts, a click on a row opens the car. */
export function FleetTable(props: {
  readonly rows: readonly Row[];
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly selected: string | undefined;
  readonly onSelect: (vehicle: string) => void;
  readonly isLost: boolean;
}): ReactElement {
  const say = useWords(words);
  const { order } = props;
  const columns: readonly { readonly by: Column; readonly label: string; readonly isFigure?: true }[] = [
    { by: "name", label: say.car },
    { by: "online", label: say.state },
    { by: "speed", label: say.speed, isFigure: true },
    { by: "charge", label: say.battery, isFigure: true },
    { by: "range", label: say.range, isFigure: true },
    { by: "street", label: say.street },
    { by: "odometer", label: say.odometer, isFigure: true },
    { by: "seenAt", label: say.seen },
  ];
  return (
    <div className="console-table-scroll">
      <table className="console-table">
        <thead>
          <tr>
            {columns.map(({ by, label, isFigure }) => (
              <th key={by} scope="col" data-column={by} data-figure={isFigure} aria-sort={sortOf(order, by)}>
                <button
                  type="button"
                  onClick={() => props.onOrder({ by, descending: order.by === by && !order.descending })}
                >
                  {label}
                  {order.by === by ? <Icon name={order.descending ? "down" : "up"} size="14px" /> : null}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <FleetRow
              key={row.vehicle}
              row={row}
              isSelected={row.vehicle === props.selected}
              isOld={props.isLost || !row.online}
              onSelect={props.onSelect}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FleetRow(props: {
  readonly row: Row;
  readonly isSelected: boolean;
  readonly isOld: boolean;
  readonly onSelect: (vehicle: string) => void;
}): ReactElement {
  const { row } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const now = useNow();
  const known = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? "–" : format(value);
  const standing = row.isMoving ? say.moving : say.standing;
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (props.isSelected) line.current?.scrollIntoView({ block: "nearest" });
  }, [props.isSelected]);
  return (
    <tr ref={line} data-selected={props.isSelected} data-old={props.isOld} onClick={() => props.onSelect(row.vehicle)}>
      <td>
        <button type="button" className="console-name" aria-current={props.isSelected ? "true" : undefined}>
          {row.name}
        </button>
        <span className="console-quiet console-model">{row.model}</span>
      </td>
      <td>
        <span className="console-dot" data-online={!props.isOld} />
        {row.online ? standing : say.offline}
        {props.isOld ? <span className="console-age">{known(row.seenAt, (at) => formats.age(at, now))}</span> : null}
      </td>
      <td data-figure>{known(row.speed, (kmh) => formats.speed(kmh / 3.6))}</td>
      <td data-figure>{known(row.charge, (percent) => formats.percent(percent))}</td>
      <td data-figure data-column="range">
        {known(row.range, (metres) => formats.distance(metres))}
      </td>
      <td data-column="street">{row.street ?? "–"}</td>
      <td data-figure data-column="odometer">
        {known(row.odometer, (metres) => formats.distance(metres))}
      </td>
      <td data-column="seenAt">{known(row.seenAt, (at) => formats.age(at, now))}</td>
    </tr>
  );
}

function sortOf(order: Order, by: Column): "ascending" | "descending" | undefined {
  if (order.by !== by) return undefined;
  return order.descending ? "descending" : "ascending";
}
