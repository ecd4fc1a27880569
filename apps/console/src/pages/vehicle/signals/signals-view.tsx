import type { CloudClient } from "@caravan/link";
import { catalogue } from "@caravan/signals";
import { Button, EmptyState, TextField, Toggle, useWords } from "@caravan/ui";
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactElement } from "react";
import { useKnownPaths } from "./live-values.ts";
import { SignalDetail } from "./signal-detail.tsx";
import { SignalTree } from "./signal-tree.tsx";
import { rowsOf, treeOf } from "./tree.ts";
import { words } from "./words.ts";
import "./signals.css";

const noneTurned: ReadonlySet<string> = new Set();

/** All signals there are as a tree, with what this car tells now; never rendered anew only because a value has come. */
export const SignalsView = memo(function SignalsView(props: {
  readonly cloud: CloudClient;
  readonly vehicle: string;
}): ReactElement {
  const { cloud, vehicle } = props;
  const say = useWords(words);
  const known = useKnownPaths(cloud, vehicle);
  const [filter, setFilter] = useState("");
  const [onlyKnown, setOnlyKnown] = useState(true);
  const [opened, setOpened] = useState(noneTurned);
  const [folded, setFolded] = useState(noneTurned);
  const [active, setActive] = useState<string>();
  const head = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const soughtFor = useDeferredValue(filter);
  const isFiltered = soughtFor.trim() !== "";

  const nodes = useMemo(() => {
    const strangers = [...known].filter((path) => catalogue.find(path) === undefined).map((path) => ({ path }));
    return treeOf([...catalogue.signals, ...strangers]);
  }, [known]);
  const rows = useMemo(
    () => rowsOf(nodes, { filter: soughtFor, turned: isFiltered ? folded : opened, known, onlyKnown }),
    [nodes, soughtFor, isFiltered, folded, opened, known, onlyKnown],
  );
  const field = () => head.current?.querySelector("input");
  const turn = (path: string) => {
    const turned = new Set(isFiltered ? folded : opened);
    if (!turned.delete(path)) turned.add(path);
    if (isFiltered) setFolded(turned);
    else setOpened(turned);
  };
  const seek = (text: string) => {
    setFilter(text);
    setFolded(noneTurned);
  };

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      head.current?.querySelector("input")?.focus();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const chosen = nodes.find(({ path }) => path === active);
  const all = rows.reduce((sum, row) => sum + (nodes[row.node]?.depth === 0 ? row.all : 0), 0);
  const shown = rows.reduce((sum, row) => sum + (nodes[row.node]?.depth === 0 ? row.known : 0), 0);
  return (
    <div className="signals">
      <div className="signals-main">
        <header
          className="signals-head"
          ref={head}
          onKeyDown={(event) => {
            if (!(event.target instanceof HTMLInputElement)) return;
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              body.current?.querySelector<HTMLElement>("[role=tree]")?.focus();
            }
            if (event.key === "Escape") seek("");
          }}
        >
          <TextField
            label={say.filter}
            hideLabel
            icon="search"
            kind="search"
            placeholder={say.filterHint}
            value={filter}
            onChange={seek}
            clearLabel={say.clear}
          />
          <Toggle label={say.onlyKnown} checked={onlyKnown} onChange={setOnlyKnown} />
          <span className="console-quiet" role="status">
            {say.count({ known: shown, all })}
          </span>
          <Button
            disabled={isFiltered || opened.size === 0}
            onPress={() => {
              setOpened(noneTurned);
              setActive(undefined);
            }}
          >
            {say.foldAll}
          </Button>
        </header>
        <div className="signals-body" ref={body}>
          {rows.length === 0 ? (
            <EmptyState icon="search" title={say.none} text={say.noneText} />
          ) : (
            <SignalTree
              cloud={cloud}
              vehicle={vehicle}
              nodes={nodes}
              rows={rows}
              active={active}
              onActive={setActive}
              onTurn={turn}
              onType={(letter) => {
                seek(filter + letter);
                field()?.focus();
              }}
            />
          )}
        </div>
      </div>
      <SignalDetail
        cloud={cloud}
        vehicle={vehicle}
        node={chosen}
        row={rows.find(({ node }) => nodes[node]?.path === active)}
      />
    </div>
  );
});
