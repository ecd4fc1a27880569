import type { CloudClient } from "@caravan/link";
import { Button, useScreen, useWords } from "@caravan/ui";
import { useLayoutEffect, useRef, useState, type ReactElement } from "react";
import { goTo } from "../../../address.ts";
import { useLivePaint, valuesOf } from "./live-values.ts";
import { unitSign, valueText } from "./reading.ts";
import type { SignalFacts, TreeNode, TreeRow } from "./tree.ts";
import { words } from "./words.ts";

/** What the chosen signal means, what it may be and what it is. */
export function SignalDetail(props: {
  readonly cloud: CloudClient;
  readonly vehicle: string;
  readonly node: TreeNode | undefined;
  readonly row: TreeRow | undefined;
}): ReactElement {
  const { cloud, vehicle, node, row } = props;
  const say = useWords(words);
  const [copied, setCopied] = useState<string>();
  if (node === undefined) {
    return (
      <aside className="signals-detail">
        <p className="console-quiet">{say.choose}</p>
        <p className="console-quiet">{say.keys}</p>
      </aside>
    );
  }
  const { path, signal } = node;
  const copy = async () => {
    await navigator.clipboard.writeText(path);
    setCopied(path);
  };
  return (
    <aside className="signals-detail" aria-label={path}>
      <code tabIndex={0}>{path}</code>
      {signal === undefined ? (
        <p className="console-quiet">{say.branch({ known: row?.known ?? 0, all: row?.all ?? 0 })}</p>
      ) : (
        <>
          <p>{signal.description ?? say.notInCatalogue}</p>
          <Now cloud={cloud} vehicle={vehicle} signal={signal} />
          <Facts signal={signal} />
        </>
      )}
      <div className="signals-actions">
        {/* Browsers lend the clipboard to secure pages only; elsewhere the path is selected by a click. */}
        {isSecureContext ? (
          <Button icon="copy" onPress={() => void copy()}>
            {copied === path ? say.copied : say.copy}
          </Button>
        ) : null}
        {signal === undefined || !isCharted(signal) ? null : (
          <Button icon="chart" onPress={() => goTo({ page: "vehicle", vehicle, view: "charts", signals: [path] })}>
            {say.chart}
          </Button>
        )}
      </div>
    </aside>
  );
}

/** History holds numbers and yes or no. */
function isCharted({ datatype }: SignalFacts): boolean {
  return datatype === undefined || (datatype !== "string" && !datatype.endsWith("[]"));
}

function Now(props: {
  readonly cloud: CloudClient;
  readonly vehicle: string;
  readonly signal: SignalFacts;
}): ReactElement {
  const { cloud, vehicle, signal } = props;
  const say = useWords(words);
  const { formats } = useScreen();
  const value = useRef<HTMLElement>(null);
  const at = useRef<HTMLElement>(null);
  const paint = () => {
    const reading = valuesOf(cloud, vehicle)[signal.path];
    if (value.current === null || at.current === null) return;
    value.current.textContent =
      reading === undefined ? say.absent : `${valueText(reading.value, say)} ${unitSign(signal.unit)}`;
    at.current.textContent =
      reading === undefined
        ? say.absentText
        : `${formats.dateTime(reading.at)} · ${formats.age(reading.at, Date.now())}`;
  };
  useLivePaint(cloud, paint);
  useLayoutEffect(paint);
  return (
    <dl className="signals-now">
      <dt>{say.value}</dt>
      <dd ref={value} data-testid="signal-value" />
      <dt>{say.measured}</dt>
      <dd ref={at} />
    </dl>
  );
}

function Facts(props: { readonly signal: SignalFacts }): ReactElement {
  const { kind, datatype, min, max, allowed, unit } = props.signal;
  const say = useWords(words);
  const limits =
    min === undefined && max === undefined ? undefined : `${min ?? "−∞"} … ${max ?? "∞"} ${unitSign(unit)}`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say.kind, kind === undefined ? undefined : say.kinds({ kind })],
    [say.datatype, datatype],
    [say.limits, limits],
    [say.allowed, allowed?.join(", ")],
  ];
  return (
    <dl className="signals-facts">
      {facts.map(([name, text]) =>
        text === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
