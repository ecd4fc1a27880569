import type { CloudClient } from "@caravan/link";
import { Icon, useWords } from "@caravan/ui";
import {
  memo,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import { useLivePaint, valuesOf } from "./live-values.ts";
import { freshnessOf, shortAge, unitSign, valueText } from "./reading.ts";
import type { TreeNode, TreeRow } from "./tree.ts";
import { words } from "./words.ts";

/** As in the style sheet. */
const rowHeight = 32;
const spareRows = 12;
/** Rows come and go in steps, so that most of scrolling renders nothing. */
const scrollStep = 8;

/** Only the lines in sight are in the page; their values are written past React. */
export function SignalTree(props: {
  readonly cloud: CloudClient;
  readonly vehicle: string;
  readonly nodes: readonly TreeNode[];
  readonly rows: readonly TreeRow[];
  /** Path of the line that the keys move. */
  readonly active: string | undefined;
  readonly onActive: (path: string) => void;
  readonly onTurn: (path: string) => void;
  /** A letter was typed. */
  readonly onType: (letter: string) => void;
}): ReactElement {
  const { cloud, vehicle, nodes, rows } = props;
  const say = useWords(words);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(600);
  const at = rows.findIndex(({ node }) => nodes[node]?.path === props.active);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => setHeight(element.clientHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    const element = box.current;
    if (element === null || at < 0) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  }, [at]);

  const paint = () => {
    const now = Date.now();
    const values = valuesOf(cloud, vehicle);
    const { connection, fleet } = cloud.state();
    const isReachable = connection !== "lost" && fleet?.get(vehicle)?.online === true;
    for (const row of box.current?.querySelectorAll<HTMLElement>("[data-path]") ?? []) {
      const reading = values[row.dataset["path"] ?? ""];
      const freshness = freshnessOf(reading, now, { isReachable, isFixed: row.dataset["fixed"] === "true" });
      const [value, quality, age] = row.querySelectorAll("output, small, time");
      write(value, reading === undefined ? "–" : valueText(reading.value, say));
      write(age, reading === undefined ? "" : shortAge(now - reading.at));
      write(quality, freshness === "fresh" ? "" : freshness === "old" ? say.stale : say.absent);
      if (row.dataset["freshness"] !== freshness) row.dataset["freshness"] = freshness;
    }
  };
  useLivePaint(cloud, paint);
  useLayoutEffect(paint);

  const go = (index: number) => {
    const node = nodes[rows[Math.max(0, Math.min(rows.length - 1, index))]?.node ?? -1];
    if (node !== undefined) props.onActive(node.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    const node = nodes[row?.node ?? -1];
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    const isOpen = row !== undefined && row.isOpen;
    const isBranch = node !== undefined && node.signal === undefined;
    if (event.key === "c" && (event.ctrlKey || event.metaKey) && node !== undefined) {
      if (isSecureContext) void navigator.clipboard.writeText(node.path);
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (to !== undefined) go(to);
    else if (event.key === "ArrowRight" && isBranch && !isOpen) props.onTurn(node.path);
    else if (event.key === "ArrowRight" && isBranch) go(at + 1);
    else if (event.key === "ArrowLeft" && isBranch && isOpen) props.onTurn(node.path);
    else if (event.key === "ArrowLeft" && node !== undefined && node.parent >= 0)
      props.onActive(nodes[node.parent]?.path ?? node.path);
    else if ((event.key === "Enter" || event.key === " ") && isBranch) props.onTurn(node.path);
    else if (/^[\p{L}\p{N}.]$/u.test(event.key)) props.onType(event.key);
    else return;
    event.preventDefault();
  };

  const from = Math.max(0, Math.min(first, rows.length - 1) - spareRows);
  const until = Math.min(rows.length, first + Math.ceil(height / rowHeight) + scrollStep + spareRows);
  // The line that the keys are on stays in the page, since the tree names it by its id.
  const shown = Array.from({ length: until - from }, (_, offset) => from + offset);
  if (at >= 0 && (at < from || at >= until)) shown.push(at);
  return (
    <div
      ref={box}
      className="signals-tree"
      role="tree"
      tabIndex={0}
      aria-label={say.tree}
      aria-description={say.keys}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (at < 0) go(0);
      }}
      onScroll={({ currentTarget }) => {
        const row = Math.floor(currentTarget.scrollTop / rowHeight);
        setFirst(row - (row % scrollStep));
      }}
    >
      <div role="presentation" style={{ blockSize: rows.length * rowHeight }} />
      {shown.map((index) => {
        const row = rows[index];
        const node = nodes[row?.node ?? -1];
        if (row === undefined || node === undefined) return null;
        return (
          <Line
            key={node.path}
            id={`${id}-${index}`}
            node={node}
            isOpen={row.isOpen}
            share={say.share(row)}
            top={index * rowHeight}
            isActive={index === at}
            onPress={() => {
              props.onActive(node.path);
              if (node.signal === undefined) props.onTurn(node.path);
            }}
          />
        );
      })}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly node: TreeNode;
  readonly isOpen: boolean;
  readonly share: string;
  readonly top: number;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

const Line = memo(
  function Line(props: LineProps): ReactElement {
    const { node } = props;
    const { signal } = node;
    const place = { insetBlockStart: props.top, "--depth": node.depth };
    const shared = { id: props.id, role: "treeitem", "aria-level": node.depth + 1, "aria-selected": props.isActive };
    if (signal === undefined) {
      return (
        <div {...shared} className="signals-line" style={place} aria-expanded={props.isOpen} onClick={props.onPress}>
          <span className="signals-name">
            <Icon name={props.isOpen ? "down" : "right"} size="14px" />
            {node.name}
          </span>
          <span className="console-quiet">{props.share}</span>
        </div>
      );
    }
    return (
      <div
        {...shared}
        className="signals-line"
        style={place}
        data-path={node.path}
        data-fixed={signal.kind === "attribute"}
        onClick={props.onPress}
      >
        <span className="signals-name">{node.name}</span>
        <span className="signals-value">
          <output aria-live="off" />
          <span className="console-quiet">{unitSign(signal.unit)}</span>
        </span>
        <small />
        <time />
      </div>
    );
  },
  // The press is the same one each time, in other clothes.
  (a, b) =>
    a.id === b.id &&
    a.node === b.node &&
    a.isOpen === b.isOpen &&
    a.share === b.share &&
    a.top === b.top &&
    a.isActive === b.isActive,
);

function write(element: Element | undefined, text: string): void {
  if (element !== undefined && element.textContent !== text) element.textContent = text;
}
